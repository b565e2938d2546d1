//! A phone under load: it records, corrects, takes back, sends in any order and more than once, and goes on until everything has a receipt.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::Days;
use rounds::demo::{Dice, Phone};
use rounds::wiring::Clock;
use rounds_shared::sync::{OpCode, PushResponse};
use rounds_tests::{Answer, Client, Peer, Recorded, Signed, TestClock, contact};
use tokio::sync::watch;
use uuid::Uuid;

use crate::history::History;
use crate::model::Statement;

/// What carriers share with the one who makes the faults.
#[derive(Debug, Clone)]
pub struct Street {
    /// Batches received so far.
    pub received: watch::Sender<u64>,
    /// Requests so far without an answer that counts.
    pub failed: watch::Sender<u64>,
    /// Whether carriers finish what is open and stop.
    pub closing: watch::Receiver<bool>,
    /// Times that an older copy of the database was put back.
    pub restores: Arc<AtomicU64>,
}

/// A phone with everything that it made and was told.
#[derive(Debug)]
pub struct Carrier {
    /// The phone.
    pub peer: Peer,
    /// What it made and was told.
    pub history: History,
    /// Records an op now and then that can't be counted.
    pub errs: bool,
    servers: Vec<Client>,
    waiting: Vec<Uuid>,
    open: Option<Open>,
    mine: Vec<Recorded>,
    epoch: Option<Uuid>,
    dice: Dice,
}

/// A push on its way.
#[derive(Debug)]
struct Open {
    push: Signed,
    ops: Vec<Uuid>,
    /// Ops that no request has carried before: they share one fate.
    fresh: Vec<Uuid>,
}

impl Carrier {
    /// A phone with a seed of its own, and the servers that it can reach.
    pub fn new(servers: Vec<Client>, phone: Phone, seed: u64) -> Self {
        let clock = TestClock::at(Clock::system().now());
        Self {
            peer: Peer::with_phone(servers[0].clone(), clock, phone),
            history: History::default(),
            errs: true,
            servers,
            waiting: Vec::new(),
            open: None,
            mine: Vec::new(),
            epoch: None,
            dice: Dice::new(seed),
        }
    }

    /// From now on it reaches other servers.
    pub fn reaches(&mut self, servers: Vec<Client>) {
        self.servers = servers;
    }

    /// Records something: a new contact, or a correction or removal of an earlier one.
    pub fn records(&mut self) {
        let quantity = 1 + i64::try_from(self.dice.below(20)).unwrap();
        let today = Clock::system().today(chrono_tz::Africa::Nairobi);
        let day = today.checked_sub_days(Days::new(self.dice.below(3))).unwrap();
        let site = ["market", "old-port"][usize::from(self.dice.percent(30))];
        let mut draft = contact().syringes(quantity).at(site).on(&day.to_string());
        let code = format!("CODE{}", self.dice.below(50));
        if self.dice.percent(60) {
            draft = draft.coded(&code);
        }
        let before = if self.dice.percent(25) && !self.mine.is_empty() {
            let at = self.dice.below(u64::try_from(self.mine.len()).unwrap());
            Some(usize::try_from(at).unwrap())
        } else {
            None
        };
        match before {
            Some(at) => self.changes(at, draft),
            None if self.errs && self.dice.percent(3) => {
                let recorded = self.peer.records(draft.at("nowhere"));
                self.keeps(&recorded, 1, false);
            }
            None => {
                let recorded = self.peer.records(draft);
                self.keeps(&recorded, 1, false);
                self.mine.push(recorded);
            }
        }
    }

    fn changes(&mut self, at: usize, draft: rounds_tests::Draft) {
        let before = self.mine[at].clone();
        let ops = self.history.made.values().filter(|made| made.statement.record == before.record);
        let rev = 1 + ops.map(|made| made.statement.rev).max().unwrap();
        if self.dice.percent(40) {
            let removed = self.peer.undoes(&before, rev);
            self.keeps(&removed, rev, true);
            self.mine.swap_remove(at);
        } else {
            let draft = if self.dice.percent(50) { draft.keeps_code() } else { draft };
            let corrected = self.peer.corrects(&before, rev, draft);
            self.keeps(&corrected, rev, false);
        }
    }

    fn keeps(&mut self, recorded: &Recorded, rev: i64, void: bool) {
        let statement = Statement {
            op: recorded.op,
            record: recorded.record,
            rev,
            body: (!void).then(|| recorded.contact.clone().into()),
        };
        self.peer.outbox.clear();
        let op = self.history.makes(recorded.sealed.clone(), statement);
        self.waiting.push(op);
    }

    /// Works until the street is closed; then everything recorded is received.
    pub async fn works(mut self, street: Street) -> Self {
        loop {
            if self.waiting.is_empty() {
                if *street.closing.borrow() {
                    return self;
                }
                for _ in 0..=self.dice.below(25) {
                    self.records();
                }
            }
            if self.sends_some(&street.restores).await {
                street.received.send_modify(|count| *count += 1);
            } else {
                street.failed.send_modify(|count| *count += 1);
                // As a phone waits after a failure, only shorter.
                tokio::time::sleep(Duration::from_millis(self.dice.below(20))).await;
            }
        }
    }

    /// Sends until nothing waits and the server has heard how far this phone is; says whether there was anything to do.
    pub async fn settles(&mut self, restores: &AtomicU64) -> bool {
        let mut worked = false;
        loop {
            if self.sends_some(restores).await && self.waiting.is_empty() {
                return worked;
            }
            worked |= !self.waiting.is_empty();
        }
    }

    /// Sends everything once more: whatever had a receipt is known.
    pub async fn offers_everything_again(&mut self, restores: u64) {
        let all: Vec<Uuid> = self.history.made.keys().copied().collect();
        for ops in all.chunks(200) {
            let push = self.signs(ops);
            let answer: PushResponse = self.peer.sends(&push).await.json();
            for (op, result) in ops.iter().zip(&answer.results) {
                let known = matches!(result.code, OpCode::Duplicate | OpCode::Quarantined);
                assert!(known, "an op with a receipt was lost: {op} {result:?}");
            }
            self.history.is_told(ops, &answer, restores);
        }
    }

    fn signs(&self, ops: &[Uuid]) -> Signed {
        self.peer.signs(ops.iter().map(|op| self.history.made[op].sealed.clone()).collect())
    }

    /// Some of what waits, in any order, with some that was received long ago.
    fn chooses(&mut self) -> Open {
        let mut ops = self.waiting.clone();
        for at in (1..ops.len()).rev() {
            ops.swap(at, usize::try_from(self.dice.below(u64::try_from(at + 1).unwrap())).unwrap());
        }
        ops.truncate(usize::try_from(1 + self.dice.below(60)).unwrap());
        let fresh = ops.iter().copied().filter(|op| self.history.made[op].is_fresh()).collect();
        if self.dice.percent(20) {
            ops.extend(
                self.history
                    .made
                    .iter()
                    .filter(|(_, made)| made.is_received())
                    .map(|(op, _)| *op)
                    .take(3),
            );
        }
        let push = self.signs(&ops);
        Open { push, ops, fresh }
    }

    /// Sends a batch; says whether the server took it.
    async fn sends_some(&mut self, restores: &AtomicU64) -> bool {
        let open = match self.open.take() {
            Some(open) => open,
            None => self.chooses(),
        };
        let at = usize::try_from(self.dice.below(u64::try_from(self.servers.len()).unwrap())).unwrap();
        self.peer.moves_to(&self.servers[at].clone());
        // Two tabs may send the same at once.
        let answers = if self.dice.percent(10) {
            let (one, other) = tokio::join!(self.send(&open.push), self.send(&open.push));
            vec![one, other]
        } else {
            vec![self.send(&open.push).await]
        };
        let mut counts = false;
        let restores = restores.load(Ordering::SeqCst);
        for answer in answers {
            match answer {
                Some(answer) => counts |= self.receives(&open, &answer, restores),
                None => self.history.doubts(&open.ops),
            }
        }
        if !counts && self.dice.percent(60) {
            self.open = Some(open);
        }
        counts
    }

    /// Only a whole answer counts, whatever the status line said.
    async fn send(&self, push: &Signed) -> Option<PushResponse> {
        let answer = self.peer.tries(push).await.ok()?;
        if (500..600).contains(&answer.status) {
            return None;
        }
        assert_eq!(answer.status, 200, "{}", answer.text());
        Some(Answer::json(&answer))
    }

    /// Takes an answer; says whether the server has what was sent.
    fn receives(&mut self, open: &Open, answer: &PushResponse, restores: u64) -> bool {
        self.history.is_told(&open.ops, answer, restores);
        let mut fates = Vec::new();
        for (op, result) in open.ops.iter().zip(&answer.results) {
            if open.fresh.contains(op) && result.code != OpCode::Quarantined {
                fates.push(match result.code {
                    OpCode::Accepted | OpCode::Superseded => "new",
                    code => code.as_str(),
                });
            }
        }
        assert!(
            fates.windows(2).all(|two| two[0] == two[1]),
            "a batch is stored whole or not at all: {fates:?}"
        );
        let results = open.ops.iter().zip(&answer.results);
        let durable: Vec<Uuid> = results.filter(|(_, result)| result.code.is_durable()).map(|(op, _)| *op).collect();
        self.waiting.retain(|op| !durable.contains(op));
        answer.seen.clone_into(&mut self.peer.phone.seen);
        if self.epoch.replace(answer.epoch).is_some_and(|before| before != answer.epoch) {
            // A new epoch: everything that is held is offered again.
            self.waiting = self.history.made.keys().copied().collect();
        }
        durable.len() == open.ops.len()
    }
}
