//! A private PostgreSQL for one run of the tests, with its data under `target/`.
//!
//! Keeps the defaults that decide about durability (fsync among them): tests that kill servers rely on them.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use super::machine::is_root;
use crate::shell::{self, Outcome};

const START: Duration = Duration::from_secs(30);
/// PostgreSQL refuses to run as root; its Debian package makes this user.
const USER: &str = "postgres";

/// A running cluster; stops when dropped.
pub struct Cluster {
    server: Child,
    programs: PathBuf,
    data: PathBuf,
    port: u16,
}

/// Folder of the newest PostgreSQL programs on this machine.
pub fn programs() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = installed.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).max();
    let debian = newest.map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    debian
        .or_else(|| shell::find("initdb")?.parent().map(Path::to_path_buf))
        .filter(|folder| folder.join("initdb").is_file())
}

impl Cluster {
    /// Makes an empty cluster and waits until it answers.
    pub fn start() -> Outcome<Self> {
        let programs = programs().ok_or("PostgreSQL is not installed; on Debian: apt-get install postgresql")?;
        let data = folder()?;
        let port = free_port()?;
        let mut initdb = as_postgres(&programs.join("initdb"));
        initdb
            .args([
                "--username=rounds",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "--pgdata",
            ])
            .arg(&data);
        shell::output(&mut initdb)?;
        let log = fs::File::create(data.with_extension("log")).map_err(|error| error.to_string())?;
        let mut server = as_postgres(&programs.join("postgres"));
        server.arg("-D").arg(&data);
        for setting in [
            format!("port={port}"),
            "listen_addresses=127.0.0.1".into(),
            "unix_socket_directories=".into(),
            "max_connections=200".into(),
        ] {
            server.args(["-c", &setting]);
        }
        let server = server
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("cannot start postgres: {error}"))?;
        let cluster = Self {
            server,
            programs,
            data,
            port,
        };
        cluster.wait()?;
        println!("PostgreSQL answers on port {port}");
        Ok(cluster)
    }

    /// Where tests connect.
    pub fn url(&self) -> String {
        format!("postgres://rounds@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&self) -> Outcome {
        let start = Instant::now();
        while start.elapsed() < START {
            let mut ready = Command::new(self.programs.join("pg_isready"));
            if shell::output(ready.args(["--host=127.0.0.1", &format!("--port={}", self.port)])).is_ok() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(format!(
            "PostgreSQL does not answer; see {}",
            self.data.with_extension("log").display()
        ))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = as_postgres(&self.programs.join("pg_ctl"));
        let stopped = shell::output(stop.args(["stop", "--mode=fast", "--silent", "--pgdata"]).arg(&self.data));
        if stopped.is_err() {
            drop(self.server.kill());
        }
        drop(self.server.wait());
        drop(self.data.parent().map(fs::remove_dir_all));
    }
}

/// An empty folder that the database's user may write: under `target/`, unless that lies where other users can't go.
fn folder() -> Outcome<PathBuf> {
    let target = shell::target();
    let open = target
        .ancestors()
        .all(|folder| folder.metadata().is_ok_and(|data| data.permissions().mode() & 0o001 != 0));
    let parent = if open || !is_root() { target } else { env::temp_dir() };
    let home = parent.join("pg").join(std::process::id().to_string());
    let fail = |error| format!("cannot create {}: {error}", home.display());
    fs::create_dir_all(&home).map_err(fail)?;
    if is_root() {
        shell::output(Command::new("chown").arg(USER).arg(&home))?;
    }
    Ok(home.join("data"))
}

fn free_port() -> Outcome<u16> {
    let bound = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    bound
        .map(|address| address.port())
        .map_err(|error| format!("no free port: {error}"))
}

/// A program that runs as the database's user when this one is root, and that ends with its parent.
fn as_postgres(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args([&format!("--reuid={USER}"), &format!("--regid={USER}"), "--init-groups"]);
    }
    command.args(["--pdeathsig", "INT"]).arg(program).current_dir("/");
    command
}
