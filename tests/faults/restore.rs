//! An older copy of the database is put back by hand while phones are live: those who saw more make the server notice, and all offer again
//! what they hold.

use std::sync::atomic::Ordering;

use rounds_tests::{Engine, Fresh};

use crate::world::World;

async fn phones_make_good_what_a_copy_lost(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 5, 21).await;
    let server = world.serve("").await;
    let mut work = world.works();
    work.receives(10).await;
    server.kill();
    let old = world.database.keeps().await;
    // Twice from the same copy: the epoch of the first restore is gone as well then.
    for _ in 0..2 {
        let server = world.serve("").await;
        work.receives(15).await;
        server.kill();
        world.database.puts_back(&old).await;
        world.restores.fetch_add(1, Ordering::SeqCst);
    }
    let server = world.serve("").await;
    work.receives(10).await;
    world.rests(work).await;
    let checked = world.compares().await;
    assert!(checked.ops > 100, "{checked:?}");
    server.kill();
    world.database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_copy_put_back_under_live_phones_loses_nothing_on_sqlite() {
    phones_make_good_what_a_copy_lost(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_copy_put_back_under_live_phones_loses_nothing_on_postgres() {
    phones_make_good_what_a_copy_lost(Engine::Postgres).await;
}
