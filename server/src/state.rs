//! What every feature is given: database, time, randomness, keys and the catalogue cache. No feature holds state of its own.

use std::path::PathBuf;
use std::sync::Arc;

use crate::auth::Gate;
use crate::db::{Db, StoreError};
use crate::programmes::Catalogues;
use crate::secrets::{SecretError, Secrets};
use crate::sync::{self, Replayed};
use crate::wiring::{Clock, Random};

/// Where the data lives.
#[derive(Debug, Clone)]
pub struct Places {
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// Secrets directory, apart from the database and its backups.
    pub secrets: PathBuf,
    /// Connections of the read pool (SQLite) or of the pool (PostgreSQL).
    pub pool: u32,
}

/// Why the state could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The secrets.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// The shared state of a server process.
#[derive(Debug)]
pub struct State {
    /// Database.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// Randomness.
    pub random: Random,
    /// Keys.
    pub secrets: Secrets,
    /// Current catalogues.
    pub catalogues: Catalogues,
    /// What slows guessing.
    pub gate: Gate,
    /// What of quarantine was read again already.
    pub replayed: Replayed,
}

impl State {
    /// Opens the database and the secrets and brings the schema, and what the log implies, up to date.
    ///
    /// # Errors
    /// [`OpenError`] with what to do.
    pub async fn open(places: &Places, clock: Clock) -> Result<Arc<Self>, OpenError> {
        let random = Random::default();
        let secrets = Secrets::open(&places.secrets, &random)?;
        let db = Db::connect(&places.database_url, places.pool).await?;
        db.migrate().await?;
        let state = Arc::new(Self {
            db,
            clock,
            random,
            secrets,
            catalogues: Catalogues::default(),
            gate: Gate::default(),
            replayed: Replayed::default(),
        });
        sync::rebuild_old(&state).await?;
        Ok(state)
    }
}
