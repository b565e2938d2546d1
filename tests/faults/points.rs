//! Failures at chosen points of a push: before the commit nothing is visible, after it everything is, and no record is blamed for either.

use rounds_shared::sync::{OpCode, PushResponse};
use rounds_tests::{Engine, Fresh, Peer, Rounds, contact};

use crate::check::rows;
use crate::world::{World, client};

/// Points of a push in the order in which it passes them, and whether its records are there when it dies.
const POINTS: [(&str, bool); 6] = [
    ("push.before_lock", false),
    ("log.after_insert", false),
    ("push.before_commit", false),
    ("commit.before", false),
    ("commit.after", true),
    ("push.before_answer", true),
];

const QUARANTINE: &str = "SELECT op_id FROM quarantine WHERE programme_id = $1";

/// A batch of five contacts of a phone.
fn five(peer: &mut Peer) -> Vec<rounds_shared::sync::SealedOp> {
    for quantity in 1..=5 {
        peer.records(contact().syringes(quantity).coded("CODE1"));
    }
    std::mem::take(&mut peer.outbox)
}

/// Receipts that say of more or fewer ops that they are new than there are of their batch.
const FALSE_RECEIPTS: &str = "SELECT seq FROM receipt WHERE programme_id = $1 AND accepted + superseded <> \
                              (SELECT COUNT(*) FROM op WHERE op.programme_id = receipt.programme_id AND op.seq = receipt.seq)";
/// Ops of phones, whose batch has no receipt.
const WITHOUT_RECEIPT: &str = "SELECT id FROM op WHERE programme_id = $1 AND NOT EXISTS \
                               (SELECT 1 FROM receipt WHERE receipt.programme_id = op.programme_id AND receipt.seq = op.seq)";

async fn ops(world: &World) -> usize {
    let state = world.open().await;
    let count = async |sql| rows(&state, world.programme, sql).await.len();
    let found = count("SELECT id FROM op WHERE programme_id = $1").await;
    assert_eq!(count(FALSE_RECEIPTS).await, 0, "a receipt without its ops");
    assert_eq!(count(WITHOUT_RECEIPT).await, 0, "an op without its receipt");
    state.db.clone().close().await.unwrap();
    found
}

async fn dies_at_every_point(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 1, 1).await;
    let mut before = 0;
    for (point, stored) in POINTS {
        let server = world.serve(&format!("{point}=kill")).await;
        let peer = &mut world.carriers[0].peer;
        peer.moves_to(&client(world.port));
        let batch = five(peer);
        let push = peer.signs(batch);
        assert!(peer.tries(&push).await.is_err(), "{point}: an answer came");
        assert!(!server.ends().await.success());
        let after = ops(&world).await;
        assert_eq!(
            after - before,
            if stored { 5 } else { 0 },
            "what is visible after a death at {point}"
        );
        let server = world.serve("").await;
        for expected in [if stored { OpCode::Duplicate } else { OpCode::Accepted }, OpCode::Duplicate] {
            let answer: PushResponse = world.carriers[0].peer.sends(&push).await.json();
            assert!(
                answer.results.iter().all(|result| result.code == expected),
                "{point}: {:?}",
                answer.results
            );
        }
        server.kill();
        before = ops(&world).await;
        let state = world.open().await;
        let verified = rounds::sync::verify(&state, world.programme).await.unwrap().unwrap();
        assert_eq!((verified.drift, verified.ops), (vec![], u64::try_from(before).unwrap()), "{point}");
        state.db.clone().close().await.unwrap();
    }
    world.database.remove().await;
}

/// Sends a batch to a server with faults, then to a good one.
async fn outage_at(world: &mut World, failpoints: &str) -> (Vec<OpCode>, Vec<OpCode>) {
    let server = world.serve(failpoints).await;
    let peer = &mut world.carriers[0].peer;
    let batch = five(peer);
    let push = peer.signs(batch);
    let codes = |answer: PushResponse| answer.results.iter().map(|result| result.code).collect();
    let first = codes(peer.sends(&push).await.json());
    server.kill();
    let server = world.serve("").await;
    let second = codes(world.carriers[0].peer.sends(&push).await.json());
    server.kill();
    (first, second)
}

async fn bears_outages(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 1, 1).await;
    for (point, stored) in &POINTS[..5] {
        let (first, second) = outage_at(&mut world, &format!("{point}=error@1-3")).await;
        let expected = if *stored { OpCode::Duplicate } else { OpCode::Accepted };
        assert_eq!(
            (first, second),
            (vec![expected; 5], vec![OpCode::Duplicate; 5]),
            "three outages at {point}"
        );
        let (first, second) = outage_at(&mut world, &format!("{point}=error")).await;
        assert_eq!(
            (first, second),
            (vec![OpCode::Retry; 5], vec![expected; 5]),
            "outage for good at {point}"
        );
    }
    nothing_waits(&world).await;
    world.database.remove().await;
}

async fn nothing_waits(world: &World) {
    let state = world.open().await;
    assert_eq!(rows(&state, world.programme, QUARANTINE).await.len(), 0, "records were blamed");
    assert_eq!(rounds::sync::verify(&state, world.programme).await.unwrap().unwrap().drift, []);
    state.db.clone().close().await.unwrap();
}

/// A panic while an op is read is that op's own misfortune; one in the transaction is nobody's, and the server goes on.
async fn bears_panics(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 1, 1).await;
    let server = world.serve("read=panic@3").await;
    let peer = &mut world.carriers[0].peer;
    let batch = five(peer);
    let answer: PushResponse = peer.sends(&peer.signs(batch)).await.json();
    let codes: Vec<OpCode> = answer.results.iter().map(|result| result.code).collect();
    let (good, bad) = (OpCode::Accepted, OpCode::Quarantined);
    assert_eq!(codes, [good, good, bad, good, good]);
    server.kill();
    for point in ["log.after_insert", "push.before_commit", "commit.before", "commit.after"] {
        let server = world.serve(&format!("{point}=panic@1")).await;
        let peer = &mut world.carriers[0].peer;
        let batch = five(peer);
        let push = peer.signs(batch);
        let mut answer = peer.sends(&push).await;
        if answer.status == 500 {
            answer = peer.sends(&push).await;
        }
        let answer: PushResponse = answer.json();
        // Whether the commit had been made before the panic, nobody was told.
        let stored = |code| code == if point == "commit.after" { OpCode::Duplicate } else { good };
        assert!(
            answer.results.iter().all(|result| stored(result.code)),
            "{point}: {:?}",
            answer.results
        );
        server.kill();
    }
    let state = world.open().await;
    assert_eq!(rows(&state, world.programme, QUARANTINE).await.len(), 1);
    assert_eq!(rounds::sync::verify(&state, world.programme).await.unwrap().unwrap().drift, []);
    state.db.clone().close().await.unwrap();
    world.database.remove().await;
}

/// A database that has no room says so itself: nothing is stored, nothing is blamed, and what is sent again is taken.
async fn bears_a_full_disk(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 1, 1).await;
    for point in ["push.before_lock", "push.before_commit"] {
        let server = world.serve(&format!("{point}=full@1")).await;
        let peer = &mut world.carriers[0].peer;
        let batch = five(peer);
        let push = peer.signs(batch);
        let refused = peer.sends(&push).await;
        assert_eq!(refused.status, 503, "{}", refused.text());
        assert!(!refused.header("retry-after").is_empty());
        let answer: PushResponse = peer.sends(&push).await.json();
        assert!(
            answer.results.iter().all(|result| result.code == OpCode::Accepted),
            "{point}: {:?}",
            answer.results
        );
        server.kill();
    }
    nothing_waits(&world).await;
    world.database.remove().await;
}

/// A death in the middle of a migration leaves nothing of it, and the next start finishes it.
async fn dies_while_migrating(engine: Engine) {
    let database = Fresh::unmigrated(engine).await;
    let died = Rounds::command(&database)
        .arg("migrate")
        .env("ROUNDS_FAILPOINTS", "migrate.before_commit=kill")
        .output()
        .unwrap();
    assert!(!died.status.success());
    let made = Rounds::run(&database, &["init", "--programme", "Harbour", "--tz", "Africa/Nairobi"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    database.remove().await;
}

#[tokio::test]
async fn sqlite_dies_at_every_point_of_a_push() {
    dies_at_every_point(Engine::Sqlite).await;
}

#[tokio::test]
async fn postgres_dies_at_every_point_of_a_push() {
    dies_at_every_point(Engine::Postgres).await;
}

#[tokio::test]
async fn outages_at_every_point_quarantine_nothing_on_sqlite() {
    bears_outages(Engine::Sqlite).await;
}

#[tokio::test]
async fn outages_at_every_point_quarantine_nothing_on_postgres() {
    bears_outages(Engine::Postgres).await;
}

#[tokio::test]
async fn a_panic_of_a_validator_quarantines_one_op_on_sqlite() {
    bears_panics(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_panic_of_a_validator_quarantines_one_op_on_postgres() {
    bears_panics(Engine::Postgres).await;
}

#[tokio::test]
async fn a_death_while_migrating_leaves_nothing_on_sqlite() {
    dies_while_migrating(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_death_while_migrating_leaves_nothing_on_postgres() {
    dies_while_migrating(Engine::Postgres).await;
}

#[tokio::test]
async fn a_full_disk_is_said_and_blames_nobody_on_sqlite() {
    bears_a_full_disk(Engine::Sqlite).await;
}

#[tokio::test]
async fn a_full_disk_is_said_and_blames_nobody_on_postgres() {
    bears_a_full_disk(Engine::Postgres).await;
}
