//! The project's commands: `cargo xtask run`, `test`, `codegen`, `tidy`, …
//!
//! Few dependencies on purpose, so that the first command on a fresh clone starts soon.
#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

mod codegen;
mod shell;

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
    /// Writes the contract snapshot and the TypeScript types that are made from it.
    Codegen {
        /// Changes nothing; fails when a file is not what would be written.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Codegen { check } => codegen::run(check),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
