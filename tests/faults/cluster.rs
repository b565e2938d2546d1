//! A PostgreSQL of a test's own, which it may crash and start again.

use std::fs::File;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rounds_tests::{free_port, postgres_tool};
use tempfile::TempDir;

/// PostgreSQL refuses to run as root; its Debian package makes this user.
const USER: &str = "postgres";

/// A cluster. It is stopped and removed when dropped.
pub struct Cluster {
    dir: TempDir,
    port: u16,
    server: Option<Child>,
}

impl Cluster {
    /// Makes an empty cluster and starts it.
    pub async fn start() -> Self {
        let dir = tempfile::Builder::new().prefix("rounds-pg").tempdir_in("/tmp").unwrap();
        if is_root() {
            assert!(Command::new("chown").arg(USER).arg(dir.path()).status().unwrap().success());
        }
        let settings = [
            "--username=rounds",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "--pgdata",
        ];
        let made = run("initdb").args(settings).arg(dir.path().join("data")).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let mut cluster = Self {
            dir,
            port: free_port(),
            server: None,
        };
        cluster.starts().await;
        cluster
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("postgres://rounds@127.0.0.1:{}/postgres", self.port)
    }

    /// Ends it without a shutdown, in the middle of whatever it does.
    pub fn crashes(&mut self) {
        let data = self.dir.path().join("data");
        let stop = run("pg_ctl")
            .args(["stop", "--mode=immediate", "--silent", "--pgdata"])
            .arg(data)
            .status();
        assert!(stop.unwrap().success());
        self.server.take().unwrap().wait().unwrap();
    }

    /// Starts it and waits until it has recovered.
    pub async fn starts(&mut self) {
        let mut server = run("postgres");
        server.arg("-D").arg(self.dir.path().join("data"));
        let port = format!("port={}", self.port);
        for setting in [
            &port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=60",
        ] {
            server.args(["-c", setting]);
        }
        let log = File::create(self.dir.path().join("log")).unwrap();
        self.server = Some(server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap());
        while !is_ready(self.port) {
            let ended = self.server.as_mut().unwrap().try_wait().unwrap();
            assert!(ended.is_none(), "{}", std::fs::read_to_string(self.dir.path().join("log")).unwrap());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let data = self.dir.path().join("data");
            let _ = run("pg_ctl")
                .args(["stop", "--mode=immediate", "--silent", "--pgdata"])
                .arg(data)
                .status();
            let _ = server.wait();
        }
    }
}

fn is_ready(port: u16) -> bool {
    let mut ask = Command::new(postgres_tool("pg_isready"));
    let asked = ask.args(["--quiet", "--host=127.0.0.1", &format!("--port={port}")]).status();
    asked.unwrap().success()
}

fn is_root() -> bool {
    Path::new("/proc/self").metadata().unwrap().uid() == 0
}

/// A program of PostgreSQL, as its own user when this one is root, that ends with its parent.
fn run(tool: &str) -> Command {
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args([&format!("--reuid={USER}"), &format!("--regid={USER}"), "--init-groups"]);
    }
    command.args(["--pdeathsig", "INT"]).arg(postgres_tool(tool)).current_dir("/");
    command
}
