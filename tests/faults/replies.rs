//! Answers that are lost or come in part, and requests that break off: what was stored is known when it comes again, and counts once.

use std::sync::{Arc, Mutex};

use rounds::demo::Dice;
use rounds_shared::sync::{OpCode, PushResponse};
use rounds_tests::{Engine, Fresh, contact};

use crate::relay::{Cut, Relay};
use crate::world::World;

/// Sends a batch through a relay that cuts, then past it.
async fn broken(engine: Engine, cuts: impl Iterator<Item = Cut>, expected: OpCode) {
    let mut world = World::stage(Fresh::make(engine).await, 1, 1).await;
    let server = world.serve("").await;
    let next = Arc::new(Mutex::new(Cut::default()));
    let told = Arc::clone(&next);
    let relay = Relay::before(world.port, move || *told.lock().unwrap()).await;
    let peer = &mut world.carriers[0].peer;
    for cut in cuts {
        *next.lock().unwrap() = cut;
        peer.records(contact().syringes(1));
        peer.records(contact().syringes(2).coded("CODE1"));
        let ops = std::mem::take(&mut peer.outbox);
        let push = peer.signs(ops);
        peer.moves_to(&relay.client);
        let heard = peer.tries(&push).await;
        assert!(heard.is_err(), "{cut:?}: {:?}", heard.map(|answer| answer.text()));
        peer.moves_to(&server.client);
        let answer: PushResponse = peer.sends(&push).await.json();
        assert!(
            answer.results.iter().all(|result| result.code == expected),
            "{cut:?}: {:?}",
            answer.results
        );
    }
    let state = world.open().await;
    assert_eq!(rounds::sync::verify(&state, world.programme).await.unwrap().unwrap().drift, []);
    state.db.clone().close().await.unwrap();
    server.kill();
    world.database.remove().await;
}

/// Nothing of the answer, a part of its head, its head without its body, and all but its end.
fn answers() -> impl Iterator<Item = Cut> {
    [0, 1, 12, 100, 300, 600, 900, 1000].into_iter().map(|bytes| Cut {
        answer: Some(bytes),
        ..Cut::default()
    })
}

fn requests() -> impl Iterator<Item = Cut> {
    [0, 1, 100, 1000, 3000].into_iter().map(|bytes| Cut {
        request: Some(bytes),
        ..Cut::default()
    })
}

/// Phones behind a network that breaks one connection in three.
async fn counts_once(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 4, 9).await;
    let server = world.serve("").await;
    let mut dice = Dice::new(9);
    let relay = Relay::before(world.port, move || {
        let bytes = |dice: &mut Dice, most| dice.percent(17).then(|| dice.below(most));
        Cut {
            request: bytes(&mut dice, 60_000),
            answer: bytes(&mut dice, 6_000),
        }
    })
    .await;
    for carrier in &mut world.carriers {
        carrier.reaches(vec![relay.client.clone()]);
    }
    let mut work = world.works();
    work.receives(60).await;
    world.rests(work).await;
    for carrier in &mut world.carriers {
        carrier.reaches(vec![server.client.clone()]);
    }
    let checked = world.compares().await;
    assert!(checked.ops > 100 && checked.quarantined > 0, "{checked:?}");
    server.kill();
    world.database.remove().await;
}

#[tokio::test]
async fn a_lost_or_truncated_answer_counts_once_on_sqlite() {
    broken(Engine::Sqlite, answers(), OpCode::Duplicate).await;
}

#[tokio::test]
async fn a_lost_or_truncated_answer_counts_once_on_postgres() {
    broken(Engine::Postgres, answers(), OpCode::Duplicate).await;
}

#[tokio::test]
async fn a_request_that_breaks_off_leaves_nothing_on_sqlite() {
    broken(Engine::Sqlite, requests(), OpCode::Accepted).await;
}

#[tokio::test]
async fn a_request_that_breaks_off_leaves_nothing_on_postgres() {
    broken(Engine::Postgres, requests(), OpCode::Accepted).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reordered_and_repeated_batches_over_a_bad_network_count_once_on_sqlite() {
    counts_once(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reordered_and_repeated_batches_over_a_bad_network_count_once_on_postgres() {
    counts_once(Engine::Postgres).await;
}
