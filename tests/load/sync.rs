//! `cargo xtask bench sync`: records per second over HTTP, end to end, beside the floor of the same run.
//!
//! `--seconds N` bounds each measurement, `--only sqlite|postgres` picks a database, `--quick` runs the two decisive rows, `--soak SECONDS`
//! runs one load long and watches the server's memory.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "figures are printed rounded")]

mod floor;
mod lanes;
mod wire;
mod world;

use std::time::{Duration, Instant};

use lanes::{Prepared, prepare};
use rounds::demo::Dice;
use rounds_shared::sync::{OpCode, PushResponse};
use wire::Connection;
use world::{Failure, Server, World};

/// One row of the table.
#[derive(Clone, Copy)]
struct Shape {
    size: usize,
    clients: usize,
    programmes: usize,
}

struct Measured {
    records: usize,
    seconds: f64,
    latencies: Vec<Duration>,
    resident_kib: u64,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        arguments
            .iter()
            .position(|a| a == name)
            .and_then(|at| arguments.get(at + 1))
            .cloned()
    };
    let seconds: f64 = value("--seconds").map_or(Ok(6.0), |text| text.parse())?;
    let quick = arguments.iter().any(|a| a == "--quick");
    println!("machine: {}", world::machine()?);
    for kind in ["sqlite", "postgres"] {
        if value("--only").is_some_and(|only| only != kind) {
            continue;
        }
        if let Some(soak) = value("--soak") {
            soak_run(kind, soak.parse()?).await?;
            continue;
        }
        println!(
            "{:<9} {:>5} {:>7} {:>10} {:>9} {:>8} {:>8} {:>9} {:>6} {:>8}",
            "database", "batch", "clients", "programmes", "records/s", "p50 ms", "p99 ms", "floor/s", "share", "RSS MiB"
        );
        for shape in shapes(quick) {
            measure(kind, shape, seconds).await?;
        }
    }
    Ok(())
}

fn shapes(quick: bool) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for size in [1, 25, 200] {
        for (clients, programmes) in [(1, 1), (16, 1), (16, 16)] {
            let decisive = size > 1 && programmes == 16;
            if decisive || !quick {
                shapes.push(Shape { size, clients, programmes });
            }
        }
    }
    shapes
}

/// Batches per client that fill about the time at the speeds that were seen; too few would measure the start, too many the patience.
fn batches(shape: Shape, seconds: f64) -> usize {
    let guess = match (shape.size, shape.clients) {
        (1, 1) => 500.0,
        (1, _) => 2_500.0,
        (_, 1) => 7_000.0,
        _ => 14_000.0,
    };
    ((guess * seconds) as usize / shape.size / shape.clients).max(2)
}

async fn measure(kind: &str, shape: Shape, seconds: f64) -> Result<(), Failure> {
    let batches = batches(shape, seconds);
    let dir = tempfile::tempdir()?;
    let Some(url) = world::database(kind, dir.path()).await? else {
        println!("{kind}: left out, because ROUNDS_TEST_POSTGRES names no cluster");
        return Ok(());
    };
    let mut world = World::stage(url, dir.path(), shape.programmes, shape.clients).await?;
    let lanes = prepare(&mut world.phones, &mut Dice::new(7), shape.size, batches)?;
    let server = Server::start(&world.places)?;
    let mut measured = run(&server, lanes)?;
    drop(server);
    measured.latencies.sort_unstable();
    let rate = measured.records as f64 / measured.seconds;

    let floor_dir = tempfile::tempdir()?;
    let floor_url = world::database(kind, floor_dir.path()).await?.ok_or("no database")?;
    let mut floor_world = World::stage(floor_url.clone(), floor_dir.path(), shape.programmes, shape.clients).await?;
    let lanes = prepare(&mut floor_world.phones, &mut Dice::new(7), shape.size, batches)?;
    let floor = floor::run(&floor_world.state, lanes, &floor_url).await?;
    println!(
        "{kind:<9} {:>5} {:>7} {:>10} {rate:>9.0} {:>8.1} {:>8.1} {floor:>9.0} {:>5.0}% {:>8.1}",
        shape.size,
        shape.clients,
        shape.programmes,
        world::percentile(&measured.latencies, 0.50),
        world::percentile(&measured.latencies, 0.99),
        rate / floor * 100.0,
        measured.resident_kib as f64 / 1024.0
    );
    Ok(())
}

/// Pushes every lane over its own connection and checks that each record was accepted.
fn run(server: &Server, lanes: Vec<Vec<Prepared>>) -> Result<Measured, Failure> {
    let address = server.address;
    let started = Instant::now();
    let running: Vec<_> = lanes
        .into_iter()
        .map(|lane| {
            std::thread::spawn(move || -> Result<(usize, Vec<Duration>), Failure> {
                let mut connection = Connection::open(address)?;
                let (mut records, mut latencies) = (0, Vec::with_capacity(lane.len()));
                for prepared in lane {
                    let headers = format!(
                        "x-rounds-device: {}\r\nx-rounds-signature: {}\r\n",
                        prepared.device_header, prepared.signature
                    );
                    let sent = Instant::now();
                    let (status, body) = connection.send("POST", "/api/v1/sync/push", &headers, &prepared.body)?;
                    latencies.push(sent.elapsed());
                    if status != 200 {
                        return Err(format!("status {status}: {}", String::from_utf8_lossy(&body)).into());
                    }
                    let answer: PushResponse = serde_json::from_slice(&body)?;
                    let accepted = answer.results.iter().filter(|r| r.code == OpCode::Accepted).count();
                    if accepted != prepared.ops.len() {
                        return Err(format!("{accepted} of {} accepted: {}", prepared.ops.len(), String::from_utf8_lossy(&body)).into());
                    }
                    records += accepted;
                }
                Ok((records, latencies))
            })
        })
        .collect();
    let (mut records, mut latencies) = (0, Vec::new());
    for lane in running {
        let (n, times) = lane.join().map_err(|_| "a client panicked")??;
        records += n;
        latencies.extend(times);
    }
    Ok(Measured {
        records,
        seconds: started.elapsed().as_secs_f64(),
        latencies,
        resident_kib: resident_kib(&server.child),
    })
}

async fn soak_run(kind: &str, seconds: u64) -> Result<(), Failure> {
    let dir = tempfile::tempdir()?;
    let Some(url) = world::database(kind, dir.path()).await? else {
        return Ok(());
    };
    let mut world = World::stage(url, dir.path(), 16, 16).await?;
    let server = Server::start(&world.places)?;
    let mut dice = Dice::new(7);
    let (mut pushing, mut records, mut after_minute, mut peak) = (0.0, 0, 0, 0);
    // Only time under load counts; sealing the next load happens between.
    while pushing < seconds as f64 {
        let lanes = prepare(&mut world.phones, &mut dice, 25, 100)?;
        let measured = run(&server, lanes)?;
        pushing += measured.seconds;
        records += measured.records;
        if pushing < 60.0 {
            after_minute = measured.resident_kib;
        }
        peak = peak.max(measured.resident_kib);
        println!(
            "{kind}: {pushing:.0} s under load, {records} records, {:.1} MiB resident",
            measured.resident_kib as f64 / 1024.0
        );
    }
    println!(
        "{kind}: at one minute {:.1} MiB, greatest {:.1} MiB",
        after_minute as f64 / 1024.0,
        peak as f64 / 1024.0
    );
    Ok(())
}

/// Resident memory of a process in KiB.
fn resident_kib(child: &std::process::Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|text| text.trim().split(' ').next())
        .and_then(|n| n.parse().ok())
        .unwrap_or(0)
}
