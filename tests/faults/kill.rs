//! kill −9 at random moments under load. Whatever had a receipt is there once, whatever had none can be sent again.

use std::time::Duration;

use rounds::wiring::Random;
use rounds_tests::{Engine, Fresh};

use crate::world::World;

const PHONES: u64 = 5;

async fn nothing_received_is_lost(engine: Engine, kills: u64) {
    let mut world = World::stage(Fresh::make(engine).await, PHONES, 1).await;
    let mut server = world.serve("").await;
    let mut work = world.works();
    for _ in 0..kills {
        let [batches, wait] = Random::default().bytes::<2>().unwrap();
        work.receives(u64::from(batches % 6)).await;
        // A moment that depends on nothing that the server does: up to 12 ms, about what a batch takes.
        tokio::time::sleep(Duration::from_micros(u64::from(wait) * 48)).await;
        server.kill();
        server = world.serve("").await;
    }
    world.rests(work).await;
    let checked = world.compares().await;
    assert!(checked.ops > 100, "the phones were idle: {checked:?}");
    server.kill();
    world.database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_survives_fifty_kills() {
    nothing_received_is_lost(Engine::Sqlite, 50).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_survives_fifteen_kills() {
    nothing_received_is_lost(Engine::Postgres, 15).await;
}
