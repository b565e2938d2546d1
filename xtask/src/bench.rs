//! `bench`: hands over to the benchmark that was asked for.

use std::path::Path;

use crate::shell::{self, Outcome};
use crate::{idle, pwa, run};

/// Which benchmark to run.
#[derive(clap::Subcommand)]
pub enum Bench {
    /// Records per second from sealed op to durable commit, beside the database's floor.
    Sync {
        /// Passed on to the load client.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Board, exact reports and published tables at two sizes.
    Read {
        /// Passed on to the load client.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Memory at rest, size of the binary, start to first answer.
    Idle,
    /// Cold start and tap to saved in a throttled browser.
    Phone {
        /// Passed on to the script.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

/// Runs a benchmark.
pub fn run(bench: &Bench) -> Outcome {
    match bench {
        Bench::Sync { arguments } => load("bench-sync", arguments),
        Bench::Read { arguments } => load("bench-read", arguments),
        Bench::Idle => idle::run(),
        Bench::Phone { arguments } => phone(arguments),
    }
}

fn load(name: &str, arguments: &[String]) -> Outcome {
    let mut cargo = shell::cargo();
    shell::finish(
        cargo
            .args(["run", "--release", "--package", "rounds-tests", "--bin", name, "--"])
            .args(arguments),
    )
}

fn phone(arguments: &[String]) -> Outcome {
    pwa::build_if_stale()?;
    let binary = run::build_server(true)?;
    let folder = Path::new("tests/browser");
    pwa::install_in(folder)?;
    let mut node = shell::program("node", folder);
    shell::finish(node.arg("bench.mjs").args(arguments).env("ROUNDS_BIN", binary))
}
