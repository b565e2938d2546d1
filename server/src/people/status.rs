//! Breaks, leaving and coming back.

use rounds_shared::auth::{Role, WorkerStatus};
use uuid::Uuid;

use super::{Reach, store};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::programmes::Lock;
use crate::state::State;
use crate::{auth, devices, pins};

/// Why a status was not changed.
#[derive(Debug, thiserror::Error)]
pub enum StatusError {
    /// Not there, or not in reach.
    #[error("no such person")]
    NotFound,
    /// A supervisor changes peer workers of the own team only.
    #[error("not of the own team")]
    OwnTeamOnly,
    /// Nobody locks themselves out.
    #[error("the own status")]
    OwnStatus,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes somebody's status. Leaving ends their sessions and invites and their authorship on every phone, so that what a phone still
/// sends in their name goes to quarantine; whoever comes back enrols again.
///
/// # Errors
/// [`StatusError`]; then nothing changed.
pub async fn change_status(
    state: &State,
    programme: Uuid,
    by: (Uuid, Role),
    reach: &Reach,
    id: Uuid,
    status: WorkerStatus,
) -> Result<(), StatusError> {
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, programme, state.clock.now_ms()).await?;
    let mut lock = lock.ok_or(StatusError::NotFound)?;
    let person = store::find(&tx, programme, id).await?;
    let person = person.filter(|person| reach.covers(person.id)).ok_or(StatusError::NotFound)?;
    if person.id == by.0 {
        return Err(StatusError::OwnStatus);
    }
    if by.1 == Role::Supervisor && person.role != Role::Peer {
        return Err(StatusError::OwnTeamOnly);
    }
    if store::set_status(&tx, programme, id, status).await? {
        if status == WorkerStatus::Left {
            auth::end_access(&tx, programme, id, lock.now_ms).await?;
            devices::end_author(&tx, programme, id, lock.now_ms).await?;
            pins::destroy_of_worker(&tx, &mut lock, id).await?;
        }
        lock.audit(Entry::person(by.0, "worker.status", format!("{id} {}", status.as_str())));
    }
    lock.commit(tx).await?;
    Ok(())
}
