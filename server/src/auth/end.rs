//! What ends when somebody leaves.

use uuid::Uuid;

use super::store;
use crate::db::{StoreError, Tx};

/// Ends the sessions and the unused invites of somebody. Tokens need no end: whoever has left is refused at every request.
pub(crate) async fn end_access(tx: &Tx, programme: Uuid, worker: Uuid, now_ms: i64) -> Result<(), StoreError> {
    store::end_sessions_of(tx, programme, worker).await?;
    store::end_invites_of(tx, programme, worker, now_ms).await
}
