//! PostgreSQL crashes in mid commit and comes back: the server goes on by itself, and no record is blamed.

use rounds_tests::Fresh;

use crate::cluster::Cluster;
use crate::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_restarted_in_mid_commit_loses_nothing() {
    let mut cluster = Cluster::start().await;
    let mut world = World::stage(Fresh::on(cluster.url()).await, 5, 31).await;
    let mut server = world.serve("").await;
    let mut work = world.works();
    for _ in 0..3 {
        work.receives(8).await;
        cluster.crashes();
        cluster.starts().await;
    }
    work.receives(8).await;
    assert!(server.is_up(), "the server did not outlive its database");
    world.rests(work).await;
    let checked = world.compares().await;
    assert!(checked.ops > 100, "{checked:?}");
    server.kill();
    world.database.remove().await;
}
