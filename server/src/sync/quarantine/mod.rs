//! What waits in quarantine: as the supervisor sees it, what they decide, and what is taken by itself once it passes.

mod decide;
mod open;
mod replay;
mod take;

pub(super) use decide::{DecideError, Decider, detail, discard, release, repair};
pub use replay::{Replayed, Turn, replay};

use std::collections::HashMap;

use rounds_shared::ids::{DeviceId, OpId};
use rounds_shared::quarantine::{QuarantineList, QuarantineView};
use uuid::Uuid;

use self::open::{is_hidden, said, secrets, stored};
use super::base64url;
use super::store::{self, Held, Place};
use crate::db::StoreError;
use crate::people::{self, Reach};
use crate::state::State;
use crate::wiring::instant;

/// Ops of a page.
const PAGE: usize = 100;

/// A page of the waiting ops in reach, newest first, and where it ended if there are more.
pub(super) async fn list(
    state: &State,
    programme: Uuid,
    (reach, own_team): (&Reach, &[Uuid]),
    after: Option<&Place>,
) -> Result<(QuarantineList, Option<Place>), StoreError> {
    let db = state.db.read();
    let handles = people::handles(db, programme).await?;
    let mut found = store::waiting(db, programme, reach, after, u64::try_from(PAGE + 1).unwrap_or(101)).await?;
    let next = if found.len() > PAGE {
        found.truncate(PAGE);
        found.last().map(Held::place)
    } else {
        None
    };
    let secrets = secrets(state, programme)?;
    for held in found.iter_mut().filter(|held| !held.errors.is_empty()) {
        // The names of fields tell what kind of record it is.
        let hidden = stored(held)
            .and_then(|envelope| said(&envelope, &secrets))
            .is_some_and(|record| is_hidden(&record, reach, own_team, handles.contains_key(&record.common().worker.0)));
        if hidden {
            held.errors.clear();
        }
    }
    let ops = found.into_iter().map(|held| view(held, &handles)).collect();
    Ok((QuarantineList { ops, next: None }, next))
}

fn view(held: Held, handles: &HashMap<Uuid, String>) -> QuarantineView {
    QuarantineView {
        op: OpId(held.key.op),
        digest: base64url(&held.key.digest),
        device: DeviceId(held.device),
        dseq: held.dseq,
        handle: handles
            .get(&held.author)
            .or_else(|| held.enrolled_for.and_then(|id| handles.get(&id)))
            .cloned(),
        reason: held.reason,
        errors: held.errors,
        received_at: instant(held.received_at),
        status: held.status,
    }
}
