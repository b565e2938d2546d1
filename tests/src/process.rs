//! The real program as a process that can be killed.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use crate::database::Fresh;
use crate::http::{Answer, Client};

/// A port that was free a moment ago.
#[must_use]
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The program: the one that `ROUNDS_BIN` names, or the debug build beside the tests.
#[must_use]
pub fn binary() -> PathBuf {
    let named = std::env::var_os("ROUNDS_BIN").map(PathBuf::from);
    let built = || {
        let own = std::env::current_exe().unwrap();
        own.ancestors().nth(2).unwrap().join("rounds")
    };
    let path = named.unwrap_or_else(built);
    assert!(path.exists(), "{} is not there: cargo build -p rounds-server", path.display());
    path
}

/// A running server process. Dropping it kills it.
#[derive(Debug)]
pub struct Rounds {
    child: Child,
    /// Its client.
    pub client: Client,
}

impl Rounds {
    /// A command of the program on a database, to be completed.
    #[must_use]
    pub fn command(database: &Fresh) -> Command {
        let mut command = Command::new(binary());
        command
            .env_remove("ROUNDS_BIN")
            .env("ROUNDS_DATABASE_URL", &database.url)
            .env("ROUNDS_SECRETS", database.secrets());
        command
    }

    /// Runs a command of the program to its end.
    #[must_use]
    pub fn run(database: &Fresh, arguments: &[&str]) -> Output {
        Self::command(database).args(arguments).output().unwrap()
    }

    /// Starts a server on a port and waits until it answers. Its log goes to a file, if one is given.
    pub async fn serve(database: &Fresh, port: u16, log: Option<(&str, std::fs::File)>) -> Self {
        let mut command = Self::command(database);
        match log {
            Some((filter, file)) => command.env("ROUNDS_LOG", filter).stderr(file),
            None => command.env("ROUNDS_LOG", "error").stderr(Stdio::inherit()),
        };
        Self::start(command, port).await
    }

    /// Starts a server in an environment in which it may well fail; what it then says is not shown.
    pub async fn serve_with(database: &Fresh, port: u16, environment: &[(&str, &str)]) -> Self {
        let mut command = Self::command(database);
        command
            .envs(environment.iter().copied())
            .env("ROUNDS_LOG", "off")
            .stderr(Stdio::null());
        Self::start(command, port).await
    }

    async fn start(mut command: Command, port: u16) -> Self {
        command.env("ROUNDS_LISTEN", format!("127.0.0.1:{port}")).stdout(Stdio::null());
        let mut server = Self {
            child: command.spawn().unwrap(),
            client: Client::new(format!("http://127.0.0.1:{port}")),
        };
        while Answer::try_of(server.client.get("/api/health")).await.is_err() {
            assert!(server.child.try_wait().unwrap().is_none(), "the server ended before it answered");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server
    }

    /// Whether it has not ended by itself.
    #[must_use]
    pub fn is_up(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits until it has ended by itself.
    pub async fn ends(mut self) -> ExitStatus {
        for _ in 0..6000 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the server lives on; is it a build with failpoints?")
    }

    /// The most memory that it ever had, in KiB.
    #[must_use]
    pub fn peak_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Ends it as a power cut would: nothing is flushed, nobody is told.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // A process that has ended already can't be killed, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Rounds {
    fn drop(&mut self) {
        self.end();
    }
}
