//! The place of the live database: what is in it is kept, and what takes its place is whole before it does.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::elsewhere::{sqlite_file, sqlite_url};
use super::{BackupError, folder};
use crate::db::postgres::{self, Address, SET_ASIDE};
use crate::db::{Alone, Db, sqlite_alone};
use crate::programmes;

/// Files that SQLite keeps beside one in use.
const SIDES: [&str; 3] = ["-wal", "-shm", "-journal"];

fn not_empty(what: &str, kept: &str) -> BackupError {
    BackupError::Refused(format!(
        "{what} is not empty. With --replace the backup takes its place, and what is there is kept as {kept}."
    ))
}

const IN_USE: &str = "The database is in use: stop the server, and other commands of rounds, first.";

/// Whether a database holds no programme. One that can't be read is not known to be empty.
async fn is_empty(url: &str) -> bool {
    let Ok(db) = Db::connect(url, 1).await else { return false };
    let empty = match db.schema().await {
        Ok(None) => true,
        Ok(Some(_)) => programmes::all(db.read()).await.is_ok_and(|all| all.is_empty()),
        Err(_) => false,
    };
    db.close().await.is_ok() && empty
}

/// A file beside the live one that is to take its place. Dropped before that, it is removed.
pub(super) struct File {
    new: PathBuf,
    live: PathBuf,
    kept: PathBuf,
    keep: bool,
}

impl File {
    /// Copies the data of a backup beside the live file.
    pub(super) async fn prepare(url: &str, data: &Path, mark: &str, replace: bool) -> Result<Self, BackupError> {
        let live = sqlite_file(url).unwrap_or(Path::new("")).to_owned();
        let named = |what: &str| {
            let mut name = live.file_name().unwrap_or_default().to_owned();
            name.push(format!(".{what}-{mark}"));
            live.with_file_name(name)
        };
        let kept = named("before");
        let there = live.exists();
        let keep = there && !is_empty(url).await;
        if keep && !replace {
            return Err(not_empty(&live.display().to_string(), &kept.display().to_string()));
        }
        if there && sqlite_alone(&live).await? == Alone::No {
            return Err(BackupError::Refused(IN_USE.to_owned()));
        }
        if let Some(parent) = live.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            folder::make_dir(parent)?;
        }
        let this = Self {
            new: named("restoring"),
            live,
            kept,
            keep,
        };
        folder::copy(data, &this.new)?;
        Ok(this)
    }

    /// The address of the new file.
    pub(super) fn url(&self) -> String {
        sqlite_url(&self.new)
    }

    /// Puts it in place; where the old one is, if there was anything in it.
    pub(super) async fn take_place(self) -> Result<Option<String>, BackupError> {
        // A server may have been started since.
        let alone = if self.live.exists() {
            sqlite_alone(&self.live).await?
        } else {
            Alone::Yes
        };
        if alone == Alone::No {
            return Err(BackupError::Refused(IN_USE.to_owned()));
        }
        if self.keep {
            // A second name first, so that at no instant is there no database under the first.
            fs::hard_link(&self.live, &self.kept)
                .or_else(|_| fs::copy(&self.live, &self.kept).map(drop))
                .map_err(BackupError::io(&self.kept))?;
        }
        for side in SIDES {
            // There are none beside a file that was closed well; those of a damaged one would spoil the new one.
            move_if_there(&with(&self.live, side), &with(&self.kept, side))?;
        }
        fs::File::open(&self.new)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.new, &self.live))
            .map_err(BackupError::io(&self.live))?;
        folder::sync_dir(self.live.parent().unwrap_or(Path::new("")))?;
        Ok(self.keep.then(|| self.kept.display().to_string()))
    }
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

/// The schema of a PostgreSQL database, with the old one set aside.
pub(super) struct Schema {
    url: String,
    aside: Option<String>,
    keep: bool,
}

impl Schema {
    /// Sets aside what is in the database and loads a dump.
    pub(super) async fn prepare(url: &str, data: &Path, mark: &str, replace: bool) -> Result<Self, BackupError> {
        let others = postgres::other_clients(url).await?;
        if others > 0 {
            return Err(BackupError::Refused(format!("{IN_USE} It has {others} other connections.")));
        }
        let db = Db::connect(url, 1).await?;
        let schema = db.schema().await;
        db.close().await?;
        let tables = schema?.is_some();
        let keep = tables && !is_empty(url).await;
        let name = format!("{SET_ASIDE}{mark}");
        if keep && !replace {
            return Err(not_empty("The database", &format!("the schema {name}")));
        }
        let aside = if tables {
            let move_away = format!("ALTER SCHEMA public RENAME TO {name}; CREATE SCHEMA public");
            postgres::execute(url, &[move_away]).await.map_err(|error| {
                BackupError::Refused(format!(
                    "The tables that are there can't be set aside ({error}). Make an empty database, restore into that, and give the server its address."
                ))
            })?;
            Some(name)
        } else {
            None
        };
        let this = Self {
            url: url.to_owned(),
            aside,
            keep,
        };
        match postgres::load(&Address::of(url), data) {
            Ok(()) => Ok(this),
            Err(error) => {
                this.put_back().await?;
                Err(error.into())
            }
        }
    }

    /// Keeps the new one; where the old one is, if there was anything in it.
    pub(super) async fn keep(self) -> Result<Option<String>, BackupError> {
        match self.aside {
            Some(name) if self.keep => Ok(Some(format!("schema {name}"))),
            Some(name) => {
                postgres::execute(&self.url, &[format!("DROP SCHEMA {name} CASCADE")]).await?;
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// Puts the old one back.
    pub(super) async fn put_back(self) -> Result<(), BackupError> {
        let back = match &self.aside {
            Some(name) => format!("DROP SCHEMA public CASCADE; ALTER SCHEMA {name} RENAME TO public"),
            None => "DROP SCHEMA public CASCADE; CREATE SCHEMA public".to_owned(),
        };
        Ok(postgres::execute(&self.url, &[back]).await?)
    }
}
