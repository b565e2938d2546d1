//! A supervisor's correction and void: ops like any other, sealed and logged, with a reason in the audit.

use chrono::Datelike as _;
use rounds_shared::console::{Correction, RecordView, VoidRequest};
use rounds_shared::sync::{FieldError, OpCode};
use uuid::Uuid;

use super::{list, store};
use crate::audit::Entry;
use crate::db::{StoreError, Tx};
use crate::imports::FIRST_YEAR;
use crate::people::{self, Reach};
use crate::programmes::Lock;
use crate::state::State;
use crate::sync::{Authored, Content, apply_authored};

/// Why a record was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Not there, or not in reach.
    #[error("no such record")]
    NotFound,
    /// Somebody changed it since it was on the screen.
    #[error("the record has another revision now")]
    Moved,
    /// It does not pass validation.
    #[error("the correction is not valid")]
    Invalid(Vec<FieldError>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who changes a record, and whose records they may.
#[derive(Debug, Clone, Copy)]
pub struct Changer<'a> {
    /// Programme.
    pub programme: Uuid,
    /// Person.
    pub person: Uuid,
    /// Their reach.
    pub reach: &'a Reach,
    /// Whose debriefs are their business.
    pub own_team: &'a [Uuid],
}

/// Corrects a record: the whole of it as it should be, of the kind that it is. It stays the worker's, and a contact's `keep` keeps the
/// person.
///
/// # Errors
/// [`ChangeError`]; then nothing changed.
pub async fn correct(state: &State, by: Changer<'_>, id: Uuid, correction: Correction) -> Result<RecordView, ChangeError> {
    let (tx, mut lock, before) = open(state, by, id, correction.rev).await?;
    let common = correction.record.common();
    if correction.record.kind() != before.record.kind() {
        return Err(ChangeError::Invalid(vec![FieldError::new("record.kind", "fixed")]));
    }
    if common.worker.0 != before.worker {
        return Err(ChangeError::Invalid(vec![FieldError::new("record.worker", "not_author")]));
    }
    // What a phone with a wrong clock recorded stays correctable in its other fields.
    if common.service_date.year() < FIRST_YEAR && before.day.year() >= FIRST_YEAR {
        return Err(ChangeError::Invalid(vec![FieldError::new("record.service_date", "too_old")]));
    }
    let content = Content::Put(Box::new(correction.record));
    write(state, &tx, &lock, by, &before, content).await?;
    lock.audit(Entry::person(by.person, "record.correct", id.to_string()).because(correction.reason));
    lock.commit(tx).await?;
    reload(state, by.programme, id).await
}

/// Voids a record.
///
/// # Errors
/// [`ChangeError`]; then nothing changed.
pub async fn void(state: &State, by: Changer<'_>, id: Uuid, request: VoidRequest) -> Result<RecordView, ChangeError> {
    let (tx, mut lock, before) = open(state, by, id, request.rev).await?;
    write(state, &tx, &lock, by, &before, Content::Void(request.reason.clone())).await?;
    lock.audit(Entry::person(by.person, "record.void", id.to_string()).because(request.reason));
    lock.commit(tx).await?;
    reload(state, by.programme, id).await
}

async fn open(state: &State, by: Changer<'_>, id: Uuid, rev: i64) -> Result<(Tx, Lock, store::Stored), ChangeError> {
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, by.programme, state.clock.now_ms())
        .await?
        .ok_or(ChangeError::NotFound)?;
    let before = store::find(&tx, by.programme, id)
        .await?
        .filter(|record| by.reach.covers(record.worker))
        .filter(|record| record.record.kind() != store::CONFIDENTIAL || by.own_team.contains(&record.worker))
        .ok_or(ChangeError::NotFound)?;
    if before.rev != rev {
        return Err(ChangeError::Moved);
    }
    Ok((tx, lock, before))
}

async fn write(state: &State, tx: &Tx, lock: &Lock, by: Changer<'_>, before: &store::Stored, content: Content) -> Result<(), ChangeError> {
    let op = Authored {
        op: state.random.day_uuid(lock.now_ms).map_err(StoreError::from)?,
        record: before.id,
        rev: before.rev + 1,
        author: by.person,
        by_supervisor: true,
        content,
    };
    let results = apply_authored(state, tx, lock, vec![op]).await?;
    match results.into_iter().next() {
        Some(result) if result.code == OpCode::Accepted => Ok(()),
        Some(result) => Err(ChangeError::Invalid(
            result
                .errors
                .into_iter()
                .map(|error| FieldError::new(format!("record.{}", error.path), error.code))
                .collect(),
        )),
        None => Err(ChangeError::NotFound),
    }
}

async fn reload(state: &State, programme: Uuid, id: Uuid) -> Result<RecordView, ChangeError> {
    let db = state.db.read();
    let stored = store::find(db, programme, id).await?.ok_or(ChangeError::NotFound)?;
    let handles = people::handles(db, programme).await?;
    Ok(list::view(stored, &handles))
}
