//! What ends when somebody leaves.

use uuid::Uuid;

use super::store;
use crate::db::{StoreError, Tx};

/// Ends every session, open challenge and unused invite: after a restore nobody can tell which of them had ended since.
pub(crate) async fn end_all(tx: &Tx) -> Result<(), StoreError> {
    store::sweep_sessions(tx, i64::MAX, i64::MAX).await?;
    store::sweep_challenges(tx, i64::MAX).await?;
    store::end_invites(tx).await
}

/// Ends the sessions and the unused invites of somebody. Tokens need no end: whoever has left is refused at every request.
pub(crate) async fn end_access(tx: &Tx, programme: Uuid, worker: Uuid, now_ms: i64) -> Result<(), StoreError> {
    store::end_sessions_of(tx, programme, worker).await?;
    store::end_invites_of(tx, programme, worker, now_ms).await
}
