//! `rounds token`: bearer tokens of scripts.

use clap::Subcommand;
use rounds_shared::auth::Role;
use uuid::Uuid;

use super::open;
use crate::auth;
use crate::config::Config;
use crate::state::State;
use crate::terminal::{Failure, programme, say, somebody};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Makes a token and prints it once.
    Create(Create),
    /// Lists the tokens of a programme.
    List(Which),
    /// Revokes a token by its id.
    Revoke(Revoke),
}

#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// Programme, by name or id; not needed when there is one only.
    #[arg(long)]
    programme: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Create {
    #[command(flatten)]
    which: Which,
    /// What the token is for.
    #[arg(long)]
    name: String,
    /// Role that the script acts in: supervisor, evaluator or administrator.
    #[arg(long)]
    scope: String,
    /// Days that it lasts, 366 at most.
    #[arg(long, default_value = "30")]
    days: u16,
    /// Handle of the member of staff that the script acts for.
    #[arg(long = "for", default_value = "admin")]
    person: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    which: Which,
    /// Id of the token, as listed.
    jti: Uuid,
}

pub(super) async fn run(config: &Config, command: Command) -> Result<(), Failure> {
    let state = open(config).await?;
    match command {
        Command::Create(options) => create(&state, options).await,
        Command::List(which) => list(&state, which).await,
        Command::Revoke(options) => revoke(&state, options).await,
    }
}

async fn create(state: &State, options: Create) -> Result<(), Failure> {
    let scope = Role::parse(&options.scope).filter(|scope| *scope != Role::Peer);
    let scope = scope.ok_or_else(|| "--scope: give supervisor, evaluator or administrator".to_owned())?;
    if !(1..=366).contains(&options.days) {
        return Err("--days: give a number from 1 to 366".to_owned());
    }
    if options.name.is_empty() || options.name.chars().count() > 80 {
        return Err("--name: give a name of 1 to 80 characters".to_owned());
    }
    let chosen = programme(state, options.which.programme.as_deref()).await?;
    let person = somebody(state, &chosen, &options.person).await?;
    let made = auth::create_script(state, chosen.id, &person, &options.name, scope, i64::from(options.days)).await;
    let Some((jti, token)) = made.map_err(|e| e.to_string())? else {
        return Err(format!("A script of {} can't have more than their own role.", person.handle));
    };
    say(&format!("id     {jti}"))?;
    say(&format!("token  {token}"))
}

async fn list(state: &State, which: Which) -> Result<(), Failure> {
    let chosen = programme(state, which.programme.as_deref()).await?;
    let now = state.clock.now();
    for token in auth::list_scripts(state, chosen.id).await.map_err(|e| e.to_string())? {
        let ends = token.expires_at.format("%Y-%m-%d");
        let fate = if token.revoked {
            "revoked".to_owned()
        } else if token.expires_at <= now {
            format!("ended {ends}")
        } else {
            format!("until {ends}")
        };
        say(&format!("{}  {}  {fate}  {}", token.jti, token.scope, token.name))?;
    }
    Ok(())
}

async fn revoke(state: &State, options: Revoke) -> Result<(), Failure> {
    let chosen = programme(state, options.which.programme.as_deref()).await?;
    if auth::revoke_script(state, chosen.id, options.jti)
        .await
        .map_err(|e| e.to_string())?
    {
        say("Revoked.")
    } else {
        Err("There is no such token, or it is revoked already.".to_owned())
    }
}
