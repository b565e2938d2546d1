//! Temporary databases of PostgreSQL, beside the live one.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use super::StoreError;
use super::postgres::{beside, execute, single};

/// Names begin so.
const PREFIX: &str = "rounds_check_";
/// Written on one before anything is in it. It is for whoever finds one, and tells one in use from one that is only being made.
const SAYS: &str = "a copy that rounds verify-backup looks at; may be dropped when nobody is connected";

/// A temporary database. A session stays connected to it as long as this is there, and the database ends that when the process dies.
pub struct Temporary {
    /// Its address.
    pub url: String,
    live: String,
    name: String,
    held: DatabaseConnection,
}

impl Temporary {
    /// Makes an empty one.
    ///
    /// # Errors
    /// [`StoreError::Db`].
    pub async fn make(live: &str, mark: &str) -> Result<Self, StoreError> {
        let name = format!("{PREFIX}{mark}");
        execute(live, &[format!("CREATE DATABASE {name} TEMPLATE template0")]).await?;
        let url = beside(live, &name);
        let mut options = single(&url);
        options.min_connections(1).idle_timeout(None).max_lifetime(None);
        let held = Database::connect(options).await?;
        held.execute_unprepared(&format!("COMMENT ON DATABASE {name} IS '{SAYS}'")).await?;
        let live = live.to_owned();
        Ok(Self { url, live, name, held })
    }

    /// Drops it.
    ///
    /// # Errors
    /// [`StoreError::Db`].
    pub async fn remove(self) -> Result<(), StoreError> {
        execute(&self.live, &[drop_database(&self.name, " WITH (FORCE)")]).await?;
        // Its session is ended already.
        let _ = self.held.close().await;
        Ok(())
    }

    /// Drops those that nobody looks at any more: their processes died. One that can't be dropped is said, and stops nobody.
    ///
    /// # Errors
    /// [`StoreError::Db`] when the live database can't be reached.
    pub async fn drop_left(live: &str) -> Result<(), StoreError> {
        let left = format!(
            "SELECT datname FROM pg_database WHERE starts_with(datname, '{PREFIX}') AND pg_has_role(datdba, 'USAGE') \
             AND shobj_description(oid, 'pg_database') = '{SAYS}' \
             AND NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datid = pg_database.oid)"
        );
        let db = Database::connect(single(live)).await?;
        for row in db.query_all_raw(Statement::from_string(DbBackend::Postgres, left)).await? {
            let name: String = row.try_get_by_index(0)?;
            // Without force: one that somebody has connected to since stays.
            if let Err(error) = db.execute_unprepared(&drop_database(&name, "")).await {
                tracing::warn!(name, %error, "the copy of a check that was interrupted can't be dropped: drop the database by hand");
            }
        }
        Ok(db.close().await?)
    }
}

fn drop_database(name: &str, how: &str) -> String {
    format!("DROP DATABASE IF EXISTS \"{}\"{how}", name.replace('"', "\"\""))
}
