//! Reading and writing secret files with mode 0600.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// What is wrong with a secret and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Not there.
    #[error("{0} is missing: restore the secrets directory from its backup; records on phones can't be opened without it")]
    Missing(PathBuf),
    /// Others can read it.
    #[error("{0} can be read by others: chmod 600 it, and think about who may have copied it")]
    Readable(PathBuf),
    /// Not what it should be.
    #[error("{0} does not hold a key of the right form")]
    Malformed(PathBuf),
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// File.
        path: PathBuf,
        /// Cause.
        source: std::io::Error,
    },
    /// The crypto library refused.
    #[error("a key could not be made")]
    Crypto,
}

impl SecretError {
    fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

pub(super) fn make_dir(path: &Path) -> Result<(), SecretError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|e| SecretError::io(path, e))
}

/// Moves a new directory into place. One that is there already stays, and the new one goes.
pub(super) fn move_or_drop(made: &Path, place: &Path) -> Result<(), SecretError> {
    match fs::rename(made, place) {
        Err(_) if place.exists() => fs::remove_dir_all(made).map_err(|e| SecretError::io(made, e)),
        other => other.map_err(|e| SecretError::io(place, e)),
    }
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, SecretError> {
    let meta = fs::metadata(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => SecretError::Missing(path.to_owned()),
        _ => SecretError::io(path, e),
    })?;
    if meta.mode() & 0o077 != 0 {
        return Err(SecretError::Readable(path.to_owned()));
    }
    fs::read(path).map_err(|e| SecretError::io(path, e))
}

/// Writes a new secret; one that is there is never overwritten.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), SecretError> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(|e| SecretError::io(path, e))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|e| SecretError::io(path, e))
}
