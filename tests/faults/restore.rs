//! An older copy of the database is put back by hand while phones are live: those who saw more make the server notice, and all offer again
//! what they hold. A restore by command dies at every point, and a server starts in the middle of one: what is there stays, or is kept.

use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::Ordering;
use std::time::Duration;

use rounds_tests::{Engine, Fresh, Rounds};
use sea_orm::{ConnectionTrait, Database, Statement};
use uuid::Uuid;

use crate::check::rows;
use crate::cluster::Cluster;
use crate::world::World;

/// Points of a restore in the order in which it passes them, and whether the backup has taken the place when it dies.
const POINTS: [(&str, bool); 4] = [
    ("restore.loaded", false),
    ("restore.begun", false),
    ("restore.before_swap", false),
    ("restore.after_swap", true),
];
/// What SIGABRT is, by which a failpoint ends the process.
const ABORTED: Option<i32> = Some(6);

fn restoring(world: &World, backup: &Path, failpoints: &str) -> Command {
    let mut command = Rounds::command(&world.database);
    command
        .arg("restore")
        .arg("--replace")
        .arg(backup)
        .env("ROUNDS_FAILPOINTS", failpoints);
    command
        .env("TMPDIR", world.database.dir())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn backs_up(world: &World) -> PathBuf {
    let to = world.database.dir().join("backups");
    let made = Rounds::run(&world.database, &["backup", "--to", to.to_str().unwrap()]);
    assert!(made.status.success(), "{made:?}");
    let said = String::from_utf8(made.stdout).unwrap();
    PathBuf::from(said.lines().next().unwrap())
}

/// A server serves for so many batches, until the phones have nothing left to send.
async fn serves(world: &mut World, batches: u64) {
    let server = world.serve("").await;
    let mut work = world.works();
    work.receives(batches).await;
    world.rests(work).await;
    server.kill();
}

/// The epoch and the number of ops.
async fn stands(world: &World) -> (Uuid, usize) {
    let state = world.open().await;
    let epoch = rows(&state, world.programme, "SELECT epoch FROM programme WHERE id = $1").await;
    let ops = rows(&state, world.programme, "SELECT id FROM op WHERE programme_id = $1").await;
    state.db.clone().close().await.unwrap();
    (epoch[0].try_get_by_index(0).unwrap(), ops.len())
}

/// Names of what restores have put beside the database: what they kept, and what they have left.
async fn beside(world: &World) -> Vec<String> {
    if world.database.engine == Engine::Sqlite {
        let names = std::fs::read_dir(world.database.dir()).unwrap().flatten();
        let names = names.map(|entry| entry.file_name().into_string().unwrap());
        return names
            .filter(|name| name.contains(".before-") || name.contains(".restoring-"))
            .collect();
    }
    let state = world.open().await;
    let db = state.db.read();
    let asked = "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'rounds%'";
    let found = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), asked))
        .await
        .unwrap();
    state.db.clone().close().await.unwrap();
    found.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

async fn dies_at_every_point_of_a_restore(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 3, 33).await;
    serves(&mut world, 8).await;
    let backup = backs_up(&world);
    serves(&mut world, 8).await;
    for (point, replaced) in POINTS {
        let before = stands(&world).await;
        let died = restoring(&world, &backup, &format!("{point}=kill")).output().unwrap();
        assert_eq!(died.status.signal(), ABORTED, "{point}: {died:?}");
        let after = stands(&world).await;
        if replaced {
            assert!(after.0 != before.0 && after.1 < before.1, "{point}: {before:?} {after:?}");
            world.restores.fetch_add(1, Ordering::SeqCst);
        } else {
            assert_eq!(after, before, "{point}");
        }
        // Whatever is there, phones go on with it.
        serves(&mut world, 4).await;
    }
    let whole = restoring(&world, &backup, "").output().unwrap();
    assert!(whole.status.success(), "{whole:?}");
    world.restores.fetch_add(1, Ordering::SeqCst);
    let left = beside(&world).await;
    assert!(
        left.len() == 2 && left.iter().all(|name| name.contains("before")),
        "one kept by each that replaced: {left:?}"
    );
    let server = world.serve("").await;
    let checked = world.compares().await;
    assert!(checked.ops > 50, "{checked:?}");
    server.kill();
    world.database.remove().await;
}

/// Waits until a process has stopped at its point.
async fn stops(child: &Child) {
    let stat = format!("/proc/{}/stat", child.id());
    for _ in 0..6000 {
        let text = std::fs::read_to_string(&stat).unwrap();
        match text.rsplit(") ").next().unwrap().chars().next() {
            Some('T') => return,
            Some('Z') => break,
            _ => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
    panic!("it did not stop at its point; is it a build with failpoints?")
}

fn goes_on(child: Child) -> Output {
    let on = Command::new("sh").arg("-c").arg(format!("kill -CONT {}", child.id())).status();
    assert!(on.unwrap().success());
    child.wait_with_output().unwrap()
}

/// A server is started while a restore is under way, and phones send to it.
async fn a_server_in_the_middle_of_a_restore_loses_nothing(engine: Engine) {
    let mut world = World::stage(Fresh::make(engine).await, 3, 44).await;
    serves(&mut world, 5).await;
    let backup = backs_up(&world);
    let child = restoring(&world, &backup, "restore.begun=stop").spawn().unwrap();
    stops(&child).await;
    let server = world.serve("").await;
    let mut work = world.works();
    work.receives(5).await;
    let refused = goes_on(child);
    assert!(!refused.status.success(), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("stop the server"), "{refused:?}");
    work.receives(5).await;
    world.rests(work).await;
    let checked = world.compares().await;
    server.kill();
    assert!(beside(&world).await.is_empty(), "a refused restore leaves nothing");

    // One that is gone again when the restore goes on has left what was sent to it: that is kept.
    let child = restoring(&world, &backup, "restore.begun=stop").spawn().unwrap();
    stops(&child).await;
    serves(&mut world, 5).await;
    let all = stands(&world).await.1;
    assert!(u64::try_from(all).unwrap() > checked.ops);
    let done = goes_on(child);
    assert!(done.status.success(), "{done:?}");
    assert_eq!(kept_ops(&world).await, all, "what was acknowledged meanwhile is kept");
    world.restores.fetch_add(1, Ordering::SeqCst);
    let server = world.serve("").await;
    world.compares().await;
    server.kill();
    world.database.remove().await;
}

/// How many ops the one database has that was kept.
async fn kept_ops(world: &World) -> usize {
    let kept = beside(world).await;
    assert_eq!(kept.len(), 1, "{kept:?}");
    let (url, table) = match world.database.engine {
        Engine::Sqlite => (format!("sqlite:{}", world.database.dir().join(&kept[0]).display()), "op".to_owned()),
        Engine::Postgres => (world.database.url.clone(), format!("{}.op", kept[0])),
    };
    usize::try_from(number(&url, &format!("SELECT COUNT(*) FROM {table}")).await).unwrap()
}

async fn number(url: &str, asked: &str) -> i64 {
    let db = Database::connect(url).await.unwrap();
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), asked))
        .await
        .unwrap()
        .unwrap();
    db.close().await.unwrap();
    row.try_get_by_index(0).unwrap()
}

/// A check of a backup is killed while it looks at its copy. `ends` waits until its sessions are over, `copies` says how many there are.
async fn the_next_check_removes_what_a_killed_one_left(world: World, ends: impl AsyncFn(), copies: impl AsyncFn() -> i64) {
    let backup = backs_up(&world);
    let scratch = world.database.dir().join("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let checking = |failpoints: &str| {
        let mut command = Rounds::command(&world.database);
        command.arg("verify-backup").arg(&backup).env("ROUNDS_FAILPOINTS", failpoints);
        command.env("TMPDIR", &scratch).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let died = checking("check.loaded=kill").output().unwrap();
    assert_eq!(died.status.signal(), ABORTED, "{died:?}");
    ends().await;
    assert_eq!(copies().await, 1, "a killed check leaves its copy");
    // Of one that still looks at its copy, nothing is taken away.
    let other = checking("check.loaded=stop").spawn().unwrap();
    stops(&other).await;
    assert_eq!(copies().await, 1, "the next one removes what the killed one left");
    let done = checking("").output().unwrap();
    assert!(done.status.success(), "{done:?}");
    assert_eq!(copies().await, 1, "the copy that is looked at is not left");
    let done = goes_on(other);
    assert!(done.status.success(), "{done:?}");
    assert_eq!(copies().await, 0);
    world.database.remove().await;
}

#[tokio::test]
async fn a_killed_check_leaves_its_copy_until_the_next_on_sqlite() {
    let world = World::stage(Fresh::make(Engine::Sqlite).await, 1, 1).await;
    let scratch = world.database.dir().join("scratch");
    let copies = async move || i64::try_from(std::fs::read_dir(&scratch).unwrap().count()).unwrap();
    the_next_check_removes_what_a_killed_one_left(world, async || {}, copies).await;
}

/// On a cluster of its own: the next check may be anybody's.
#[tokio::test]
async fn a_killed_check_leaves_its_copy_until_the_next_on_postgres() {
    let cluster = Cluster::start().await;
    let url = cluster.url();
    let world = World::stage(Fresh::on(url.clone()).await, 1, 1).await;
    let ends = async || {
        let sessions = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname LIKE 'rounds_check_%'";
        while number(&url, sessions).await > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let copies = async || number(&url, "SELECT COUNT(*) FROM pg_database WHERE datname LIKE 'rounds_check_%'").await;
    the_next_check_removes_what_a_killed_one_left(world, ends, copies).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_death_at_any_point_of_a_restore_loses_nothing_on_sqlite() {
    dies_at_every_point_of_a_restore(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_death_at_any_point_of_a_restore_loses_nothing_on_postgres() {
    dies_at_every_point_of_a_restore(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_started_in_the_middle_of_a_restore_loses_nothing_on_sqlite() {
    a_server_in_the_middle_of_a_restore_loses_nothing(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_started_in_the_middle_of_a_restore_loses_nothing_on_postgres() {
    a_server_in_the_middle_of_a_restore_loses_nothing(Engine::Postgres).await;
}

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
