//! The command line. Each subcommand is a function; this file only says which.

use std::io::{self, Write as _};
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::app::Application;
use crate::config::{Arguments, Config};
use crate::imports::{self, ImportArguments};
use crate::programmes::{self, Programme};
use crate::publication::{self, PublishArguments};
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
    /// Imports a paper day sheet. Exit status 2 says that some rows were not taken.
    Import(ImportArguments),
    /// Publishes a period, or all that is due.
    Publish(PublishArguments),
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
        Ok(status) => status,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "{failure}");
            1
        }
    }
}

async fn execute(command: Command, config: &Config) -> Result<u8, Failure> {
    telemetry::start(&config.log)?;
    match command {
        Command::Serve => serve(config).await?,
        Command::Migrate => migrate(config).await?,
        Command::Import(arguments) => return imports::command(&*open(config).await?, &arguments).await,
        Command::Publish(arguments) => publication::command(&*open(config).await?, &arguments).await?,
    }
    Ok(0)
}

/// Opens database and secrets for a command.
async fn open(config: &Config) -> Result<Arc<State>, Failure> {
    State::open(&config.places, Clock::system()).await.map_err(|e| e.to_string())
}

/// The programme that a person at the terminal names, by name or id.
///
/// # Errors
/// [`Failure`] when there is none or several have the name.
pub async fn programme(state: &State, named: &str) -> Result<Programme, Failure> {
    let all = programmes::store::all(state.db.read()).await.map_err(|e| e.to_string())?;
    let mut found = all.into_iter().filter(|p| p.name == named || p.id.to_string() == named);
    match (found.next(), found.next()) {
        (Some(programme), None) => Ok(programme),
        (Some(_), Some(_)) => Err("Several programmes have this name; give the id instead.".to_owned()),
        (None, _) => Err("There is no programme of this name or id.".to_owned()),
    }
}

async fn serve(config: &Config) -> Result<(), Failure> {
    let application = Application::build(config, Clock::system()).await.map_err(|e| e.to_string())?;
    application.run().await.map_err(|e| e.to_string())
}

async fn migrate(config: &Config) -> Result<(), Failure> {
    open(config).await?;
    say("The database is up to date.")
}

/// Prints a line for the person at the terminal.
///
/// # Errors
/// When standard output is closed.
pub fn say(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}").map_err(|error| format!("standard output: {error}"))
}
