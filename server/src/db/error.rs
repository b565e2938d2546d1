//! What can go wrong in a store.

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlxError};

use crate::wiring::RandomError;

/// Error of a store. The text is for the log, never for an answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Db(DbErr),
    /// There is too little room on the disk to begin.
    #[error("the disk is nearly full")]
    DiskFull,
    /// A row holds what this version can't read.
    #[error("stored data of {table} can't be read: {detail}")]
    Corrupt {
        /// Table.
        table: &'static str,
        /// What is wrong, without content.
        detail: String,
    },
    /// A secret is missing or does not fit.
    #[error("secrets: {0}")]
    Secret(String),
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
}

/// Status with which the process ends when the disk did not keep what was written: an input or output error.
const EXIT_IO: i32 = 74;

impl From<DbErr> for StoreError {
    /// Every error of the database comes by here, so that none can hide that the disk lost what was written. After a failed fsync the
    /// system may call the same pages clean, and the next commit would be acknowledged without being durable: so the process ends, and
    /// begins again from what the disk has.
    fn from(error: DbErr) -> Self {
        if is_failed_fsync(&error) {
            tracing::error!(cause = %error, "the disk did not keep what was written; the server stops");
            std::process::exit(EXIT_IO);
        }
        Self::Db(error)
    }
}

/// The driver's error.
fn driver(error: &DbErr) -> Option<&SqlxError> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error))
        | DbErr::Conn(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// SQLite's numbers for a failed fsync of a file and of its folder. PostgreSQL stops by itself.
fn is_failed_fsync(error: &DbErr) -> bool {
    let code = driver(error).and_then(|error| error.as_database_error()?.code());
    matches!(code.as_deref(), Some("1034" | "1290"))
}

impl StoreError {
    /// Nothing was heard of what became of a statement.
    pub(crate) fn unheard() -> Self {
        Self::Db(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
    }

    /// Code of the database, if it gave one.
    fn code(&self) -> Option<String> {
        let Self::Db(error) = self else { return None };
        Some(driver(error)?.as_database_error()?.code()?.into_owned())
    }

    /// Whether there is no room on the disk. Trying again at once can't help.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let code = self.code();
        // SQLite 13, in the low byte of the extended code; PostgreSQL's disk_full.
        matches!(self, Self::DiskFull)
            || code.is_some_and(|code| code == "53100" || code.len() <= 4 && code.parse::<u32>().is_ok_and(|n| n & 0xff == 13))
    }

    /// Whether a stored row can't be read, which concerns only what needs that row.
    #[must_use]
    pub fn is_corrupt(&self) -> bool {
        matches!(self, Self::Corrupt { .. })
    }

    /// A row that can't be read.
    pub fn corrupt(table: &'static str, detail: impl ToString) -> Self {
        Self::Corrupt {
            table,
            detail: detail.to_string(),
        }
    }

    /// Whether the values themselves were refused (SQLSTATE classes 22 and 23 and SQLite's counterparts), so that the same statement
    /// can never succeed. Everything else may pass when tried again.
    #[must_use]
    pub fn is_value_error(&self) -> bool {
        let Some(code) = self.code() else { return false };
        // SQLite: 19 constraint, 20 mismatch, 18 too big, in the low byte of the extended code.
        let sqlite = code.parse::<u32>().is_ok_and(|n| code.len() <= 4 && matches!(n & 0xff, 18..=20));
        sqlite || (code.len() == 5 && (code.starts_with("22") || code.starts_with("23")))
    }

    /// Whether the database can't be reached now, so that the same request may succeed later.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        let error = match self {
            Self::DiskFull | Self::Db(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) => return true,
            Self::Db(DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) => error,
            _ => return false,
        };
        let Some(code) = error.as_database_error().and_then(|e| e.code()) else {
            return matches!(error.as_ref(), SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed);
        };
        // PostgreSQL: connection, resources, shutdown. SQLite: 5 busy, 10 input and output, 13 full, in the low byte of the extended code.
        let sqlite = code
            .parse::<u32>()
            .is_ok_and(|n| code.len() <= 4 && matches!(n & 0xff, 5 | 10 | 13));
        sqlite || (code.len() == 5 && ["08", "53", "57P"].iter().any(|class| code.starts_with(class)))
    }
}
