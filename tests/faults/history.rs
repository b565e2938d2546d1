//! What one phone made and what it was told, op by op. It judges at once what no server may say.

use std::collections::BTreeMap;

use rounds_shared::sync::{OpCode, PushResponse, SealedOp};
use uuid::Uuid;

use crate::model::Statement;

/// An op with its story.
#[derive(Debug)]
pub struct Made {
    /// The bytes.
    pub sealed: SealedOp,
    /// What they say.
    pub statement: Statement,
    /// Every answer.
    pub told: Vec<OpCode>,
    /// It was in a request whose answer never came.
    pub doubtful: bool,
}

impl Made {
    /// Whether the server took responsibility for it, once at least.
    pub fn is_received(&self) -> bool {
        self.told.iter().any(|code| code.is_durable())
    }

    /// Whether the server keeps it for the supervisor.
    pub fn is_quarantined(&self) -> bool {
        self.told.contains(&OpCode::Quarantined)
    }

    /// Whether nothing is known of what the server has of it.
    pub fn is_fresh(&self) -> bool {
        !self.doubtful && !self.is_received()
    }
}

/// Everything that a phone made, by op.
#[derive(Debug, Default)]
pub struct History {
    /// By op.
    pub made: BTreeMap<Uuid, Made>,
}

impl History {
    /// Keeps an op.
    pub fn makes(&mut self, sealed: SealedOp, statement: Statement) -> Uuid {
        let op = statement.op;
        let made = Made {
            sealed,
            statement,
            told: Vec::new(),
            doubtful: false,
        };
        assert!(self.made.insert(op, made).is_none(), "an id was used twice");
        op
    }

    /// A request with these ops has no answer.
    pub fn doubts(&mut self, sent: &[Uuid]) {
        for op in sent {
            self.made.get_mut(op).unwrap().doubtful = true;
        }
    }

    /// Keeps an answer to a request, and fails where it contradicts what was told before. A database that was put back to an older state so
    /// many times may have taken an op as new once more each time.
    pub fn is_told(&mut self, sent: &[Uuid], answer: &PushResponse, restores: u64) {
        let named: Vec<Option<Uuid>> = answer.results.iter().map(|result| result.op.map(|op| op.0)).collect();
        assert_eq!(
            named,
            sent.iter().copied().map(Some).collect::<Vec<_>>(),
            "one result per op, in order"
        );
        for (op, result) in sent.iter().zip(&answer.results) {
            let made = self.made.get_mut(op).unwrap();
            made.told.push(result.code);
            let is_new = |code: &&OpCode| matches!(code, OpCode::Accepted | OpCode::Superseded);
            let times = u64::try_from(made.told.iter().filter(is_new).count()).unwrap();
            assert!(times <= 1 + restores, "taken as new {times} times: {op} {:?}", made.told);
            assert!(result.code != OpCode::Rejected, "an honest op was rejected: {op} {result:?}");
            let counted = times > 0 || made.told.contains(&OpCode::Duplicate);
            assert!(
                !(counted && made.is_quarantined()),
                "both counted and quarantined: {op} {:?}",
                made.told
            );
        }
    }
}
