//! What every command needs at the terminal: printing, and finding which programme and person are meant.

use std::io::{self, Write as _};

use uuid::Uuid;

use crate::people::{self, Person};
use crate::programmes::{self, Programme};
use crate::state::State;

/// What a command says when it fails.
pub type Failure = String;

/// Prints a line.
///
/// # Errors
/// When standard output is closed.
pub fn say(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}").map_err(|error| format!("standard output: {error}"))
}

/// The programme of a name or id; without one, the only one there is.
///
/// # Errors
/// [`Failure`] with the programmes that there are.
pub async fn programme(state: &State, wanted: Option<&str>) -> Result<Programme, Failure> {
    let all = programmes::all(state.db.read()).await.map_err(|e| e.to_string())?;
    let names = || {
        all.iter()
            .map(|one| format!("  {}  {}", one.id, one.name))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let id = wanted.and_then(|wanted| wanted.parse::<Uuid>().ok());
    let fits = |one: &&Programme| wanted.is_none_or(|wanted| one.name == wanted || Some(one.id) == id);
    let found: Vec<&Programme> = all.iter().filter(fits).collect();
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        _ if all.is_empty() => Err("There is no programme yet: rounds init --programme NAME --tz ZONE".to_owned()),
        [] => Err(format!("There is no such programme. There are:\n{}", names())),
        _ => Err(format!("Say which programme with --programme, by name or id:\n{}", names())),
    }
}

/// Somebody of a programme by handle.
///
/// # Errors
/// [`Failure`] when nobody has it.
pub async fn somebody(state: &State, programme: &Programme, handle: &str) -> Result<Person, Failure> {
    let found = people::by_handle(state.db.read(), programme.id, handle)
        .await
        .map_err(|e| e.to_string())?;
    found.ok_or_else(|| format!("Nobody in {} has the handle {handle}.", programme.name))
}
