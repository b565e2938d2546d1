//! Several servers that migrate an empty database at once: one does it, the others find it done.

use rounds_tests::{Engine, Fresh, Rounds};

async fn one_migrates(engine: Engine) {
    let database = Fresh::unmigrated(engine).await;
    let started: Vec<_> = (0..4).map(|_| Rounds::command(&database).arg("migrate").spawn().unwrap()).collect();
    for mut child in started {
        assert!(child.wait().unwrap().success());
    }
    let made = Rounds::run(&database, &["init", "--programme", "Harbour", "--tz", "Africa/Nairobi"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    database.remove().await;
}

#[tokio::test]
async fn on_sqlite() {
    one_migrates(Engine::Sqlite).await;
}

#[tokio::test]
async fn on_postgres() {
    one_migrates(Engine::Postgres).await;
}
