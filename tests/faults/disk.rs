//! Disks that are nearly full, full to the last byte, or that don't keep what is written.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use rounds_shared::sync::{OpCode, PushResponse};
use rounds_tests::{Answer, Engine, Fresh, Rounds, contact};
use tempfile::TempDir;

use crate::world::World;

/// A small file system in memory. It is unmounted when dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn of_mib(size: u32) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mount = ["-t", "tmpfs", "-o", &format!("size={size}m"), "tmpfs"];
        let mounted = Command::new("mount").args(mount).arg(dir.path()).output().unwrap();
        assert!(
            mounted.status.success(),
            "this test fills a small file system of its own and must be allowed to mount one (as root): {}",
            String::from_utf8_lossy(&mounted.stderr)
        );
        Self(dir)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Fills what is free but so many bytes.
    fn fills_but(&self, left: u64) -> PathBuf {
        let path = self.path().join("filler");
        let mut file = File::create(&path).unwrap();
        let free = || {
            let told = Command::new("df")
                .args(["--output=avail", "-B1"])
                .arg(self.path())
                .output()
                .unwrap();
            String::from_utf8(told.stdout)
                .unwrap()
                .lines()
                .nth(1)
                .unwrap()
                .trim()
                .parse::<u64>()
                .unwrap()
        };
        // The last write fits in part or not at all.
        while free() > left {
            let size = usize::try_from((free() - left).min(1024 * 1024)).unwrap();
            if file.write_all(&vec![7; size]).is_err() {
                break;
            }
        }
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

fn codes(answer: &Answer) -> Vec<OpCode> {
    answer.json::<PushResponse>().results.iter().map(|result| result.code).collect()
}

#[tokio::test]
async fn a_nearly_full_disk_is_said_before_a_push_begins() {
    let disk = SmallDisk::of_mib(96);
    let mut world = World::stage(Fresh::in_folder(disk.path()), 1, 1).await;
    let server = world.serve("").await;
    let peer = &mut world.carriers[0].peer;
    peer.records(contact().syringes(1));
    let push = peer.signs(peer.outbox.clone());
    assert_eq!(codes(&peer.sends(&push).await), [OpCode::Accepted]);
    let filler = disk.fills_but(32 * 1024 * 1024);
    peer.records(contact().syringes(1));
    let ops = std::mem::take(&mut peer.outbox);
    let push = peer.signs(ops);
    // What the file system said a moment ago is believed for a moment.
    let mut answer = peer.sends(&push).await;
    while answer.status == 200 {
        peer.records(contact().syringes(1));
        let ops = std::mem::take(&mut peer.outbox);
        let push = peer.signs(ops);
        answer = peer.sends(&push).await;
    }
    assert_eq!(answer.refusal(), (503, "disk_full".to_owned()));
    assert_eq!(answer.header("retry-after"), "60");
    std::fs::remove_file(filler).unwrap();
    while peer.sends(&push).await.status == 503 {}
    assert_eq!(codes(&peer.sends(&push).await)[0], OpCode::Duplicate);
    server.kill();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_full_to_the_last_byte_loses_nothing_and_blames_nobody() {
    let disk = SmallDisk::of_mib(32);
    let mut world = World::stage(Fresh::in_folder(disk.path()), 4, 5).await;
    for carrier in &mut world.carriers {
        carrier.errs = false;
    }
    // The server does not see how little room there is.
    let server = world.serve("disk.room=error").await;
    for round in 0..3 {
        let mut work = world.works();
        work.receives(3).await;
        let filler = disk.fills_but(0);
        work.is_refused(20).await;
        std::fs::remove_file(filler).unwrap();
        work.receives(3).await;
        world.rests(work).await;
        let checked = world.compares().await;
        assert_eq!(checked.quarantined, 0, "round {round}: {checked:?}");
    }
    server.kill();
}

/// The library that makes syncing fail.
fn failing_sync(dir: &Path) -> PathBuf {
    let library = dir.join("fsync.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults/fsync.c");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(source)
        .status();
    assert!(
        built.unwrap().success(),
        "a C compiler is needed, as for the server's own dependencies"
    );
    library
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_disk_fails_to_sync_stops_and_acknowledged_nothing_false() {
    let dir = tempfile::tempdir().unwrap();
    let (library, sign) = (failing_sync(dir.path()), dir.path().join("fails"));
    let mut world = World::stage(Fresh::make(Engine::Sqlite).await, 3, 6).await;
    let mut work = world.works();
    for _ in 0..3 {
        let environment = [("LD_PRELOAD", library.to_str().unwrap()), ("FSYNC_FAILS", sign.to_str().unwrap())];
        let server = Rounds::serve_with(&world.database, world.port, &environment).await;
        work.receives(5).await;
        File::create(&sign).unwrap();
        assert_eq!(server.ends().await.code(), Some(74), "the server goes on after a failed fsync");
        std::fs::remove_file(&sign).unwrap();
    }
    let server = world.serve("").await;
    world.rests(work).await;
    let checked = world.compares().await;
    assert!(checked.ops > 50, "{checked:?}");
    server.kill();
}
