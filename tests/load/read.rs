//! `cargo xtask bench read`: the board, the evaluator's table and exact reports, at ten thousand and a hundred thousand contacts.
//!
//! `--only sqlite|postgres` picks a database, `--contacts N,N` the sizes, `--requests N` how often each is asked.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "figures are printed rounded")]

mod wire;
mod world;

use std::process::Command;
use std::time::Instant;

use chrono::Days;
use rounds::demo::{self, Dice, Outing};
use rounds::wiring::Clock;
use rounds_shared::auth::Role;
use rounds_shared::time::Period;
use wire::Connection;
use world::{Failure, Server, World, binary};

/// Days over which the contacts are spread, yesterday the last.
const DAYS: u64 = 200;
/// Peer workers of the programme, one phone each, one team.
const WORKERS: usize = 24;

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
    let requests: usize = value("--requests").map_or(Ok(200), |text| text.parse())?;
    let sizes = value("--contacts").unwrap_or_else(|| "10000,100000".to_owned());
    println!("machine: {}", world::machine()?);
    println!(
        "{:<9} {:>9} {:<34} {:>8} {:>8} {:>8}",
        "database", "contacts", "what", "p50 ms", "p95 ms", "KiB"
    );
    for kind in ["sqlite", "postgres"] {
        if value("--only").is_none_or(|only| only == kind) {
            for size in sizes.split(',') {
                measure(kind, size.parse()?, requests).await?;
            }
        }
    }
    Ok(())
}

async fn measure(kind: &str, contacts: usize, requests: usize) -> Result<(), Failure> {
    let dir = tempfile::tempdir()?;
    let Some(url) = world::database(kind, dir.path()).await? else {
        println!("{kind}: left out, because ROUNDS_TEST_POSTGRES names no cluster");
        return Ok(());
    };
    let mut world = World::stage(url, dir.path(), 1, WORKERS).await?;
    let today = Clock::system().today(chrono_tz::UTC);
    let loaded = fill(&mut world, contacts).await?;
    let programme = world.phones.first().ok_or("no phone")?.programme;
    demo::person(&world.state, programme, "admin", Role::Administrator, None).await?;
    // Months with 14 days behind them are published at once; the newest of them has its quarter or not.
    let month = Period::month_of(today.checked_sub_days(Days::new(60)).ok_or("date")?);
    rounds::publication::publish_due(&world.state, programme).await?;
    let places = world.places.clone();
    drop(world);
    let output = Command::new(binary())
        .args(["token", "create", "--name", "bench", "--scope", "administrator", "--days", "1"])
        .env("ROUNDS_DATABASE_URL", &places.database_url)
        .env("ROUNDS_SECRETS", &places.secrets)
        .env("ROUNDS_LOG", "error")
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let token = text
        .split_whitespace()
        .find(|word| word.matches('.').count() == 2)
        .ok_or("no token was printed")?;
    let server = Server::start(&places)?;
    let (first, last) = (month.first_day(), month.last_day());
    let quarter = (month.previous().previous().first_day(), last);
    let paths = [
        ("board", "/api/v1/board".to_owned()),
        ("indicators, month", format!("/api/v1/indicators?period={month}")),
        (
            "indicators, month by gender",
            format!("/api/v1/indicators?period={month}&by=gender"),
        ),
        ("indicators, month by site", format!("/api/v1/indicators?period={month}&by=site")),
        ("exact report, month", format!("/api/v1/reports?from={first}&to={last}")),
        (
            "exact report, month by site",
            format!("/api/v1/reports?from={first}&to={last}&by=site"),
        ),
        (
            "exact report, quarter by month,gender",
            format!("/api/v1/reports?from={}&to={}&by=month,gender", quarter.0, quarter.1),
        ),
    ];
    let mut connection = Connection::open(server.address)?;
    let headers = format!("authorization: Bearer {token}\r\n");
    for (name, path) in paths {
        let mut times = Vec::with_capacity(requests);
        let mut size = 0;
        for _ in 0..requests {
            let sent = Instant::now();
            let (status, body) = connection.send("GET", &path, &headers, b"")?;
            times.push(sent.elapsed());
            if status != 200 {
                return Err(format!("{path}: {status} {}", String::from_utf8_lossy(&body)).into());
            }
            size = body.len();
        }
        times.sort_unstable();
        let (p50, p95) = (world::percentile(&times, 0.50), world::percentile(&times, 0.95));
        println!(
            "{kind:<9} {loaded:>9} {name:<34} {p50:>8.1} {p95:>8.1} {:>8.1}",
            size as f64 / 1024.0
        );
    }
    Ok(())
}

/// Pushes contacts, spread over the days, in process; the way in is measured by the other benchmark.
async fn fill(world: &mut World, contacts: usize) -> Result<usize, Failure> {
    let now = Clock::system().now();
    let today = now.date_naive();
    let mut dice = Dice::new(11);
    let mut loaded = 0;
    let per_day = contacts.div_ceil(usize::try_from(DAYS)?);
    for back in (1..=DAYS).rev() {
        let day = today.checked_sub_days(Days::new(back)).ok_or("date")?;
        let workers = world.phones.len();
        for (n, phone) in world.phones.iter_mut().enumerate() {
            let mut ops = Vec::new();
            for _ in 0..per_day / workers + usize::from(n < per_day % workers) {
                let contact = demo::contact(
                    &mut dice,
                    Outing {
                        worker: phone.author,
                        site: "market",
                        day,
                        catalogue: 1,
                    },
                )?;
                ops.push(phone.record(contact, now.timestamp_millis())?.1);
            }
            loaded += ops.len();
            demo::deliver(&world.state, phone, ops, now).await?;
        }
    }
    Ok(loaded)
}
