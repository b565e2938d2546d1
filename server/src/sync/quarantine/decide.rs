//! What a supervisor decides about an op in quarantine: state the record in its place, take it as it stands, or set it aside. The raw op stays
//! whatever is decided.

use rounds_shared::ids::RecordId;
use rounds_shared::quarantine::{QuarantineDetail, Repair};
use rounds_shared::record::{ClientCode, RecordBody};
use rounds_shared::sync::{FieldError, OpCode, OpType};
use uuid::Uuid;

use super::open::{Opened, catalogue};
use super::take::{Taken, take};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::people::{self, Reach};
use crate::state::State;
use crate::sync::store::{self, ID_CONFLICT, Key};
use crate::sync::{Authored, Content, apply_authored};

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// Not there, or not in reach.
    #[error("no such op in quarantine")]
    NotFound,
    /// Somebody has dealt with it.
    #[error("the op was dealt with before")]
    Settled,
    /// It does not pass.
    #[error("the record is not valid")]
    Invalid(Vec<FieldError>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who decides, and whose ops they may.
#[derive(Debug, Clone, Copy)]
pub struct Decider<'a> {
    /// Programme.
    pub programme: Uuid,
    /// Person.
    pub person: Uuid,
    /// Their reach.
    pub reach: &'a Reach,
    /// Whose debriefs are their business.
    pub own_team: &'a [Uuid],
}

/// Shows an op with what can be read of it. The look is audited.
///
/// # Errors
/// [`DecideError`].
pub(in crate::sync) async fn detail(state: &State, by: Decider<'_>, key: &Key) -> Result<QuarantineDetail, DecideError> {
    let tx = state.db.begin().await?;
    let (mut lock, opened) = Opened::open(state, &tx, by, key).await?;
    lock.audit(Entry::person(by.person, "quarantine.view", key.op.to_string()));
    lock.commit(tx).await?;
    let handles = people::handles(state.db.read(), by.programme).await?;
    let (errors, waits) = (opened.errors(), opened.waits());
    let (may_release, may_repair) = (waits && opened.refusal().is_none(), opened.may_repair());
    let mut held = opened.held;
    if opened.hidden {
        held.errors.clear();
    }
    if waits && opened.rival.is_some() {
        ID_CONFLICT.clone_into(&mut held.reason);
    }
    let record = opened.record.filter(|_| !opened.hidden).map(|mut record| {
        if let RecordBody::Contact(contact) = &mut record {
            contact.code = ClientCode::Keep;
        }
        record
    });
    Ok(QuarantineDetail {
        about: RecordId(held.record),
        rev: opened.envelope.header.rev,
        void: opened.envelope.header.kind == OpType::Void,
        current_rev: opened.standing.filter(|_| !opened.elsewhere).map(|head| head.rev),
        record,
        errors,
        hidden: opened.hidden,
        may_release,
        may_repair,
        op: super::view(held, &handles),
    })
}

/// States the record in the place of an op. A contact that says `keep` keeps the code that the op names, unless a later statement of the
/// record names another.
///
/// # Errors
/// [`DecideError`]; then nothing changed.
pub(in crate::sync) async fn repair(state: &State, by: Decider<'_>, key: &Key, repair: Repair) -> Result<(), DecideError> {
    let tx = state.db.begin().await?;
    let (mut lock, opened) = Opened::open(state, &tx, by, key).await?;
    if !opened.waits() {
        return Err(DecideError::Settled);
    }
    if opened.hidden {
        return Err(DecideError::NotFound);
    }
    if !opened.may_repair() {
        return Err(DecideError::Invalid(vec![FieldError::new("op", "other_record")]));
    }
    let worker = repair.record.common().worker.0;
    if !by.reach.covers(worker) || (opened.author_is_known && worker != opened.held.author) {
        return Err(DecideError::Invalid(vec![FieldError::new("record.worker", "not_author")]));
    }
    if opened.record.as_ref().is_some_and(|raw| raw.kind() != repair.record.kind()) {
        return Err(DecideError::Invalid(vec![FieldError::new("record.kind", "fixed")]));
    }
    let op = state.random.day_uuid(lock.now_ms).map_err(StoreError::from)?;
    let reason = repair.reason;
    let (record, rev, content) = in_place_of(&opened, op, repair.record);
    let stated = Authored {
        op,
        record,
        rev,
        author: by.person,
        by_supervisor: true,
        content,
    };
    if !store::settle(&tx, &lock, key, store::REPAIRED).await? {
        return Err(DecideError::Settled);
    }
    let results = apply_authored(state, &tx, &lock, vec![stated]).await?;
    if let Some(result) = results.into_iter().find(|result| result.code != OpCode::Accepted) {
        let errors = result.errors.into_iter();
        return Err(DecideError::Invalid(
            errors
                .map(|error| FieldError::new(format!("record.{}", error.path), error.code))
                .collect(),
        ));
    }
    lock.audit(Entry::person(by.person, "quarantine.repair", key.op.to_string()).because(reason));
    Ok(lock.commit(tx).await?)
}

/// Record, revision and content of a repair. Nobody can type the code again, so the one that the op names stands unless a later
/// statement of its record names another.
fn in_place_of(opened: &Opened, op: Uuid, mut record: RecordBody) -> (Uuid, i64, Content) {
    let raw = (opened.envelope.header.rev, opened.held.key.op);
    let head = opened.standing.as_ref().filter(|_| !opened.needs_own_record());
    if let (RecordBody::Contact(contact), Some(RecordBody::Contact(said))) = (&mut record, &opened.record)
        && contact.code == ClientCode::Keep
        && head.and_then(|head| head.coded).is_none_or(|coded| coded < raw)
    {
        contact.code = said.code.clone();
    }
    let content = Content::Put(Box::new(record));
    if opened.needs_own_record() {
        return (op, 1, content);
    }
    let known = head.map_or(0, |head| head.rev);
    (opened.held.record, known.max(raw.0) + 1, content)
}

/// Takes an op as it stands, on whichever phone it was written: the supervisor vouches for it.
///
/// # Errors
/// [`DecideError`]; then nothing changed.
pub(in crate::sync) async fn release(state: &State, by: Decider<'_>, key: &Key, reason: String) -> Result<(), DecideError> {
    let tx = state.db.begin().await?;
    let (mut lock, opened) = Opened::open(state, &tx, by, key).await?;
    if !opened.waits() {
        return Err(DecideError::Settled);
    }
    if let Some(errors) = opened.refusal() {
        return Err(DecideError::Invalid(errors));
    }
    let statement = opened
        .statement
        .map_err(|why| DecideError::Invalid(vec![FieldError::new("op", why.reason)]))?;
    let catalogue = catalogue(state, &tx, by.programme).await?;
    if take(&tx, &lock, &catalogue, opened.held, opened.envelope, statement).await? != Taken::Yes {
        return Err(DecideError::Settled);
    }
    lock.audit(Entry::person(by.person, "quarantine.release", key.op.to_string()).because(reason));
    Ok(lock.commit(tx).await?)
}

/// Sets an op aside. It stays where it is, raw, and no longer waits.
///
/// # Errors
/// [`DecideError`]; then nothing changed.
pub(in crate::sync) async fn discard(state: &State, by: Decider<'_>, key: &Key, reason: String) -> Result<(), DecideError> {
    let tx = state.db.begin().await?;
    let (mut lock, _) = Opened::open(state, &tx, by, key).await?;
    if !store::settle(&tx, &lock, key, store::DISCARDED).await? {
        return Err(DecideError::Settled);
    }
    lock.audit(Entry::person(by.person, "quarantine.discard", key.op.to_string()).because(reason));
    Ok(lock.commit(tx).await?)
}
