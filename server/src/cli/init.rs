//! `rounds init`: a programme and its administrator.

use chrono_tz::Tz;
use rounds_shared::auth::Role;
use rounds_shared::console::NewWorker;

use super::{invite, open};
use crate::audit::Entry;
use crate::config::Config;
use crate::people::{self, Person};
use crate::programmes::{self, Lock, NewProgramme};
use crate::state::State;
use crate::terminal::{Failure, say};

/// Handle of the first administrator.
const ADMIN: &str = "admin";

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Name of the programme.
    #[arg(long)]
    programme: String,
    /// Time zone of its dates, such as Europe/Lisbon.
    #[arg(long)]
    tz: String,
}

pub(super) async fn run(config: &Config, options: Options) -> Result<(), Failure> {
    let tz: Tz = options
        .tz
        .parse()
        .map_err(|_| "--tz: give a zone of the IANA list, such as Europe/Lisbon".to_owned())?;
    let name = options.programme.trim().to_owned();
    if name.is_empty() || name.chars().count() > 80 {
        return Err("--programme: give a name of 1 to 80 characters".to_owned());
    }
    let state = open(config).await?;
    let all = programmes::all(state.db.read()).await.map_err(|e| e.to_string())?;
    if all.iter().any(|one| one.name == name) {
        return Err("There is a programme of this name already; rounds invite admin gives a new link.".to_owned());
    }
    let new = NewProgramme { name, tz, catalogue: None };
    let id = programmes::create(&state.db, &state.secrets, &state.random, state.clock.now_ms(), new)
        .await
        .map_err(|e| e.to_string())?;
    let admin = add_admin(&state, id).await?;
    say("The programme is made. Its administrator joins here:")?;
    invite::print(&state, config, id, &admin).await
}

async fn add_admin(state: &State, programme: uuid::Uuid) -> Result<Person, Failure> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let tx = state.db.begin().await.map_err(|e| text(&e))?;
    let lock = Lock::take(&tx, programme, state.clock.now_ms()).await.map_err(|e| text(&e))?;
    let mut lock = lock.ok_or_else(|| "The programme is gone.".to_owned())?;
    let new = NewWorker {
        handle: ADMIN.to_owned(),
        role: Role::Administrator,
        level: None,
        supervisor: None,
    };
    let person = people::add(&tx, &lock, &state.random, &new).await.map_err(|e| text(&e))?;
    lock.audit(Entry::system("worker.add", person.id.to_string()));
    lock.commit(tx).await.map_err(|e| text(&e))?;
    Ok(person)
}
