//! `rounds backup`, `rounds verify-backup` and `rounds restore`, by the real program while the server runs.

mod check;
mod restore;
mod returned;
mod take;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rounds_tests::{Fresh, Rounds, TestApp};
use serde_json::Value;

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            status: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// Runs the program on a database.
pub async fn run(database: &Fresh, arguments: &[&str]) -> Said {
    let mut command = Rounds::command(database);
    command.args(arguments);
    ends(database, command).await
}

/// Lets a command run to its end. Its temporary files go into a directory of the test's own.
pub async fn ends(database: &Fresh, mut command: Command) -> Said {
    let scratch = scratch(database);
    std::fs::create_dir_all(&scratch).unwrap();
    command.env("TMPDIR", scratch);
    // Server and clients of the test go on meanwhile.
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap().into()
}

fn scratch(database: &Fresh) -> PathBuf {
    database.dir().join("scratch")
}

/// A backup of the server's database.
pub async fn backup(app: &TestApp) -> PathBuf {
    let to = app.database.dir().join("backups");
    let said = run(&app.database, &["backup", "--to", text(&to)]).await;
    assert_eq!(said.status, 0, "{}", said.err);
    PathBuf::from(said.out.lines().next().unwrap())
}

/// Checks a backup.
pub async fn verify_backup(database: &Fresh, backup: &Path) -> Said {
    run(database, &["verify-backup", text(backup)]).await
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub fn manifest(backup: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(backup.join("manifest.json")).unwrap()).unwrap()
}

/// The file of a backup's data.
pub fn data(backup: &Path) -> PathBuf {
    backup.join(manifest(backup)["data"]["file"].as_str().unwrap())
}
