//! `rounds restore`, and the list of what a restore brings back that somebody must look at.

use std::path::PathBuf;

use crate::auth::LoginView;
use crate::backups::{self, Returned};
use crate::config::Config;
use crate::people::Person;
use crate::terminal::{Failure, say};
use crate::wiring::Clock;

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Directory of the backup.
    backup: PathBuf,
    /// Take the place of a database that is not empty; it is kept beside.
    #[arg(long)]
    replace: bool,
}

pub(super) async fn run(config: &Config, options: Options) -> Result<(), Failure> {
    let restored = backups::restore(&config.places, &options.backup, options.replace, &Clock::system()).await;
    let restored = restored.map_err(|e| e.to_string())?;
    let made_at = restored.manifest.made_at.format("%Y-%m-%d %H:%M UTC");
    say(&format!("The database is as it was on {made_at}."))?;
    if let Some(kept) = &restored.kept {
        say(&format!("What was there before is kept as {kept}; remove it when nobody needs it."))?;
    }
    say("Start the server: a new epoch has begun, and phones offer again what they hold.")?;
    say("Nobody is logged in any more. Open invites have ended: whoever had not yet used theirs needs a new one.")?;
    say("PINs of phones have ended: each phone with one says so and takes a new one.")?;
    say("")?;
    say("The backup can't know what was done after it was made. Look at each of these, once the server runs:")?;
    let all = restored.programmes.as_slice();
    phones(all)?;
    people(all)?;
    tokens(all)?;
    say(
        "5. What staff did in the console since is gone: corrections, decisions on what waited, imports, catalogue, shifts. Do it again, with",
    )?;
    say("   the audit of what was replaced at hand. Records that phones hold come back by themselves.")?;
    say("Then make a new backup and check it.")
}

fn phones(all: &[Returned]) -> Result<(), Failure> {
    say("1. Phones that were taken out since are in again. Take them out again at once, in the console under Phones. These are in:")?;
    for programme in all {
        let phones = &programme.phones;
        say(&format!(
            "   {}: {} phones, {} PINs ended",
            programme.name,
            phones.len(),
            programme.pins
        ))?;
        for phone in phones {
            let seen = phone
                .last_seen_at
                .map_or_else(|| "never".to_owned(), |at| at.format("%Y-%m-%d").to_string());
            say(&format!("     phone {}  of {}, last heard of {seen}", phone.id, phone.handle))?;
        }
    }
    say(
        "2. Phones that were set up since are not known: the server refuses them until they are set up anew. Their records stay on them and",
    )?;
    say("   come with that, for the supervisor. Give their people new invites.")
}

fn people(all: &[Returned]) -> Result<(), Failure> {
    say(
        "3. People who left since are back, with the role and the password of then; people who came since are missing. New passwords are the",
    )?;
    say("   old ones again. Authenticator apps set up since are off, those taken off are on, and used recovery codes are good again:")?;
    say("   somebody who used one sets the app up anew. These may work and log in:")?;
    for programme in all {
        say(&format!("   {}: {} people", programme.name, programme.people.len()))?;
        for person in &programme.people {
            let login = programme.logins.iter().find(|login| login.worker == person.id);
            say(&format!("     {}", line(person, login)))?;
        }
    }
    Ok(())
}

fn line(person: &Person, login: Option<&LoginView>) -> String {
    let way = match login {
        None => String::new(),
        Some(LoginView { login, recovery: None, .. }) => format!(", logs in as {login}, no authenticator app"),
        Some(LoginView {
            login,
            recovery: Some(left),
            ..
        }) => format!(", logs in as {login}, authenticator app, {left} recovery codes"),
    };
    format!("{}  {}{way}", person.handle, person.role.as_str())
}

fn tokens(all: &[Returned]) -> Result<(), Failure> {
    say("4. Tokens of scripts that were revoked since are good again: rounds token revoke. These are good:")?;
    for programme in all {
        say(&format!("   {}: {} tokens of scripts", programme.name, programme.tokens.len()))?;
        for token in &programme.tokens {
            let until = token.expires_at.format("%Y-%m-%d");
            say(&format!("     token {}  {}, until {until}", token.jti, token.name))?;
        }
    }
    Ok(())
}
