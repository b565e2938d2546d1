//! The command line. Each subcommand is a function; this file only says which.

mod backup;
mod demo;
mod doctor;
mod init;
mod invite;
mod login;
mod rebuild;
mod restore;
mod token;
mod verify;

use std::io::{self, Write as _};
use std::sync::Arc;

use clap::{Parser, Subcommand};

use crate::app::Application;
use crate::backups;
use crate::config::{Arguments, Config};
use crate::imports::{self, ImportArguments};
use crate::programmes::{self, Programme};
use crate::publication::{self, PublishArguments};
use crate::state::State;
use crate::telemetry;
use crate::terminal::{self, Failure, say};
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
    /// Makes a programme with its administrator and prints the administrator's link.
    Init(init::Options),
    /// Prints a new invite for somebody of a programme.
    Invite(invite::Options),
    /// Changes the log-in of somebody who can't.
    Login(login::Options),
    /// Makes, lists and revokes the bearer tokens of scripts.
    #[command(subcommand)]
    Token(token::Command),
    /// Loads a made-up programme into an empty database and prints where to go and who may log in.
    Demo(demo::Options),
    /// Recomputes heads, tallies and the audit chain from the log and names what differs. Exit status 1 when anything does.
    Verify(verify::Options),
    /// Computes heads, tallies and all else that the log implies anew, in one go per programme.
    Rebuild(rebuild::Options),
    /// Makes a backup, also while the server runs.
    Backup(backup::Options),
    /// Restores a backup elsewhere and recomputes everything in it; a good one counts from then on. Exit status 1 when it is not good.
    VerifyBackup(backup::CheckOptions),
    /// Puts a backup back, under a new epoch. Stop the server first.
    Restore(restore::Options),
    /// Checks settings, database, secrets and TLS files, and says what to do.
    Doctor,
}

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

impl Command {
    /// Whether a database that is not there is a mistake: connecting to it would make an empty one, of which everything can be said.
    fn needs_database(&self) -> bool {
        matches!(
            self,
            Self::Verify(_) | Self::Rebuild(_) | Self::Invite(_) | Self::Login(_) | Self::Token(_) | Self::Import(_) | Self::Publish(_)
        )
    }
}

async fn execute(command: Command, config: &Config) -> Result<u8, Failure> {
    telemetry::start(&config.log)?;
    if command.needs_database() {
        backups::must_exist(&config.places.database_url).map_err(|e| e.to_string())?;
    }
    match command {
        Command::Serve => serve(config, open(config).await?).await?,
        Command::Demo(options) => demo::run(config, options).await?,
        Command::Verify(options) => return verify::run(config, options).await,
        Command::Rebuild(options) => rebuild::run(config, options).await?,
        Command::Backup(options) => backup::run(config, options).await?,
        Command::VerifyBackup(options) => return backup::check(config, options).await,
        Command::Restore(options) => restore::run(config, options).await?,
        Command::Migrate => migrate(config).await?,
        Command::Init(options) => init::run(config, options).await?,
        Command::Invite(options) => invite::run(config, options).await?,
        Command::Login(options) => login::run(config, options).await?,
        Command::Token(command) => token::run(config, command).await?,
        Command::Doctor => doctor::run(config).await?,
        Command::Import(arguments) => return imports::command(&*open(config).await?, &arguments).await,
        Command::Publish(arguments) => publication::command(&*open(config).await?, &arguments).await?,
    }
    Ok(0)
}

/// Serves an opened state until a signal.
async fn serve(config: &Config, state: Arc<State>) -> Result<(), Failure> {
    let application = Application::serve(config, state).map_err(|e| e.to_string())?;
    application.run().await.map_err(|e| e.to_string())
}

async fn migrate(config: &Config) -> Result<(), Failure> {
    open(config).await?;
    say("The database is up to date.")
}

/// The programme of a name or id; every programme without one.
async fn chosen(state: &State, named: Option<&str>) -> Result<Vec<Programme>, Failure> {
    match named {
        Some(named) => Ok(vec![terminal::programme(state, Some(named)).await?]),
        None => programmes::all(state.db.read()).await.map_err(|e| e.to_string()),
    }
}

/// Opens database and secrets for a command.
async fn open(config: &Config) -> Result<Arc<State>, Failure> {
    State::open(&config.places, Clock::system()).await.map_err(|e| e.to_string())
}
