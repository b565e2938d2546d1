//! `rounds backup` and `rounds verify-backup`.

use std::path::PathBuf;

use super::verify;
use crate::backups::{self, Checked, Standing};
use crate::config::Config;
use crate::terminal::{Failure, say};
use crate::wiring::{Clock, Random};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Directory that the backup is put into; better on another disk.
    #[arg(long)]
    to: PathBuf,
}

pub(super) async fn run(config: &Config, options: Options) -> Result<(), Failure> {
    let made = backups::take(&config.places.database_url, &options.to, &Clock::system(), &Random::default()).await;
    let (path, manifest) = made.map_err(|e| e.to_string())?;
    say(&format!("{}", path.display()))?;
    say(&format!(
        "  {} bytes, {} programmes. It is not encrypted: keep it where only you can read it.",
        manifest.data.bytes,
        manifest.programmes.len()
    ))?;
    say("  It counts once it is checked: rounds verify-backup with this path.")
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckOptions {
    /// Directory of the backup.
    backup: PathBuf,
}

/// Exit status 1 when anything in the backup differs from its log, or the live database is not where the backup says that it was.
pub(super) async fn check(config: &Config, options: CheckOptions) -> Result<u8, Failure> {
    let checked = backups::check(&config.places, &options.backup, &Clock::system()).await;
    let (manifest, programmes) = checked.map_err(|e| e.to_string())?;
    say(&format!("Made {}.", manifest.made_at.format("%Y-%m-%d %H:%M UTC")))?;
    let mut good = true;
    for one in &programmes {
        good &= verify::print(&one.name, &one.verified)?;
    }
    for one in &programmes {
        good &= stand(one)?;
    }
    Ok(u8::from(!good))
}

fn stand(checked: &Checked) -> Result<bool, Failure> {
    let Some(standing) = &checked.standing else {
        say(&format!("{}: this backup is not counted.", checked.name))?;
        return Ok(false);
    };
    let text = match standing {
        Standing::Noted(seq) => format!("counted; phones may forget what was sent up to number {seq}."),
        Standing::Unreachable(why) => {
            format!("the backup is good, but the live database can't note it ({why}). Check it again when it can.")
        }
        Standing::OtherEpoch => {
            "the backup is good, but of an earlier epoch: the database was restored since. Make a new backup.".to_owned()
        }
        Standing::Unknown => "the live database knows no such programme: this backup is of another installation.".to_owned(),
        Standing::Behind => {
            "the live database has not come as far as this backup: an older copy was put back. Phones will offer what they hold; \
             to have the rest, rounds restore this backup."
                .to_owned()
        }
        Standing::OtherHistory => {
            "the live database has another history than this backup: an older copy was put back and used since, or its audit chain was \
             changed. Keep both and compare their audit."
                .to_owned()
        }
    };
    say(&format!("{}: {text}", checked.name))?;
    Ok(!standing.is_wrong())
}
