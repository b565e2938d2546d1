//! What waits in quarantine: as the supervisor sees it, what they decide, and what is taken by itself once it passes.

mod decide;
mod replay;

pub use decide::{DecideError, Decider, detail, discard, release, repair};
pub use replay::replay;

use rounds_shared::ids::{DeviceId, OpId};
use std::collections::HashMap;

use rounds_shared::quarantine::{QuarantineList, QuarantineView};
use uuid::Uuid;

use super::store::{self, Waiting};
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
    let in_reach = waiting.into_iter().filter(|op| op.is_within(reach));
    Ok(QuarantineList {
        ops: in_reach.map(|op| view(op, &handles)).collect(),
    })
}

fn view(op: Waiting, handles: &HashMap<Uuid, String>) -> QuarantineView {
    QuarantineView {
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
        status: op.status,
    }
}
