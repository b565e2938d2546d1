//! Head of a record as a join over its ops.
//!
//! Three registers, each the greatest of its own order: the head by (rev, void, op id), the body by (rev, op id) among puts, and the
//! person by (rev, op id) among ops that don't say `keep`. A join is commutative, associative and idempotent, so that neither order
//! nor repetition nor batching of ops can matter.

use uuid::Uuid;

use super::read::{CodeState, Put};
use crate::records::Facts;

/// One op as the fold sees it.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub op: Uuid,
    pub rev: i64,
    pub author: Uuid,
    pub device: Uuid,
    pub by_supervisor: bool,
    pub code: CodeState,
    /// Absent for a void.
    pub put: Option<Put>,
    pub seq: i64,
    pub received_at: i64,
}

/// The op that is the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadRegister {
    pub op: Uuid,
    pub rev: i64,
    pub void: bool,
    pub author: Uuid,
    pub device: Uuid,
    pub by_supervisor: bool,
    pub seq: i64,
    pub received_at: i64,
}

/// The put whose body counts.
#[derive(Debug, Clone)]
pub(crate) struct PutRegister {
    pub op: Uuid,
    pub rev: i64,
    pub facts: Facts,
    pub warnings: Vec<String>,
}

/// The person behind the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PersonRegister {
    pub op: Uuid,
    pub rev: i64,
    pub person: Option<Uuid>,
}

/// A record as folded so far.
#[derive(Debug, Clone)]
pub(crate) struct Folded {
    pub id: Uuid,
    pub head: HeadRegister,
    pub put: Option<PutRegister>,
    pub person: Option<PersonRegister>,
    /// Two ops claim the same revision.
    pub conflict: bool,
}

impl Folded {
    /// Joins a step to what is there.
    pub(crate) fn join(before: Option<Self>, id: Uuid, step: Step) -> Self {
        let head = HeadRegister {
            op: step.op,
            rev: step.rev,
            void: step.put.is_none(),
            author: step.author,
            device: step.device,
            by_supervisor: step.by_supervisor,
            seq: step.seq,
            received_at: step.received_at,
        };
        let put = step.put.map(|put| PutRegister {
            op: step.op,
            rev: step.rev,
            facts: put.facts,
            warnings: put.warnings.into_iter().map(str::to_owned).collect(),
        });
        let person = match step.code {
            CodeState::Keep => None,
            CodeState::None | CodeState::Set(_) => Some(PersonRegister {
                op: step.op,
                rev: step.rev,
                person: step.code.person(),
            }),
        };
        let Some(before) = before else {
            return Self {
                id,
                head,
                put,
                person,
                conflict: false,
            };
        };
        let later = |a: (i64, bool, Uuid), b: (i64, bool, Uuid)| a > b;
        let head = if later((head.rev, head.void, head.op), (before.head.rev, before.head.void, before.head.op)) {
            head
        } else {
            before.head
        };
        let put = match (before.put, put) {
            (Some(old), Some(new)) => Some(if (new.rev, new.op) > (old.rev, old.op) { new } else { old }),
            (old, new) => new.or(old),
        };
        let person = match (before.person, person) {
            (Some(old), Some(new)) => Some(if (new.rev, new.op) > (old.rev, old.op) { new } else { old }),
            (old, new) => new.or(old),
        };
        Self {
            id,
            head,
            put,
            person,
            conflict: before.conflict,
        }
    }

    /// Body and whether it is coded, while the record counts.
    pub(crate) fn live(&self) -> Option<(&Facts, bool)> {
        let put = self.put.as_ref().filter(|_| !self.head.void)?;
        Some((&put.facts, self.person_id().is_some()))
    }

    /// The person behind the record, if there is one.
    pub(crate) fn person_id(&self) -> Option<Uuid> {
        self.person.and_then(|register| register.person)
    }
}
