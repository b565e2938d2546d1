//! Stages programmes and phones, seals and signs what they will push, and starts the server under test.

use std::error::Error;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, Utc};
use rounds::demo::{self, Dice, Outing, Phone};
use rounds::state::{Places, State};
use rounds::wiring::Clock;
use rounds_shared::auth::Role;
use rounds_shared::record::Contact;
use rounds_shared::sync::SealedOp;
use uuid::Uuid;

use crate::wire::Connection;

/// Anything that ends a benchmark.
pub type Failure = Box<dyn Error + Send + Sync>;

/// A push that is ready to go.
pub struct Prepared {
    pub programme: Uuid,
    pub device: Uuid,
    pub public_key: Vec<u8>,
    pub body: Vec<u8>,
    pub signature: String,
    pub device_header: String,
    pub ops: Vec<(Uuid, Contact, SealedOp)>,
}

/// A database with programmes, and one phone per client.
pub struct World {
    pub places: Places,
    pub state: Arc<State>,
    pub phones: Vec<Phone>,
    dice: Dice,
    day: NaiveDate,
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
            let programme = ids[n % programmes];
            let worker = demo::person(&state, programme, &format!("worker-{n}"), Role::Peer, None).await?;
            phones.push(demo::stage_phone(&state, programme, worker).await?);
        }
        let day = Clock::system().today(chrono_tz::UTC);
        Ok(Self {
            places,
            state,
            phones,
            dice: Dice::new(7),
            day,
        })
    }

    /// Seals and signs `batches` pushes of `size` records for every client.
    pub fn prepare(&mut self, size: usize, batches: usize) -> Result<Vec<Vec<Prepared>>, Failure> {
        let now = Clock::system().now();
        let contacts = (0..self.phones.len() * batches * size)
            .map(|_| {
                demo::contact(
                    &mut self.dice,
                    Outing {
                        worker: Uuid::nil(),
                        site: "market",
                        day: self.day,
                        catalogue: 1,
                    },
                )
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut contacts = contacts.chunks(batches * size);
        // Sealing is the clients' work and not measured, so both cores do it.
        std::thread::scope(|scope| {
            let work: Vec<_> = self
                .phones
                .iter_mut()
                .map(|phone| (phone, contacts.next().unwrap_or_default()))
                .collect();
            let mut lanes: [Vec<_>; 2] = [Vec::new(), Vec::new()];
            for (n, item) in work.into_iter().enumerate() {
                lanes[n % 2].push((n, item));
            }
            let running = lanes.map(|lane| {
                scope.spawn(move || {
                    lane.into_iter()
                        .map(|(n, (phone, contacts))| Ok((n, seal(phone, contacts, size, now)?)))
                        .collect::<Result<Vec<_>, Failure>>()
                })
            });
            let mut all = Vec::new();
            for lane in running {
                all.extend(lane.join().map_err(|_| "a sealing thread panicked")??);
            }
            all.sort_by_key(|(n, _)| *n);
            Ok(all.into_iter().map(|(_, prepared)| prepared).collect())
        })
    }
}

fn seal(phone: &mut Phone, contacts: &[Contact], size: usize, now: DateTime<Utc>) -> Result<Vec<Prepared>, Failure> {
    let mut prepared = Vec::new();
    for batch in contacts.chunks(size) {
        let mut ops = Vec::new();
        for contact in batch {
            let mut contact = contact.clone();
            contact.worker = phone.author.into();
            let (id, op) = phone.record(&contact, now.timestamp_millis())?;
            ops.push((id, contact, op));
        }
        let (body, signature) = phone.push(ops.iter().map(|(_, _, op)| op.clone()).collect(), now)?;
        prepared.push(Prepared {
            programme: phone.programme,
            device: phone.device,
            public_key: phone.key.public(),
            body,
            signature,
            device_header: phone.device_header(),
            ops,
        });
    }
    Ok(prepared)
}

/// The server under test, ended when dropped.
pub struct Server {
    child: Child,
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

    /// Resident memory in KiB.
    pub fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|text| text.trim().split(' ').next())
            .and_then(|n| n.parse().ok())
            .unwrap_or(0)
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
