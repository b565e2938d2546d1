//! The command line. Each subcommand is a function; this file only says which.

use std::io::{self, Write as _};

use clap::{Parser, Subcommand};

use crate::app::Application;
use crate::config::{Arguments, Config};
use crate::state::State;
use crate::telemetry;
use crate::wiring::Clock;

/// Rounds: outreach contacts from the phone to the report.
#[derive(Debug, Parser)]
#[command(name = "rounds", version)]
struct Line {
    #[command(flatten)]
    arguments: Arguments,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the interface and the app (the default).
    Serve,
    /// Brings the database schema up to date and ends.
    Migrate,
}

/// What a command says when it fails: for the person at the terminal.
pub type Failure = String;

/// Runs the command line and returns the exit status.
pub async fn run() -> u8 {
    let line = Line::parse();
    let outcome = match Config::check(line.arguments) {
        Ok(config) => execute(line.command.unwrap_or(Command::Serve), &config).await,
        Err(mistakes) => Err(mistakes.join("\n")),
    };
    match outcome {
        Ok(()) => 0,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "{failure}");
            1
        }
    }
}

async fn execute(command: Command, config: &Config) -> Result<(), Failure> {
    telemetry::start(&config.log)?;
    match command {
        Command::Serve => serve(config).await,
        Command::Migrate => migrate(config).await,
    }
}

async fn serve(config: &Config) -> Result<(), Failure> {
    let application = Application::build(config, Clock::system()).await.map_err(|e| e.to_string())?;
    application.run().await.map_err(|e| e.to_string())
}

async fn migrate(config: &Config) -> Result<(), Failure> {
    State::open(&config.places, Clock::system()).await.map_err(|e| e.to_string())?;
    say("The database is up to date.")
}

/// Prints a line for the person at the terminal.
///
/// # Errors
/// When standard output is closed.
pub fn say(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}").map_err(|error| format!("standard output: {error}"))
}
