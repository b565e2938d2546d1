//! One way to open the database, for both back ends.
//!
//! SQLite: WAL, synchronous FULL, one write connection whose transactions begin IMMEDIATE, and a pool of readers. PostgreSQL: one pool,
//! synchronous commit on.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use rounds_migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::Connection as _;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use super::StoreError;
use super::group::Group;
use super::room::Room;
use crate::failpoint;

/// Advisory lock of migrations on PostgreSQL; the number is arbitrary and fixed.
pub(super) const MIGRATION_LOCK: i64 = 0x526f_756e_6473;

/// The database: readers and the way to write.
#[derive(Clone)]
pub struct Db {
    read: DatabaseConnection,
    write: DatabaseConnection,
    /// Only SQLite has one: PostgreSQL's own writers share the disk's attention.
    group: Option<Group>,
    /// Only SQLite writes beside this process; a PostgreSQL elsewhere says itself when its disk is full.
    room: Option<Arc<Room>>,
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("backend", &self.backend()).finish()
    }
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// [`StoreError::Db`] when it can't be opened.
    pub async fn connect(url: &str, pool: u32) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.trim_start_matches("//");
            if let Some(parent) = Path::new(path).parent() {
                std::fs::create_dir_all(parent).map_err(|e| StoreError::Secret(format!("{}: {e}", parent.display())))?;
            }
            private_file(Path::new(path)).map_err(|e| StoreError::Secret(format!("{path}: {e}")))?;
            let full = format!("sqlite://{path}?mode=rwc");
            let write = Database::connect(sqlite_options(&full, 1)).await?;
            let read = Database::connect(sqlite_options(&full, pool.max(2))).await?;
            let group = Some(Group::start(write.clone()));
            let room = Some(Arc::new(Room::beside(Path::new(path))));
            return Ok(Self { read, write, group, room });
        }
        let mut options = ConnectOptions::new(url.to_owned());
        options
            .max_connections(pool.max(4))
            .acquire_timeout(Duration::from_secs(10))
            .sqlx_logging(false);
        // A round trip before every statement would buy nothing: a dead connection shows as an error and the batch is run again.
        options.test_before_acquire(false);
        // A plan that was made for empty tables would be kept while they grow, until the first statistics; planning each time costs less.
        options.map_sqlx_postgres_opts(|o| o.options([("synchronous_commit", "on"), ("plan_cache_mode", "force_custom_plan")]));
        let pool = Database::connect(options).await?;
        Ok(Self {
            read: pool.clone(),
            write: pool,
            group: None,
            room: None,
        })
    }

    /// Which database it is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.write.get_database_backend()
    }

    /// For statements that only read.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Whether there is room on the disk for more records. Asked before a push begins; what little staff write may use the reserve.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`] when the disk is nearly full.
    pub fn has_room(&self) -> Result<(), StoreError> {
        match &self.room {
            Some(room) if !room.is_there() => Err(StoreError::DiskFull),
            _ => Ok(()),
        }
    }

    /// Begins a transaction that writes. On SQLite it holds the one write connection until it ends.
    ///
    /// # Errors
    /// [`StoreError::Db`] when the database can't be reached.
    pub async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        begin_write(&self.write).await
    }

    /// Runs a job in a transaction that writes, and returns after the commit. When it fails, nothing of it is there. On SQLite, jobs that
    /// wait at the same time share a commit; each still stands or falls alone.
    ///
    /// # Errors
    /// The job's own, or [`StoreError::Db`] when the outcome is unknown.
    pub async fn write<T, J>(&self, job: J) -> Result<T, StoreError>
    where
        T: Send + 'static,
        J: for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, Result<T, StoreError>> + Send + 'static,
    {
        if let Some(group) = &self.group {
            return group.run(job).await;
        }
        let tx = self.begin().await?;
        let value = job(&tx).await?;
        failpoint::reach("commit.before")?;
        tx.commit().await?;
        failpoint::reach("commit.after")?;
        Ok(value)
    }

    /// Begins a transaction that reads one snapshot, so that figures of several statements belong together.
    ///
    /// # Errors
    /// [`StoreError::Db`] when the database can't be reached.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, StoreError> {
        // On SQLite every read transaction is a snapshot.
        let postgres = self.backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: postgres.then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: None,
        };
        Ok(self.read.begin_with_options(options).await?)
    }

    /// Brings the schema up to date, one process at a time.
    ///
    /// # Errors
    /// [`StoreError::Db`] when a migration fails; nothing of it is left behind.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        if self.backend() == DbBackend::Postgres {
            tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                .await?;
        }
        Migrator::up(&tx, None).await?;
        failpoint::reach("migrate.before_commit")?;
        tx.commit().await?;
        Ok(())
    }

    /// Closes all connections after what is running.
    ///
    /// # Errors
    /// [`StoreError::Db`] when the driver says so.
    pub async fn close(self) -> Result<(), StoreError> {
        self.read.clone().close().await?;
        self.write.close().await?;
        Ok(())
    }
}

/// Begins a transaction that writes on a connection.
pub(super) async fn begin_write(write: &DatabaseConnection) -> Result<DatabaseTransaction, StoreError> {
    let options = TransactionOptions {
        isolation_level: None,
        access_mode: None,
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
    };
    Ok(write.begin_with_options(options).await?)
}

/// Makes a new database file readable by its owner only; SQLite gives its side files the same mode.
fn private_file(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false);
    options.test_before_acquire(false);
    options.idle_timeout(None).max_lifetime(None);
    // A commit that the disk refuses rolls back by itself, and the driver's count of open transactions is wrong from then on: what it takes
    // for the next commit would only end a part of a transaction that is never committed. A connection that may be so is thrown away.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move {
                if connection.is_in_transaction() {
                    // Lets a rollback that is on its way arrive.
                    connection.ping().await?;
                }
                Ok(!connection.is_in_transaction())
            })
        })
    });
    options.map_sqlx_sqlite_opts(|o| {
        // Counts only when the file is made. Ids are random within their day, so a batch changes a part of very many pages.
        o.page_size(8192)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("secure_delete", "ON")
            .pragma("foreign_keys", "ON")
            .pragma("temp_store", "MEMORY")
            .busy_timeout(Duration::from_secs(20))
    });
    options
}
