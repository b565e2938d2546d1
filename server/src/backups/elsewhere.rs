//! A backup restored where nobody works with it, to be looked at and thrown away.

use std::path::Path;

use tempfile::TempDir;

use super::manifest::{Engine, Manifest, hex};
use super::{BackupError, folder};
use crate::db::StoreError;
use crate::db::postgres::{self, Address};
use crate::wiring::Random;

/// A restored copy. [`Copy::remove`] throws it away.
pub(super) struct Copy {
    /// Its address.
    pub url: String,
    place: Place,
}

enum Place {
    Dir(TempDir),
    Database { live: String, name: String },
}

impl Copy {
    /// Restores the data of a backup into a temporary directory, or into a temporary database beside the one of the settings.
    pub(super) async fn make(live: &str, manifest: &Manifest, data: &Path, random: &Random) -> Result<Self, BackupError> {
        match manifest.engine {
            Engine::Sqlite => {
                let dir = tempfile::Builder::new().prefix("rounds-check-").tempdir();
                let dir = dir.map_err(BackupError::io(&std::env::temp_dir()))?;
                let file = dir.path().join("copy.db");
                folder::copy(data, &file)?;
                Ok(Self {
                    url: sqlite_url(&file),
                    place: Place::Dir(dir),
                })
            }
            Engine::Postgres if Engine::of_url(live) == Engine::Sqlite => {
                let why = "This backup is of PostgreSQL: give with --database-url the address of a database \
                           in whose cluster a temporary one may be made.";
                Err(BackupError::Refused(why.to_owned()))
            }
            Engine::Postgres => {
                let name = format!("rounds_check_{}", hex(&random.bytes::<8>().map_err(StoreError::from)?));
                postgres::execute(live, &[format!("CREATE DATABASE {name} TEMPLATE template0")])
                    .await
                    .map_err(|error| {
                        BackupError::Refused(format!("A temporary database can't be made; its user needs CREATEDB. {error}"))
                    })?;
                let copy = Self {
                    url: postgres::beside(live, &name),
                    place: Place::Database {
                        live: live.to_owned(),
                        name,
                    },
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
            Place::Dir(dir) => {
                let path = dir.path().to_owned();
                dir.close().map_err(BackupError::io(&path))
            }
            Place::Database { live, name } => {
                let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                Ok(postgres::execute(&live, &[drop]).await?)
            }
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
pub(super) fn must_exist(url: &str) -> Result<(), BackupError> {
    match sqlite_file(url).filter(|file| !file.exists()) {
        Some(file) => Err(BackupError::Refused(format!(
            "There is no database {}: look at --database-url.",
            file.display()
        ))),
        None => Ok(()),
    }
}
