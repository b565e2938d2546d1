//! Random faults, composed from a seed, round after round, with the checker after each. A short run of it is part of every test;
//! `cargo xtask faults --hours N` runs it long and stops at the first violation.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rounds::demo::Dice;
use rounds::wiring::Random;
use rounds_tests::{Engine, Fresh, Kept, Rounds};

use crate::cluster::Cluster;
use crate::relay::{Cut, Relay};
use crate::world::{Work, World};

/// Points at which a server may be told to fail.
const POINTS: [&str; 6] = [
    "push.before_lock",
    "log.after_insert",
    "push.before_commit",
    "commit.before",
    "commit.after",
    "push.before_answer",
];
/// Rounds of a short run, on both databases in turn.
const ROUNDS: u64 = 2;

/// What a run has seen.
#[derive(Debug, Default)]
struct Counts {
    rounds: u64,
    acknowledged: u64,
    quarantined: u64,
    kills: u64,
    crashes: u64,
    restores: u64,
}

/// A round under way.
struct Round<'a> {
    world: World,
    server: Option<Rounds>,
    cluster: Option<&'a mut Cluster>,
    kept: Option<Kept>,
    dice: Dice,
    counts: &'a mut Counts,
}

impl Round<'_> {
    /// Something happens to the server while phones are at work.
    async fn happens(&mut self, work: &mut Work) {
        match self.dice.below(10) {
            0..=3 => self.kills_at_a_moment().await,
            4..=5 => self.dies_at_a_point(work).await,
            6..=7 => self.errs(work).await,
            8 if self.cluster.is_some() => self.crashes().await,
            _ => self.goes_back().await,
        }
    }

    async fn serves(&mut self, failpoints: &str) {
        self.server = Some(self.world.serve(failpoints).await);
    }

    fn ends(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
            self.counts.kills += 1;
        }
    }

    async fn kills_at_a_moment(&mut self) {
        tokio::time::sleep(Duration::from_micros(self.dice.below(15_000))).await;
        self.ends();
        if self.dice.percent(30) {
            self.kept = Some(self.world.database.keeps().await);
        }
        self.serves("").await;
    }

    fn point(&mut self) -> &'static str {
        POINTS[usize::try_from(self.dice.below(6)).unwrap()]
    }

    async fn dies_at_a_point(&mut self, work: &mut Work) {
        self.ends();
        let (point, nth) = (self.point(), 1 + self.dice.below(15));
        self.serves(&format!("{point}=kill@{nth}")).await;
        let server = self.server.take().unwrap();
        tokio::select! {
            status = server.ends() => assert!(!status.success()),
            // It dies long before.
            () = work.receives(1000) => {}
        }
        self.counts.kills += 1;
        self.serves("").await;
    }

    /// Outages, panics and a slow disk, for a while.
    async fn errs(&mut self, work: &mut Work) {
        self.ends();
        let mut faults = Vec::new();
        for action in ["error", "delay", "panic"] {
            let (point, from) = (self.point(), 1 + self.dice.below(10));
            let to = from + self.dice.below(8);
            faults.push(format!("{point}={action}@{from}-{to}"));
        }
        self.serves(&faults.join(",")).await;
        work.receives(5).await;
        self.ends();
        self.serves("").await;
    }

    async fn crashes(&mut self) {
        let cluster = self.cluster.as_mut().unwrap();
        cluster.crashes();
        cluster.starts().await;
        self.counts.crashes += 1;
    }

    /// An older copy is put back, if one was kept.
    async fn goes_back(&mut self) {
        if let Some(kept) = &self.kept {
            self.server.take().unwrap().kill();
            self.world.database.puts_back(kept).await;
            self.world.restores.fetch_add(1, Ordering::SeqCst);
            self.counts.kills += 1;
            self.counts.restores += 1;
            self.serves("").await;
        }
    }

    async fn runs(mut self) {
        self.serves("").await;
        let network = Arc::new(Mutex::new(self.dice.clone()));
        let bad = if self.dice.percent(60) { 15 } else { 0 };
        let relay = Relay::before(self.world.port, move || {
            let mut dice = network.lock().unwrap_or_else(PoisonError::into_inner);
            let bytes = |dice: &mut Dice, most| dice.percent(bad).then(|| dice.below(most));
            Cut {
                request: bytes(&mut dice, 60_000),
                answer: bytes(&mut dice, 6_000),
            }
        })
        .await;
        let direct = crate::world::client(self.world.port);
        for carrier in &mut self.world.carriers {
            carrier.reaches(vec![relay.client.clone(), direct.clone()]);
        }
        let mut work = self.world.works();
        for _ in 0..6 + self.dice.below(8) {
            work.receives(3 + self.dice.below(12)).await;
            self.happens(&mut work).await;
        }
        self.world.rests(work).await;
        for carrier in &mut self.world.carriers {
            carrier.reaches(vec![direct.clone()]);
        }
        let checked = self.world.compares().await;
        self.counts.rounds += 1;
        self.counts.acknowledged += checked.ops + checked.quarantined;
        self.counts.quarantined += checked.quarantined;
        drop(self.server);
        self.world.database.remove().await;
    }
}

/// Runs a round. Its faults are composed from the seed alone; what the machine's clock makes of them is its own.
async fn round(seed: u64, engine: Engine, cluster: &mut Option<Cluster>, counts: &mut Counts) {
    let mut dice = Dice::new(seed);
    let phones = 3 + dice.below(5);
    let (database, cluster) = match engine {
        Engine::Sqlite => (Fresh::make(Engine::Sqlite).await, None),
        Engine::Postgres => {
            if cluster.is_none() {
                *cluster = Some(Cluster::start().await);
            }
            let cluster = cluster.as_mut().unwrap();
            (Fresh::on(cluster.url()).await, Some(cluster))
        }
    };
    let round = Round {
        world: World::stage(database, phones, seed).await,
        server: None,
        cluster,
        kept: None,
        dice,
        counts,
    };
    round.runs().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rounds_of_random_faults_lose_nothing() {
    let variable = |name: &str| std::env::var(name).ok();
    let hours: Option<f64> = variable("ROUNDS_FAULTS_HOURS").map(|text| text.parse().unwrap());
    let given = variable("ROUNDS_FAULTS_SEED").map(|text| text.parse().unwrap());
    // A short run makes the same faults every time; a long one makes others each time.
    let seed: u64 = given.unwrap_or_else(|| hours.map_or(1, |_| u64::from_be_bytes(Random::default().bytes().unwrap()) >> 16));
    let (start, mut counts, mut cluster) = (Instant::now(), Counts::default(), None);
    for n in 0.. {
        let goes_on = hours.map_or(n < ROUNDS, |hours| start.elapsed().as_secs_f64() < hours * 3600.0);
        if !goes_on {
            break;
        }
        let engine = if (seed + n).is_multiple_of(2) {
            Engine::Sqlite
        } else {
            Engine::Postgres
        };
        eprintln!("round {n} on {engine:?}; again with --seed {}", seed + n);
        round(seed + n, engine, &mut cluster, &mut counts).await;
        let seconds = start.elapsed().as_secs_f64();
        eprintln!(
            "{:.0} s: {} ops acknowledged and stored ({} for the supervisor), {} kills, {} crashes of PostgreSQL, {} old copies put back, {:.0} ops/s",
            seconds,
            counts.acknowledged,
            counts.quarantined,
            counts.kills,
            counts.crashes,
            counts.restores,
            f64::from(u32::try_from(counts.acknowledged).unwrap()) / seconds
        );
    }
    assert!(counts.kills > 0 && counts.acknowledged > 100, "{counts:?}");
}
