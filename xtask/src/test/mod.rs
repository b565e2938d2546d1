//! `test`: everything that the build machine checks, one step after the other.
//!
//! A failed step does not stop the next one, so that one run shows all that is wrong. Nothing runs at the same time
//! as anything else: the tests that measure and the tests that kill servers want the machine to themselves.

mod machine;
mod postgres;
mod steps;

use std::time::{Duration, Instant};

use crate::shell::Outcome;
use postgres::Cluster;
use steps::{STEPS, Step};

/// Which steps to run.
#[derive(clap::Args)]
pub struct Choice {
    /// Runs these steps only, separated by commas.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Leaves these steps out, separated by commas.
    #[arg(long, value_delimiter = ',')]
    skip: Vec<String>,
    /// Lists the steps and runs none.
    #[arg(long)]
    list: bool,
}

/// What became of a step.
enum Fate {
    Passed,
    Failed(String),
    /// It could not run here, and need not: the reason, with what would make it run.
    LeftOut(String),
}

/// What the steps share: the private database, started by the first one that asks.
#[derive(Default)]
struct Shared {
    cluster: Option<Cluster>,
}

impl Shared {
    /// The address of the private PostgreSQL.
    fn postgres(&mut self) -> Outcome<String> {
        if self.cluster.is_none() {
            self.cluster = Some(Cluster::start()?);
        }
        self.cluster.as_ref().map(Cluster::url).ok_or_else(|| "no PostgreSQL".into())
    }
}

/// Runs the chosen steps and prints how long each took and what became of it.
pub fn run(choice: &Choice) -> Outcome {
    if let Some(unknown) = choice
        .only
        .iter()
        .chain(&choice.skip)
        .find(|name| STEPS.iter().all(|step| step.name != name.as_str()))
    {
        return Err(format!("there is no step `{unknown}`; see --list"));
    }
    let chosen = |step: &&Step| {
        let named = |names: &[String]| names.iter().any(|name| name == step.name);
        (choice.only.is_empty() || named(&choice.only)) && !named(&choice.skip)
    };
    if choice.list {
        STEPS
            .iter()
            .filter(chosen)
            .for_each(|step| println!("{:<12} {}", step.name, step.about));
        return Ok(());
    }
    let mut shared = Shared::default();
    let mut results = Vec::new();
    for step in STEPS.iter().filter(chosen) {
        println!("\n== {}: {}", step.name, step.about);
        let start = Instant::now();
        let fate = (step.run)(&mut shared).unwrap_or_else(Fate::Failed);
        results.push((step.name, fate, start.elapsed()));
    }
    // Stops the database before the summary, which is to be the last thing on the screen.
    drop(shared);
    summary(&results)
}

fn summary(results: &[(&str, Fate, Duration)]) -> Outcome {
    println!("\n");
    let (mut passed, mut failed, mut left_out) = (0, 0, 0);
    for (name, fate, took) in results {
        let seconds = took.as_secs_f64();
        match fate {
            Fate::Passed => passed += 1,
            Fate::Failed(_) => failed += 1,
            Fate::LeftOut(_) => left_out += 1,
        }
        match fate {
            Fate::Passed => println!("{seconds:>8.1} s  passed    {name}"),
            Fate::Failed(why) => println!("{seconds:>8.1} s  FAILED    {name}: {why}"),
            Fate::LeftOut(why) => println!("{seconds:>8.1} s  left out  {name}: {why}"),
        }
    }
    let total: f64 = results.iter().map(|(_, _, took)| took.as_secs_f64()).sum();
    let aside = if left_out == 0 {
        String::new()
    } else {
        format!(", {left_out} left out")
    };
    println!("{total:>8.1} s  in all\n\n{passed} passed, {failed} failed{aside}");
    if failed == 0 { Ok(()) } else { Err("not everything passed".into()) }
}
