//! Making a programme: row, keys, catalogue, console device.

use chrono_tz::Tz;
use rounds_shared::catalogue::{Catalogue, default_catalogue};
use uuid::Uuid;

use super::store::Beginning;
use super::{Lock, store};
use crate::audit::Entry;
use crate::db::{Db, StoreError};
use crate::secrets::Secrets;
use crate::wiring::Random;

/// What a programme needs from the start.
#[derive(Debug, Clone)]
pub struct NewProgramme {
    /// Name.
    pub name: String,
    /// Time zone of its dates.
    pub tz: Tz,
    /// Catalogue; `None` takes the default one.
    pub catalogue: Option<Catalogue>,
}

/// Makes a programme with its keys and returns its id.
///
/// # Errors
/// [`StoreError`] of the database or of the secrets directory.
pub async fn create(db: &Db, secrets: &Secrets, random: &Random, now_ms: i64, new: NewProgramme) -> Result<Uuid, StoreError> {
    let (id, epoch, console) = (random.uuid()?, random.uuid()?, random.uuid()?);
    let keys = secrets
        .create_programme(id, random)
        .map_err(|e| StoreError::Secret(e.to_string()))?;
    let catalogue = match new.catalogue {
        Some(catalogue) => catalogue,
        None => default_catalogue(&new.name).map_err(|e| StoreError::corrupt("catalogue", e))?,
    };
    let tx = db.begin().await?;
    let beginning = Beginning {
        id,
        name: new.name,
        tz: new.tz,
        epoch,
        catalogue_version: catalogue.version,
        console_device: console,
    };
    store::insert(&tx, beginning, now_ms).await?;
    let mut lock = Lock::take(&tx, id, now_ms)
        .await?
        .ok_or_else(|| StoreError::corrupt("programme", "vanished"))?;
    store::put_catalogue(&tx, id, &catalogue, now_ms).await?;
    for (kid, public) in keys.sealing_keys() {
        let sig = keys.sign_sealing_key(kid, public).map_err(|e| StoreError::Secret(e.to_string()))?;
        store::insert_sealing_key(&tx, id, (kid.to_owned(), public.to_vec(), sig), now_ms).await?;
    }
    lock.audit(Entry::system("programme.create", id.to_string()));
    lock.commit(tx).await?;
    Ok(id)
}
