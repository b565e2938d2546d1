//! `rounds invite`: link, code and digits for somebody.

use uuid::Uuid;

use super::open;
use crate::config::Config;
use crate::people::{self, Person};
use crate::state::State;
use crate::terminal::{Failure, programme, say, somebody};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Handle of the person.
    handle: String,
    /// Programme, by name or id; not needed when there is one only.
    #[arg(long)]
    programme: Option<String>,
}

pub(super) async fn run(config: &Config, options: Options) -> Result<(), Failure> {
    let state = open(config).await?;
    let chosen = programme(&state, options.programme.as_deref()).await?;
    let person = somebody(&state, &chosen, &options.handle).await?;
    if person.has_left() {
        return Err(format!("{} has left {}.", person.handle, chosen.name));
    }
    print(&state, config, chosen.id, &person).await
}

/// Makes and prints an invite.
pub(super) async fn print(state: &State, config: &Config, programme: Uuid, person: &Person) -> Result<(), Failure> {
    let url = config.listen.url(config.listen.address.port());
    let view = people::invite(state, &url, programme, person, None)
        .await
        .map_err(|e| e.to_string())?;
    say(&format!("  link    {}", view.link))?;
    say(&format!("  code    {}", view.code))?;
    say(&format!("  digits  {}   (say these; don't send them with the link)", view.digits))?;
    say(&format!("  until   {}", view.expires_at.format("%Y-%m-%d %H:%M UTC")))
}
