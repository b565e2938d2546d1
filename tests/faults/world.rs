//! A programme with its phones on a database, servers on it, and the end of every story: quiet, and a comparison.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rounds::demo;
use rounds::state::{Places, State};
use rounds::wiring::Clock;
use rounds_shared::auth::Role;
use rounds_tests::{Client, Fresh, Rounds, free_port};
use tokio::sync::watch;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::carrier::{Carrier, Street};
use crate::check::{Checked, check};

/// A programme, its phones, and the port that its server listens on.
pub struct World {
    /// Database.
    pub database: Fresh,
    /// Programme.
    pub programme: Uuid,
    /// Port of the server.
    pub port: u16,
    /// Phones at rest.
    pub carriers: Vec<Carrier>,
    /// Times that an older copy was put back.
    pub restores: Arc<AtomicU64>,
}

/// Phones at work.
pub struct Work {
    /// Batches received.
    pub counted: watch::Receiver<u64>,
    /// Requests without an answer that counts.
    pub refused: watch::Receiver<u64>,
    closing: watch::Sender<bool>,
    working: JoinSet<Carrier>,
}

impl World {
    /// Makes one before any server runs.
    pub async fn stage(database: Fresh, phones: u64, seed: u64) -> Self {
        let state = open(&database).await;
        let catalogue = demo::catalogue("Harbour", &[("market", "Market"), ("old-port", "Old port")]).unwrap();
        let programme = demo::stage_programme(&state, "Harbour", chrono_tz::Africa::Nairobi, catalogue)
            .await
            .unwrap();
        let port = free_port();
        let mut carriers = Vec::new();
        for n in 0..phones {
            let worker = demo::person(&state, programme, &format!("peer-{n}"), Role::Peer, None)
                .await
                .unwrap();
            let phone = demo::stage_phone(&state, programme, worker).await.unwrap();
            carriers.push(Carrier::new(vec![client(port)], phone, seed.wrapping_add(n)));
        }
        state.db.clone().close().await.unwrap();
        Self {
            database,
            programme,
            port,
            carriers,
            restores: Arc::default(),
        }
    }

    /// Starts a server with faults armed.
    pub async fn serve(&self, failpoints: &str) -> Rounds {
        Rounds::serve_with(&self.database, self.port, &[("ROUNDS_FAILPOINTS", failpoints)]).await
    }

    /// Sends the phones to work.
    pub fn works(&mut self) -> Work {
        let (closing, watched) = watch::channel(false);
        let (received, counted) = watch::channel(0);
        let (failed, refused) = watch::channel(0);
        let street = Street {
            received,
            failed,
            closing: watched,
            restores: Arc::clone(&self.restores),
        };
        let mut working = JoinSet::new();
        for carrier in self.carriers.drain(..) {
            working.spawn(carrier.works(street.clone()));
        }
        Work {
            counted,
            refused,
            closing,
            working,
        }
    }

    /// Phones come back from work, with everything received.
    pub async fn rests(&mut self, work: Work) {
        work.closing.send_replace(true);
        let rested = tokio::time::timeout(PATIENCE, work.working.join_all()).await;
        self.carriers = rested.expect("the phones can't get rid of what they hold");
    }

    /// With a good server up: everybody sends what is left, and what phones know is compared with what is stored.
    pub async fn compares(&mut self) -> Checked {
        // A phone that saw more than the database has makes a new epoch, of which the others hear when they come again.
        loop {
            let mut worked = false;
            for carrier in &mut self.carriers {
                worked |= carrier.settles(&self.restores).await;
            }
            if !worked {
                break;
            }
        }
        let state = open(&self.database).await;
        let histories: Vec<_> = self.carriers.iter().map(|carrier| &carrier.history).collect();
        let checked = check(&state, self.programme, &histories).await;
        for carrier in &mut self.carriers {
            carrier.offers_everything_again(self.restores.load(Ordering::SeqCst)).await;
        }
        let histories: Vec<_> = self.carriers.iter().map(|carrier| &carrier.history).collect();
        check(&state, self.programme, &histories).await;
        state.db.clone().close().await.unwrap();
        checked
    }

    /// The state of the database, opened beside the server.
    pub async fn open(&self) -> Arc<State> {
        open(&self.database).await
    }
}

impl Work {
    /// Waits until so many more batches are received.
    pub async fn receives(&mut self, batches: u64) {
        grows(&mut self.counted, batches, &mut self.working).await;
    }

    /// Waits until so many more requests have failed.
    pub async fn is_refused(&mut self, requests: u64) {
        grows(&mut self.refused, requests, &mut self.working).await;
    }
}

/// A server that is up goes on within this, whatever happened to it before.
const PATIENCE: Duration = Duration::from_secs(90);

async fn grows(count: &mut watch::Receiver<u64>, by: u64, working: &mut JoinSet<Carrier>) {
    let goal = *count.borrow_and_update() + by;
    let there = tokio::time::timeout(PATIENCE, count.wait_for(|count| *count >= goal));
    tokio::select! {
        grown = there => match grown {
            Ok(grown) => drop(grown.unwrap()),
            Err(_) => panic!("the phones come no further"),
        },
        // A phone that found a contradiction has panicked: its finding is the test's.
        Some(done) = working.join_next() => drop(done.unwrap()),
    }
}

/// A client of a server on this machine.
pub fn client(port: u16) -> Client {
    Client::new(format!("http://127.0.0.1:{port}"))
}

/// Opens a database beside whatever server runs on it.
pub async fn open(database: &Fresh) -> Arc<State> {
    let places = Places {
        database_url: database.url.clone(),
        secrets: database.secrets(),
        pool: 4,
    };
    State::open(&places, Clock::system()).await.unwrap()
}
