//! Why a backup could not be made, checked or put back.

use std::io;
use std::path::Path;

use crate::db::StoreError;
use crate::db::postgres::ToolError;
use crate::secrets::SecretError;
use crate::state::OpenError;

/// Why a backup could not be made, checked or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// File.
        path: String,
        /// Cause.
        source: io::Error,
    },
    /// Something is not as it should be; the text says what, and what to do.
    #[error("{0}")]
    Refused(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Database or secrets of the copy.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A tool of PostgreSQL.
    #[error(transparent)]
    Tool(#[from] ToolError),
    /// The keys.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

impl BackupError {
    /// A refusal of the file system.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io {
            path: path.display().to_string(),
            source,
        }
    }
}
