//! Removes what is over: challenges, sessions, old invites.

use super::identity::IDLE_MS;
use super::store;
use crate::db::StoreError;
use crate::state::State;

/// Ended invites are kept this long, so that a late phone learns that its code was used and not that it never was.
const INVITES_KEPT_MS: i64 = 30 * 86_400_000;

/// Removes what is over.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn sweep(state: &State) -> Result<(), StoreError> {
    let now_ms = state.clock.now_ms();
    let tx = state.db.begin().await?;
    store::sweep_challenges(&tx, now_ms).await?;
    store::sweep_sessions(&tx, now_ms, now_ms - IDLE_MS).await?;
    store::sweep_invites(&tx, now_ms - INVITES_KEPT_MS).await?;
    Ok(tx.commit().await?)
}
