//! The checker itself: a database that lost, made up or changed anything is found out.

use std::sync::Arc;

use rounds::state::State;
use rounds_tests::{Engine, Fresh};
use sea_orm::ConnectionTrait as _;

use crate::check::check;
use crate::history::History;
use crate::world::World;

/// What is done behind the server's back, and how the finding begins.
const SABOTAGES: [(&str, &str); 8] = [
    ("DELETE FROM op WHERE id = (SELECT MIN(id) FROM op)", "acknowledged but not stored"),
    (
        "UPDATE op SET ct = hdr WHERE id = (SELECT MIN(id) FROM op)",
        "acknowledged but not stored",
    ),
    ("DELETE FROM quarantine", "acknowledged but not stored"),
    (
        "INSERT INTO quarantine (programme_id, op_id, digest, seq, carrier_id, device_id, dseq, author_id, record_id, reason, errors, hdr, ek, ct, size, status, received_at) SELECT programme_id, id, digest, seq, device_id, device_id, dseq, author_id, record_id, 'invalid', '[]', hdr, ek, ct, 1, 'waiting', 0 FROM op LIMIT 1",
        "both counted and quarantined",
    ),
    (
        "UPDATE record SET live = NOT live WHERE id = (SELECT MIN(id) FROM record)",
        "record (key, stored, by the model)",
    ),
    (
        "UPDATE record SET person = NULL WHERE person IS NOT NULL",
        "record (key, stored, by the model)",
    ),
    (
        "UPDATE tally SET n = n + 1 WHERE measure = 'contacts'",
        "tally (key, stored, by the model)",
    ),
    (
        "UPDATE tally SET n = n + 1 WHERE measure = 'recipients.ns_1ml'",
        "the tables are not the fold of the log",
    ),
];

/// What the checker finds, if anything.
async fn finding(state: &Arc<State>, world: &World, histories: &Arc<Vec<History>>) -> Option<String> {
    let (state, histories, programme) = (Arc::clone(state), Arc::clone(histories), world.programme);
    let checking = tokio::spawn(async move {
        let all: Vec<&History> = histories.iter().collect();
        check(&state, programme, &all).await
    });
    let panic = checking.await.err()?.into_panic();
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_checker_finds_what_is_lost_made_up_or_changed() {
    let mut world = World::stage(Fresh::make(Engine::Sqlite).await, 2, 3).await;
    let server = world.serve("").await;
    let mut work = world.works();
    work.receives(12).await;
    world.rests(work).await;
    assert!(world.compares().await.quarantined > 0, "a seed without a poisoned op");
    server.kill();
    let kept = world.database.keeps().await;
    let mut histories = Arc::new(world.carriers.drain(..).map(|carrier| carrier.history).collect::<Vec<_>>());
    for (sabotage, begin) in SABOTAGES {
        let state = world.open().await;
        let tx = state.db.begin().await.unwrap();
        tx.execute_unprepared(sabotage).await.unwrap();
        tx.commit().await.unwrap();
        let found = finding(&state, &world, &histories).await;
        assert!(found.as_deref().is_some_and(|text| text.contains(begin)), "{sabotage}: {found:?}");
        state.db.clone().close().await.unwrap();
        world.database.puts_back(&kept).await;
    }
    let state = world.open().await;
    assert_eq!(finding(&state, &world, &histories).await, None);
    Arc::get_mut(&mut histories).unwrap()[0].made.pop_first();
    let found = finding(&state, &world, &histories).await;
    assert!(found.is_some_and(|text| text.contains("nobody made it")), "a made-up op");
}
