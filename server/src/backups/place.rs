//! The place of a live SQLite file: what is in it is kept, and what takes its place is whole before it does.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::elsewhere::{sqlite_file, sqlite_url};
use super::{BackupError, folder};
use crate::db::{Alone, sqlite_alone, sqlite_things};
use crate::failpoint;

/// Files that SQLite keeps beside one in use.
const SIDES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Refuses a place in which there is something, whoever's it is: an address may be mistyped.
pub(super) fn not_empty(what: &str, things: &[String], kept: &str) -> BackupError {
    let things = if things.is_empty() {
        "it can't be read".to_owned()
    } else {
        things.join(", ")
    };
    BackupError::Refused(format!(
        "{what} is not empty ({things}). If it is the one that you mean: with --replace the backup takes its place, and what is there is \
         kept as {kept}."
    ))
}

/// Why a place is left alone that others use.
pub(super) const IN_USE: &str = "The database is in use: stop the server, and other commands of rounds, first.";

/// A file beside the live one that is to take its place. Dropped before that, it is removed.
pub(super) struct File {
    new: PathBuf,
    live: PathBuf,
    kept: PathBuf,
    replace: bool,
}

impl File {
    /// Copies the data of a backup beside the live file.
    pub(super) async fn prepare(url: &str, data: &Path, mark: &str, replace: bool) -> Result<Self, BackupError> {
        let live = sqlite_file(url).unwrap_or(Path::new("")).to_owned();
        let this = Self {
            new: live.with_file_name(named(&live, RESTORING, mark)),
            kept: live.with_file_name(named(&live, BEFORE, mark)),
            live,
            replace,
        };
        this.holds_something().await?;
        this.is_in_use().await?;
        if let Some(parent) = this.live.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            folder::make_dir(parent)?;
        }
        this.remove_left()?;
        folder::copy(data, &this.new)?;
        Ok(this)
    }

    /// The address of the new file.
    pub(super) fn url(&self) -> String {
        sqlite_url(&self.new)
    }

    /// Puts it in place; where the old one is, if there was anything in it.
    pub(super) async fn take_place(self) -> Result<Option<String>, BackupError> {
        // A server may have been started since, and may have ended.
        self.is_in_use().await?;
        let keep = self.holds_something().await?;
        if keep {
            // A second name first, so that at no instant is there no database under the first.
            fs::hard_link(&self.live, &self.kept)
                .or_else(|_| fs::copy(&self.live, &self.kept).map(drop))
                .map_err(BackupError::io(&self.kept))?;
        }
        for side in SIDES {
            // There are none beside a file that was closed well; those of a damaged one would spoil the new one.
            move_if_there(&with(&self.live, side), &with(&self.kept, side))?;
        }
        failpoint::reach("restore.before_swap")?;
        fs::File::open(&self.new)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.new, &self.live))
            .map_err(BackupError::io(&self.live))?;
        failpoint::reach("restore.after_swap")?;
        folder::sync_dir(self.live.parent().unwrap_or(Path::new("")))?;
        Ok(keep.then(|| self.kept.display().to_string()))
    }

    /// Whether there is anything in the live file, whoever's it is; refused unless it may be replaced. What can't be read is something.
    async fn holds_something(&self) -> Result<bool, BackupError> {
        if !self.live.exists() {
            return Ok(false);
        }
        let things = match sqlite_things(&self.live).await {
            Ok(things) if things.is_empty() => return Ok(false),
            Ok(things) => things,
            Err(_) => Vec::new(),
        };
        if self.replace {
            return Ok(true);
        }
        Err(not_empty(
            &self.live.display().to_string(),
            &things,
            &self.kept.display().to_string(),
        ))
    }

    async fn is_in_use(&self) -> Result<(), BackupError> {
        if self.live.exists() && sqlite_alone(&self.live).await? == Alone::No {
            return Err(BackupError::Refused(IN_USE.to_owned()));
        }
        Ok(())
    }

    /// Removes what a restore that was interrupted has left: its new file, and a second name of the live one.
    fn remove_left(&self) -> Result<(), BackupError> {
        let folder = self
            .live
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let same = |one: &fs::Metadata, other: &fs::Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
        let live = fs::metadata(&self.live).ok();
        let begins = |name: &OsString, what| name.as_encoded_bytes().starts_with(named(&self.live, what, "").as_encoded_bytes());
        for entry in fs::read_dir(folder).map_err(BackupError::io(folder))? {
            let entry = entry.map_err(BackupError::io(folder))?;
            let is_live = || Some(same(&entry.metadata().ok()?, live.as_ref()?));
            let name = entry.file_name();
            if begins(&name, RESTORING) || begins(&name, BEFORE) && is_live() == Some(true) {
                fs::remove_file(entry.path()).map_err(BackupError::io(&entry.path()))?;
            }
        }
        Ok(())
    }
}

/// What the name of a file beside the live one has between that of the live one and the mark of the restore.
const RESTORING: &str = "restoring";
const BEFORE: &str = "before";

fn named(live: &Path, what: &str, mark: &str) -> OsString {
    let mut name = live.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{what}-{mark}"));
    name
}

impl Drop for File {
    fn drop(&mut self) {
        // In its place it is no longer under this name.
        for side in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(with(&self.new, side));
        }
    }
}

fn with(path: &Path, side: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(side);
    PathBuf::from(name)
}

fn move_if_there(from: &Path, to: &Path) -> Result<(), BackupError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(BackupError::io(from)),
    }
}
