//! Writes an op that waited into the log.

use rounds_shared::catalogue::Catalogue;
use rounds_shared::sync::OpCode;

use crate::db::{StoreError, Tx};
use crate::programmes::Lock;
use crate::sync::apply::apply;
use crate::sync::envelope::Envelope;
use crate::sync::push::to_incoming;
use crate::sync::read::Statement;
use crate::sync::store::{self, Held};

/// What became of an op that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is in the log.
    Yes,
    /// Other bytes were taken under its id: it waits on, for a person.
    Conflict,
    /// Somebody has dealt with it before.
    Settled,
}

/// Takes an op that passes, under its own author, device and number. It is marked as taken only when it is.
pub(super) async fn take(
    tx: &Tx,
    lock: &Lock,
    catalogue: &Catalogue,
    held: Held,
    envelope: Envelope,
    statement: Statement,
) -> Result<Taken, StoreError> {
    if store::rival(tx, lock.programme, &held).await?.is_some() {
        let noted = store::note_conflict(tx, lock.programme, &held.key).await?;
        return Ok(if noted { Taken::Conflict } else { Taken::Settled });
    }
    // First, so that it is not found waiting.
    if !store::settle(tx, lock, &held.key, store::RELEASED).await? {
        return Ok(Taken::Settled);
    }
    let results = apply(tx, lock, catalogue, vec![to_incoming(envelope, Ok(statement))]).await?;
    match results.first().map(|result| result.code) {
        Some(OpCode::Accepted | OpCode::Superseded | OpCode::Duplicate) => Ok(Taken::Yes),
        other => Err(StoreError::corrupt(
            "quarantine",
            format!("an op that passes was not taken: {other:?}"),
        )),
    }
}
