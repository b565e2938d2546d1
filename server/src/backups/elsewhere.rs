//! A backup restored where nobody works with it, to be looked at and thrown away.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use tempfile::TempDir;

use super::manifest::{Engine, Manifest, hex};
use super::{BackupError, folder};
use crate::db::StoreError;
use crate::db::postgres::{self, Address};
use crate::db::temporary::Temporary;
use crate::wiring::Random;

/// Temporary directories begin so.
const PREFIX: &str = "rounds-check-";
/// The file of a temporary directory that is locked as long as somebody looks at the copy. The system unlocks it when they die.
const LOCK: &str = "lock";

/// A restored copy. [`Copy::remove`] throws it away; one that nobody threw away goes when the next is made.
pub(super) struct Copy {
    /// Its address.
    pub url: String,
    place: Place,
}

enum Place {
    Dir { dir: TempDir, _lock: File },
    Database(Temporary),
}

impl Copy {
    /// Restores the data of a backup into a temporary directory, or into a temporary database beside the one of the settings.
    pub(super) async fn make(live: &str, manifest: &Manifest, data: &Path, random: &Random) -> Result<Self, BackupError> {
        match manifest.engine {
            Engine::Sqlite => in_dir(data),
            Engine::Postgres if Engine::of_url(live) == Engine::Sqlite => {
                let why = "This backup is of PostgreSQL: give with --database-url the address of a database \
                           in whose cluster a temporary one may be made.";
                Err(BackupError::Refused(why.to_owned()))
            }
            Engine::Postgres => {
                Temporary::drop_left(live).await?;
                let mark = hex(&random.bytes::<8>().map_err(StoreError::from)?);
                let made = Temporary::make(live, &mark).await.map_err(|error| {
                    BackupError::Refused(format!("A temporary database can't be made; its user needs CREATEDB. {error}"))
                })?;
                let copy = Self {
                    url: made.url.clone(),
                    place: Place::Database(made),
                };
                match postgres::load(&Address::of(&copy.url), data) {
                    Ok(()) => Ok(copy),
                    Err(error) => {
                        copy.remove().await?;
                        Err(error.into())
                    }
                }
            }
        }
    }

    /// Throws it away.
    pub(super) async fn remove(self) -> Result<(), BackupError> {
        match self.place {
            Place::Dir { dir, .. } => {
                let path = dir.path().to_owned();
                dir.close().map_err(BackupError::io(&path))
            }
            Place::Database(temporary) => Ok(temporary.remove().await?),
        }
    }
}

fn in_dir(data: &Path) -> Result<Copy, BackupError> {
    let temporary = std::env::temp_dir();
    let dir = tempfile::Builder::new().prefix(PREFIX).tempdir();
    let dir = dir.map_err(BackupError::io(&temporary))?;
    remove_left(&temporary, dir.path());
    let lock = lock(dir.path()).map_err(BackupError::io(dir.path()))?;
    let file = dir.path().join("copy.db");
    folder::copy(data, &file)?;
    Ok(Copy {
        url: sqlite_url(&file),
        place: Place::Dir { dir, _lock: lock },
    })
}

/// A locked file, which has its name only once it is locked.
fn lock(dir: &Path) -> io::Result<File> {
    let unnamed = dir.join("lock.new");
    let lock = File::create_new(&unnamed)?;
    lock.lock()?;
    fs::rename(unnamed, dir.join(LOCK))?;
    Ok(lock)
}

/// Removes the copies of checks that were killed. One that can't be removed is said and is no reason not to check.
fn remove_left(temporary: &Path, own: &Path) {
    let Ok(uid) = fs::metadata(own).map(|own| own.uid()) else { return };
    for entry in fs::read_dir(temporary).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        // Anybody may make a directory of that name in a shared place; only own ones are opened.
        let is_own = entry.metadata().is_ok_and(|found| found.is_dir() && found.uid() == uid);
        if !is_own || !name.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
            continue;
        }
        // Without the lock there is nothing in it yet; a lock that somebody holds is of a check that runs.
        let Ok(lock) = File::open(path.join(LOCK)) else { continue };
        if lock.try_lock().is_ok()
            && let Err(error) = fs::remove_dir_all(&path)
        {
            tracing::warn!(path = %path.display(), %error, "the copy of a check that was interrupted can't be removed: remove it by hand");
        }
    }
}

/// The address of an SQLite file.
pub(super) fn sqlite_url(file: &Path) -> String {
    format!("sqlite:{}", file.display())
}

/// The file of an SQLite address.
pub(super) fn sqlite_file(url: &str) -> Option<&Path> {
    url.strip_prefix("sqlite:").map(|path| Path::new(path.trim_start_matches("//")))
}

/// Refuses an SQLite file that is not there, which would be made by connecting to it.
pub(crate) fn must_exist(url: &str) -> Result<(), BackupError> {
    match sqlite_file(url).filter(|file| !file.exists()) {
        Some(file) => Err(BackupError::Refused(format!(
            "There is no database {}: look at --database-url.",
            file.display()
        ))),
        None => Ok(()),
    }
}
