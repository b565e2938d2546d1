//! What waits in quarantine, as the supervisor sees it.

use rounds_shared::ids::{DeviceId, OpId};
use rounds_shared::quarantine::{QuarantineList, QuarantineView};
use uuid::Uuid;

use super::store;
use crate::db::StoreError;
use crate::people::{self, Reach};
use crate::state::State;
use crate::wiring::instant;

/// Waiting ops whose author or phone is in reach, newest first.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn list(state: &State, programme: Uuid, reach: &Reach) -> Result<QuarantineList, StoreError> {
    let db = state.db.read();
    let handles = people::handles(db, programme).await?;
    let waiting = store::waiting(db, programme).await?;
    let in_reach = waiting
        .into_iter()
        .filter(|op| reach.covers(op.author) || op.enrolled_for.is_some_and(|id| reach.covers(id)));
    let ops = in_reach
        .map(|op| QuarantineView {
            op: OpId(op.op),
            device: DeviceId(op.device),
            dseq: op.dseq,
            handle: handles
                .get(&op.author)
                .or_else(|| op.enrolled_for.and_then(|id| handles.get(&id)))
                .cloned(),
            reason: op.reason,
            errors: op.errors,
            received_at: instant(op.received_at),
            status: "waiting".to_owned(),
        })
        .collect();
    Ok(QuarantineList { ops })
}
