//! The place of a live PostgreSQL database: the backup is loaded and made ready in a schema beside, and one transaction puts it in place.

use std::path::Path;
use std::time::Duration;

use super::BackupError;
use super::place::{IN_USE, not_empty};
use crate::db::postgres::{self, Address, RESTORING, SET_ASIDE};
use crate::db::schemas::{self, Found, Swapped};

/// How long sessions are waited for that are about to end: a session ends a moment after its client has.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(50);

/// A schema with the data of a backup that is to take the place of `public`.
pub(super) struct Schema {
    url: String,
    new: String,
    aside: String,
    replace: bool,
}

impl Schema {
    /// Loads a dump beside what is in the database.
    pub(super) async fn prepare(url: &str, data: &Path, mark: &str, replace: bool) -> Result<Self, BackupError> {
        let this = Self {
            url: url.to_owned(),
            new: format!("{RESTORING}{mark}"),
            aside: format!("{SET_ASIDE}{mark}"),
            replace,
        };
        let found = this.alone().await?;
        if found.others > 0 {
            return Err(in_use(found.others));
        }
        if !found.things.is_empty() && !replace {
            return Err(this.not_empty(&found.things));
        }
        if !found.may {
            let why = "The user of --database-url must own the database, to set aside what is there: \
                       ALTER DATABASE name OWNER TO user. Or make an empty one with CREATE DATABASE name OWNER user, restore into that, and \
                       give the server its address.";
            return Err(BackupError::Refused(why.to_owned()));
        }
        schemas::drop_restoring(url).await?;
        schemas::load_beside(&Address::of(url), data, &this.new)?;
        Ok(this)
    }

    /// The address for connections that see the new schema.
    pub(super) fn url(&self) -> String {
        postgres::within(&self.url, &self.new)
    }

    /// Puts it in place; where the old one is, if there was anything in it.
    pub(super) async fn take_place(&self) -> Result<Option<String>, BackupError> {
        self.alone().await?;
        match schemas::swap(&self.url, &self.new, &self.aside, self.replace).await? {
            Swapped::Done { kept } => Ok(kept.then(|| format!("schema {}", self.aside))),
            Swapped::InUse(others) => Err(in_use(others)),
            Swapped::Filled(things) => Err(self.not_empty(&things)),
        }
    }

    /// Looks at the database when nobody else is connected any more, or after a while.
    async fn alone(&self) -> Result<Found, BackupError> {
        let mut found = schemas::look(&self.url).await?;
        for _ in 0..PATIENCE.as_millis() / PAUSE.as_millis() {
            if found.others == 0 {
                break;
            }
            tokio::time::sleep(PAUSE).await;
            found = schemas::look(&self.url).await?;
        }
        Ok(found)
    }

    /// Throws it away. What can't be thrown away now goes with the next restore.
    pub(super) async fn remove(&self) {
        if let Err(error) = schemas::drop_loaded(&self.url, &self.new).await {
            tracing::warn!(schema = self.new, %error, "a schema of this restore is left; the next one removes it");
        }
    }

    fn not_empty(&self, things: &[String]) -> BackupError {
        not_empty("The database", things, &format!("the schema {}", self.aside))
    }
}

fn in_use(others: i64) -> BackupError {
    BackupError::Refused(format!("{IN_USE} It has {others} other connections."))
}
