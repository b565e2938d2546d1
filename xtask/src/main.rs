//! The project's commands: `cargo xtask run`, `test`, `codegen`, `tidy`, …
//!
//! Few dependencies on purpose, so that the first command on a fresh clone starts soon.
#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

mod bench;
mod codegen;
mod dist;
mod faults;
mod fuzz;
mod idle;
mod pwa;
mod run;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Commands of the project")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the app and the server and serves the demonstration programme of `var/rounds.db`.
    Run {
        /// Builds with optimisation.
        #[arg(long)]
        release: bool,
        /// Passed on to the server, such as `--listen 127.0.0.1:8080`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        server: Vec<String>,
    },
    /// Writes the contract snapshot and the TypeScript types that are made from it.
    Codegen {
        /// Changes nothing; fails when a file is not what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Checks import directions, file lengths, documents' paths and words that don't belong.
    Tidy,
    /// Runs every check and test, and installs what they need on Debian as root.
    #[command(alias = "ci")]
    Test(test::Choice),
    /// Measures: sync, read, idle, phone.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Feeds arbitrary bytes to what reads strangers' bytes; needs a nightly compiler and cargo-fuzz.
    Fuzz(fuzz::Choice),
    /// Makes random faults for hours and checks after each round that nothing was lost.
    Faults {
        /// How long.
        #[arg(long, default_value_t = 1.0)]
        hours: f64,
        /// Repeats the faults of an earlier run from the round that printed this seed.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Builds the release binary and checks its size.
    Dist,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run { release, server } => run::run(release, &server),
        Command::Codegen { check } => codegen::run(check),
        Command::Tidy => tidy::run(),
        Command::Test(choice) => test::run(&choice),
        Command::Bench(bench) => bench::run(&bench),
        Command::Fuzz(choice) => fuzz::run(&choice),
        Command::Faults { hours, seed } => faults::run(hours, seed),
        Command::Dist => dist::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
