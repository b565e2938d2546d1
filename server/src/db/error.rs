//! What can go wrong in a store.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

use crate::wiring::RandomError;

/// Error of a store. The text is for the log, never for an answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Db(#[from] DbErr),
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

impl StoreError {
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
        let Self::Db(DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = self else {
            return false;
        };
        let Some(code) = error.as_database_error().and_then(|e| e.code()) else {
            return false;
        };
        // SQLite: 19 constraint, 20 mismatch, 18 too big, in the low byte of the extended code.
        let sqlite = code.parse::<u32>().is_ok_and(|n| code.len() <= 4 && matches!(n & 0xff, 18..=20));
        sqlite || (code.len() == 5 && (code.starts_with("22") || code.starts_with("23")))
    }

    /// Whether the database can't be reached now, so that the same request may succeed later.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        let error = match self {
            Self::Db(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) => return true,
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
