//! `bench idle`: what the server costs when nobody asks it anything.
//!
//! Release binary, demonstration programme on SQLite, before any login.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::dist::mib;
use crate::shell::{self, Outcome};
use crate::{pwa, run};

const REST: Duration = Duration::from_secs(10);
const STARTS: usize = 5;
const AIM_MEMORY_MIB: f64 = 20.0;
const AIM_BINARY_MIB: f64 = 25.0;
const AIM_START_MS: u128 = 150;

/// Measures and prints; fails when an aim is missed.
pub fn run() -> Outcome {
    pwa::build_if_stale()?;
    let binary = run::build_server(true)?;
    let home = shell::target().join("idle");
    drop(fs::remove_dir_all(&home));
    fs::create_dir_all(&home).map_err(|error| error.to_string())?;
    shell::output(Command::new(&binary).arg("demo").current_dir(&home))?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(Server::start(&binary, &home)?.took.as_millis());
    }
    starts.sort_unstable();
    let start = starts.get(STARTS / 2).copied().unwrap_or_default();
    let memory = {
        let server = Server::start(&binary, &home)?;
        thread::sleep(REST);
        mib(resident(server.process.id())?)
    };
    let size = mib(binary.metadata().map_err(|error| error.to_string())?.len());
    println!(
        "memory at rest    {memory:>6.1} MiB  aim {AIM_MEMORY_MIB}, resident, {} s after start",
        REST.as_secs()
    );
    println!("release binary    {size:>6.1} MiB  aim {AIM_BINARY_MIB}");
    println!("start to answer   {start:>6} ms   aim {AIM_START_MS}, median of {STARTS}, existing database");
    if memory <= AIM_MEMORY_MIB && size <= AIM_BINARY_MIB && start <= AIM_START_MS {
        Ok(())
    } else {
        Err("an aim is missed".into())
    }
}

/// A running server; killed when dropped.
struct Server {
    process: Child,
    took: Duration,
}

impl Server {
    /// Starts it and waits for its first answer.
    fn start(binary: &Path, home: &Path) -> Outcome<Self> {
        let address = free_address()?;
        let start = Instant::now();
        let process = Command::new(binary)
            .args(["serve", "--listen", &address.to_string()])
            .current_dir(home)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("cannot start the server: {error}"))?;
        let mut server = Self {
            process,
            took: Duration::ZERO,
        };
        while start.elapsed() < Duration::from_secs(20) {
            if answers(address).is_some() {
                server.took = start.elapsed();
                return Ok(server);
            }
            thread::sleep(Duration::from_millis(1));
        }
        Err("the server does not answer".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn free_address() -> Outcome<SocketAddr> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|error| format!("no free port: {error}"))
}

/// Whether a request gets a complete answer with status 200.
fn answers(address: SocketAddr) -> Option<()> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .write_all(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    answer.starts_with(b"HTTP/1.1 200").then_some(())
}

/// Resident bytes of a process.
fn resident(process: u32) -> Outcome<u64> {
    let status = shell::read(Path::new(&format!("/proc/{process}/status")))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().map_err(|_| "VmRSS is no number")?;
    Ok(kib * 1024)
}
