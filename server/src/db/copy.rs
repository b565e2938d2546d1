//! Copies of a whole database, made while it is in use.

use std::path::Path;
use std::time::Duration;

use rounds_migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseTransaction, DbBackend, Statement};

use super::{Db, StoreError};

/// Name of the newest migration that this program knows.
#[must_use]
pub fn newest_schema() -> String {
    let all = Migrator::migrations();
    all.last().map(|migration| migration.name().to_owned()).unwrap_or_default()
}

/// Whether this program knows a migration.
#[must_use]
pub fn knows_schema(name: &str) -> bool {
    Migrator::migrations().iter().any(|migration| migration.name() == name)
}

impl Db {
    /// Name of the newest migration that the database has seen; `None` when it has none of our tables.
    ///
    /// # Errors
    /// [`StoreError::Db`] when it can't be read.
    pub async fn schema(&self) -> Result<Option<String>, StoreError> {
        let there = match self.backend() {
            DbBackend::Sqlite => "SELECT 1 FROM sqlite_master WHERE name = 'seaql_migrations'",
            _ => "SELECT 1 FROM pg_tables WHERE tablename = 'seaql_migrations' AND schemaname = current_schema()",
        };
        if self.one(there).await?.is_none() {
            return Ok(None);
        }
        let newest = self
            .one("SELECT version FROM seaql_migrations ORDER BY version DESC LIMIT 1")
            .await?;
        Ok(newest.map(|row| row.try_get_by_index(0)).transpose()?)
    }

    async fn one(&self, statement: &str) -> Result<Option<sea_orm::QueryResult>, StoreError> {
        let statement = Statement::from_string(self.backend(), statement);
        Ok(self.read().query_one_raw(statement).await?)
    }

    /// Writes a consistent copy of an SQLite database to an empty file. Others go on writing meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when something is in the file already or it can't be written.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let name = file.display().to_string().replace('\'', "''");
        self.read().execute_unprepared(&format!("VACUUM INTO '{name}'")).await?;
        Ok(())
    }
}

/// Whether a file is nobody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// It is in nobody's use, and everything that belongs to it is in the one file now.
    Yes,
    /// Another process has it open.
    No,
    /// It can't be opened as a database at all.
    Damaged,
}

/// Finds out whether another process has an SQLite file open: leaving the write-ahead log needs the file for oneself.
///
/// # Errors
/// [`StoreError::Db`] when it can't be closed again.
pub async fn sqlite_alone(file: &Path) -> Result<Alone, StoreError> {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rw", file.display()));
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|o| o.busy_timeout(Duration::from_millis(500)));
    let left = match Database::connect(options).await {
        Err(error) => Err(StoreError::from(error)),
        Ok(db) => {
            let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA journal_mode = DELETE");
            let left = db.query_one_raw(statement).await;
            db.close().await?;
            left.map_err(StoreError::from)
        }
    };
    match left {
        Ok(Some(row)) => {
            let mode: String = row.try_get_by_index(0)?;
            Ok(if mode == "wal" { Alone::No } else { Alone::Yes })
        }
        Err(error) if error.is_outage() => Ok(Alone::No),
        Ok(None) | Err(_) => Ok(Alone::Damaged),
    }
}

/// Names of some of the things in an SQLite file, whoever's they are; empty when there is nothing at all. Only reads.
///
/// # Errors
/// [`StoreError::Db`] when it can't be read as a database.
pub async fn sqlite_things(file: &Path) -> Result<Vec<String>, StoreError> {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=ro", file.display()));
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    let things = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type <> 'table', name LIMIT 3";
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, things)).await;
    db.close().await?;
    Ok(rows?.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// Lets other connections of PostgreSQL see what a transaction sees, as long as it lives; returns its name for them.
///
/// # Errors
/// [`StoreError::Db`] when the database refuses.
pub async fn export_snapshot(tx: &DatabaseTransaction) -> Result<String, StoreError> {
    let statement = Statement::from_string(DbBackend::Postgres, "SELECT pg_export_snapshot()");
    let row = tx.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| StoreError::corrupt("snapshot", "no answer"))?;
    Ok(row.try_get_by_index(0)?)
}
