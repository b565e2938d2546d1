//! Cache of current catalogues; a push reads the version with its lock and the document from here.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use rounds_shared::catalogue::Catalogue;
use uuid::Uuid;

use super::store;
use crate::db::{ConnectionTrait, StoreError};

/// Current catalogues by programme.
#[derive(Debug, Default)]
pub struct Catalogues(RwLock<HashMap<Uuid, Arc<Catalogue>>>);

impl Catalogues {
    /// The current catalogue. `None` when there is no such programme.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub async fn current(&self, db: &impl ConnectionTrait, programme: Uuid) -> Result<Option<Arc<Catalogue>>, StoreError> {
        match store::catalogue_version(db, programme).await? {
            Some(version) => self.at(db, programme, version).await,
            None => Ok(None),
        }
    }

    /// The catalogue of a version that the caller has just read. `None` when there is none.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub async fn at(&self, db: &impl ConnectionTrait, programme: Uuid, version: i64) -> Result<Option<Arc<Catalogue>>, StoreError> {
        let cached = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&programme)
            .map(Arc::clone);
        if let Some(found) = cached.filter(|c| c.version == version) {
            return Ok(Some(found));
        }
        let Some(loaded) = store::catalogue(db, programme, version).await?.map(Arc::new) else {
            return Ok(None);
        };
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(programme, Arc::clone(&loaded));
        Ok(Some(loaded))
    }
}
