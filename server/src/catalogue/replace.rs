//! An edit of the catalogue is a new version of it; the old ones stay, because records name the version they were made with.

use rounds_shared::catalogue::{Catalogue, check_change};
use rounds_shared::sync::FieldError;

use crate::db::{StoreError, Tx};
use crate::programmes::{self, Lock};

/// Why a catalogue was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceError {
    /// Somebody saved another version since this one was loaded.
    #[error("the catalogue has another version now")]
    Moved,
    /// What is wrong with it.
    #[error("the catalogue is not valid")]
    Invalid(Vec<FieldError>),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Puts an edited catalogue in place of the one that it was made from, as the next version. The caller writes the audit link.
///
/// # Errors
/// [`ReplaceError`]; with the first two the transaction is still good.
pub async fn replace(tx: &Tx, lock: &Lock, mut edited: Catalogue) -> Result<Catalogue, ReplaceError> {
    if edited.version != lock.catalogue_version {
        return Err(ReplaceError::Moved);
    }
    let current = programmes::catalogue(tx, lock.programme, lock.catalogue_version).await?;
    let current = current.ok_or_else(|| StoreError::corrupt("catalogue", "the current version is missing"))?;
    let errors = check_change(&current, &edited);
    if !errors.is_empty() {
        return Err(ReplaceError::Invalid(errors));
    }
    edited.version += 1;
    programmes::put_catalogue(tx, lock.programme, &edited, lock.now_ms).await?;
    Ok(edited)
}
