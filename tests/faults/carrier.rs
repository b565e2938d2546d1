//! A phone under load that remembers what it was told: it records, sends, and sends the same bytes again until they are received.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rounds::demo::Phone;
use rounds::wiring::Clock;
use rounds_shared::sync::{OpCode, PushResponse, SealedOp};
use rounds_tests::{Answer, Client, Peer, Recorded, Signed, TestClock, contact};
use tokio::sync::watch;

/// What carriers share with the one who kills the server.
#[derive(Debug, Clone)]
pub struct Street {
    /// Batches received so far.
    pub received: Arc<AtomicU64>,
    /// Told after each of them.
    pub told: watch::Sender<u64>,
    /// Number of the server that is up; 0 says: finish what is open and stop.
    pub server: watch::Receiver<u64>,
}

/// A phone with everything that it was told.
#[derive(Debug)]
pub struct Carrier {
    /// The phone.
    pub peer: Peer,
    /// Ops with a receipt.
    pub received: Vec<SealedOp>,
    /// Syringes of received contacts that were not taken back.
    pub syringes: i64,
    /// Contacts received and not taken back.
    pub contacts: u64,
    dice: u64,
    last: Option<Signed>,
}

/// What a batch means once it is received.
struct Open {
    push: Signed,
    ops: Vec<SealedOp>,
    syringes: i64,
    contacts: u64,
    sent_before: bool,
}

impl Carrier {
    /// A phone with a seed of its own.
    pub fn new(client: Client, phone: Phone, seed: u64) -> Self {
        let clock = TestClock::at(Clock::system().now());
        Self {
            peer: Peer::with_phone(client, clock, phone),
            received: Vec::new(),
            syringes: 0,
            contacts: 0,
            dice: seed,
            last: None,
        }
    }

    /// A number below a bound.
    fn below(&mut self, bound: u64) -> u64 {
        self.dice = self
            .dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.dice >> 33) % bound
    }

    /// Records one to twenty-five contacts, some of which are taken back at once.
    fn batch(&mut self) -> Open {
        let (mut syringes, mut contacts) = (0, 0);
        for _ in 0..=self.below(25) {
            let quantity = 1 + i64::try_from(self.below(20)).unwrap();
            let code = format!("CODE{}", self.below(50));
            let recorded: Recorded = self.peer.records(contact().syringes(quantity).coded(&code));
            if self.below(8) == 0 {
                self.peer.undoes(&recorded, 2);
            } else {
                syringes += quantity;
                contacts += 1;
            }
        }
        let ops = std::mem::take(&mut self.peer.outbox);
        Open {
            push: self.peer.signs(ops.clone()),
            ops,
            syringes,
            contacts,
            sent_before: false,
        }
    }

    /// Works until the street is closed; then everything recorded is received.
    pub async fn works(mut self, mut street: Street) -> Self {
        let mut server = *street.server.borrow_and_update();
        let mut open: Option<Open> = None;
        loop {
            if open.is_none() && server == 0 {
                return self;
            }
            let batch = match open.take() {
                Some(batch) => batch,
                None => self.batch(),
            };
            match self.send(&batch.push).await {
                Some(answer) => {
                    self.receive(batch, &answer);
                    let count = street.received.fetch_add(1, Ordering::SeqCst) + 1;
                    street.told.send_replace(count);
                    server = *street.server.borrow_and_update();
                }
                None => {
                    open = Some(Open {
                        sent_before: true,
                        ..batch
                    });
                    if server != 0 && !street.server.has_changed().unwrap() {
                        street.server.changed().await.unwrap();
                    }
                    server = *street.server.borrow_and_update();
                    self.checks_the_last_receipt().await;
                }
            }
        }
    }

    /// Only a whole answer counts, whatever the status line said.
    async fn send(&self, push: &Signed) -> Option<PushResponse> {
        let answer = self.peer.tries(push).await.ok()?;
        assert_eq!(answer.status, 200, "{}", answer.text());
        Some(answer.json())
    }

    fn receive(&mut self, batch: Open, answer: &PushResponse) {
        let codes: Vec<OpCode> = answer.results.iter().map(|result| result.code).collect();
        assert_eq!(codes.len(), batch.ops.len());
        let all_new = codes.iter().all(|code| matches!(code, OpCode::Accepted | OpCode::Superseded));
        let all_known = codes.iter().all(|code| *code == OpCode::Duplicate);
        assert!(
            all_new || (all_known && batch.sent_before),
            "a batch is stored whole or not at all: {codes:?}"
        );
        self.received.extend(batch.ops);
        self.syringes += batch.syringes;
        self.contacts += batch.contacts;
        self.last = Some(batch.push);
    }

    /// After a kill: what was received last is still there. If it were not, it would be accepted anew.
    async fn checks_the_last_receipt(&self) {
        let Some(last) = &self.last else { return };
        if let Some(answer) = self.send(last).await {
            assert_all_known(&answer);
        }
    }

    /// Sends everything that has a receipt once more.
    pub async fn offers_everything_again(&self) {
        for ops in self.received.chunks(200) {
            let answer = self.peer.sends(&self.peer.signs(ops.to_vec())).await;
            assert_all_known(&Answer::json(&answer));
        }
    }
}

fn assert_all_known(answer: &PushResponse) {
    for result in &answer.results {
        assert_eq!(result.code, OpCode::Duplicate, "an op with a receipt was lost: {result:?}");
    }
}
