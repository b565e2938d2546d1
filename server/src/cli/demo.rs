//! `rounds demo`: loads the demonstration into an empty database, and prints where to go and who may log in.

use std::path::PathBuf;
use std::sync::Arc;

use super::serve;
use crate::config::Config;
use crate::demo::{self, Login};
use crate::people;
use crate::programmes;
use crate::state::State;
use crate::terminal::{Failure, say};
use crate::wiring::Clock;

/// Whose phone the link enrols.
const PEER: &str = "amina";

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Serve when loaded.
    #[arg(long)]
    serve: bool,
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
    /// Days of contacts, yesterday the last.
    #[arg(long, default_value_t = demo::default_days())]
    days: u64,
}

pub(super) async fn run(config: &Config, options: Options) -> Result<(), Failure> {
    let clock = Clock::system();
    let path = logins_path(config);
    let (turned_state, turned) = demo::open(&config.places).await.map_err(|e| e.to_string())?;
    let loaded = demo::load(&turned_state, &turned, clock.now(), options.days)
        .await
        .map_err(|e| e.to_string())?;
    if let Some(loaded) = &loaded {
        demo::keep(&path, &loaded.logins).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    if let Some(state) = Arc::into_inner(turned_state) {
        state.db.close().await.map_err(|e| e.to_string())?;
    }
    let state = State::open(&config.places, clock).await.map_err(|e| e.to_string())?;
    let logins = demo::kept(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let url = config.listen.url(config.listen.address.port());
    greet(&state, &url, &logins, loaded.map(|demo| demo.contacts), options.json).await?;
    if options.serve { serve(config, state).await } else { Ok(()) }
}

/// Beside the secrets, which are not in the database's backups either.
fn logins_path(config: &Config) -> PathBuf {
    config.places.secrets.with_file_name("demo-logins.json")
}

async fn greet(state: &State, url: &str, logins: &[Login], loaded: Option<u64>, json: bool) -> Result<(), Failure> {
    let text = |e: crate::db::StoreError| e.to_string();
    let all = programmes::all(state.db.read()).await.map_err(text)?;
    let programme = all.first().ok_or_else(|| "There is no programme.".to_owned())?;
    let peer = people::by_handle(state.db.read(), programme.id, PEER).await.map_err(text)?;
    let peer = peer.ok_or_else(|| "This database holds a real programme, not the demonstration; use `rounds serve`.".to_owned())?;
    let invite = people::invite(state, url, programme.id, &peer, None)
        .await
        .map_err(|e| e.to_string())?;
    if json {
        let enrol = serde_json::json!({"link": invite.link, "code": invite.code, "digits": invite.digits});
        return say(&serde_json::json!({"address": url, "programme": programme.id, "enrol": enrol, "logins": logins}).to_string());
    }
    if let Some(contacts) = loaded {
        say(&format!("A made-up programme with {contacts} contacts is loaded."))?;
    }
    say(&format!("\nRounds is at {url}\n"))?;
    say("A phone enrols here, once; a fresh link comes with every start:")?;
    say(&format!(
        "  link    {}\n  code    {}\n  digits  {}\n",
        invite.link, invite.code, invite.digits
    ))?;
    say(&format!("Staff log in at {url}/console:"))?;
    for login in logins {
        say(&format!("  {:<14} {:<8} {}", login.role.as_str(), login.login, login.password))?;
    }
    Ok(())
}
