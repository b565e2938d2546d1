//! Two servers on one database, and many phones on one server.

use rounds_tests::{Engine, Fresh, Rounds, free_port};

use crate::world::{World, client};

/// Phones talk to either server, as behind a balancer, and one of the two dies now and then.
async fn two_on_one_database(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 6, 4).await;
    let other_port = free_port();
    let mut one = world.serve("").await;
    let mut other = Rounds::serve_with(&world.database, other_port, &[]).await;
    for carrier in &mut world.carriers {
        carrier.reaches(vec![client(world.port), client(other_port)]);
    }
    let mut work = world.works();
    for _ in 0..3 {
        work.receives(12).await;
        one.kill();
        one = world.serve("").await;
        work.receives(12).await;
        other.kill();
        other = Rounds::serve_with(&world.database, other_port, &[]).await;
    }
    world.rests(work).await;
    let checked = world.compares().await;
    assert!(checked.ops > 100, "{checked:?}");
    one.kill();
    other.kill();
    world.database.remove().await;
}

/// Sixty-four phones of one programme at once: nobody waits for ever, everything is counted.
async fn a_crowd(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 64, 11).await;
    let server = world.serve("").await;
    let mut work = world.works();
    work.receives(128).await;
    world.rests(work).await;
    let checked = world.compares().await;
    assert!(checked.ops > 64, "{checked:?}");
    server.kill();
    world.database.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_share_a_sqlite_database() {
    two_on_one_database(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_share_a_postgres_database() {
    two_on_one_database(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_phones_of_one_programme_end_well_on_sqlite() {
    a_crowd(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_phones_of_one_programme_end_well_on_postgres() {
    a_crowd(Engine::Postgres).await;
}
