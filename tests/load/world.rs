//! Stages programmes and phones in a fresh database, and starts the server under test.

use std::error::Error;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rounds::demo::{self, Phone};
use rounds::state::{Places, State};
use rounds::wiring::Clock;
use rounds_shared::auth::Role;

use crate::wire::Connection;

/// Anything that ends a benchmark.
pub type Failure = Box<dyn Error + Send + Sync>;

/// A database with programmes, and one phone per client.
pub struct World {
    pub places: Places,
    pub state: Arc<State>,
    pub phones: Vec<Phone>,
}

impl World {
    /// Stages `programmes` programmes and `clients` phones in a fresh database.
    pub async fn stage(url: String, dir: &Path, programmes: usize, clients: usize) -> Result<Self, Failure> {
        let places = Places {
            database_url: url,
            secrets: dir.join("secrets"),
            pool: 4,
        };
        let state = State::open(&places, Clock::system()).await?;
        let mut ids = Vec::new();
        for n in 0..programmes {
            let catalogue = demo::catalogue("Load", &[("market", "Market"), ("old-port", "Old port"), ("drop-in", "Drop-in")])?;
            ids.push(demo::stage_programme(&state, &format!("Load {n}"), chrono_tz::UTC, catalogue).await?);
        }
        let mut phones = Vec::new();
        for n in 0..clients {
            let programme = *ids.get(n % programmes).ok_or("no programme")?;
            let worker = demo::person(&state, programme, &format!("worker-{n}"), Role::Peer, None).await?;
            phones.push(demo::stage_phone(&state, programme, worker).await?);
        }
        Ok(Self { places, state, phones })
    }
}

/// The server under test, ended when dropped.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts the release binary on a database and waits for its first answer.
    pub fn start(places: &Places) -> Result<Self, Failure> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let child = Command::new(binary())
            .arg("serve")
            .env("ROUNDS_DATABASE_URL", &places.database_url)
            .env("ROUNDS_SECRETS", &places.secrets)
            .env("ROUNDS_LISTEN", address.to_string())
            .env("ROUNDS_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .map_err(|e| {
                format!(
                    "{}: {e}; build it with `cargo build --release -p rounds-server`",
                    binary().display()
                )
            })?;
        let server = Self { child, address };
        let deadline = Instant::now() + Duration::from_secs(20);
        while Connection::open(address)
            .and_then(|mut c| c.send("GET", "/api/health", "", b""))
            .is_err()
        {
            if Instant::now() > deadline {
                return Err("the server does not answer".into());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The release binary, or what `ROUNDS_BIN` names.
pub fn binary() -> PathBuf {
    std::env::var_os("ROUNDS_BIN").map_or_else(|| PathBuf::from("target/release/rounds"), PathBuf::from)
}

/// Databases to measure: SQLite always, PostgreSQL when `ROUNDS_TEST_POSTGRES` names a cluster.
pub async fn database(kind: &str, dir: &Path) -> Result<Option<String>, Failure> {
    if kind == "sqlite" {
        return Ok(Some(format!("sqlite:{}", dir.join("rounds.db").display())));
    }
    let Ok(base) = std::env::var("ROUNDS_TEST_POSTGRES") else {
        return Ok(None);
    };
    let name = format!("rounds_load_{}", rounds::wiring::Random::default().uuid()?.simple());
    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect(&base).await?;
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&pool)
        .await?;
    pool.close().await;
    let server = base.rsplit_once('/').map_or(base.as_str(), |(server, _)| server);
    Ok(Some(format!("{server}/{name}")))
}

/// A share of sorted times, in milliseconds.
pub fn percentile(sorted: &[Duration], share: f64) -> f64 {
    let at = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(0.0, |d| d.as_secs_f64() * 1000.0)
}

/// Cores and processor of this machine.
pub fn machine() -> Result<String, Failure> {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .unwrap_or("unknown processor");
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?").to_owned();
    Ok(format!(
        "{} cores, {}, load {load}",
        std::thread::available_parallelism()?,
        name.trim_start_matches([' ', '\t', ':'])
    ))
}
