//! What a supervisor decides about an op in quarantine: state the record in its place, take it as it stands, or set it aside. The raw op stays
//! whatever is decided.

use rounds_shared::catalogue::Catalogue;
use rounds_shared::ids::RecordId;
use rounds_shared::quarantine::{QuarantineDetail, Repair};
use rounds_shared::record::{ClientCode, RecordBody};
use rounds_shared::sync::{FieldError, OpCode, OpType};
use uuid::Uuid;

use crate::audit::Entry;
use crate::db::{StoreError, Tx};
use crate::people::{self, Reach};
use crate::programmes::{self, Lock};
use crate::records::CONFIDENTIAL;
use crate::secrets::ProgrammeSecrets;
use crate::state::State;
use crate::sync::apply::apply;
use crate::sync::envelope::Envelope;
use crate::sync::push::to_incoming;
use crate::sync::read::{self, Quarantined, ReadContext, Statement};
use crate::sync::store::{self, Held};
use crate::sync::{Authored, Content, apply_authored};

/// Reason of an op whose id another one has.
const ID_CONFLICT: &str = "id_conflict";

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

/// An op with what can be read of it.
struct Opened {
    held: Held,
    envelope: Envelope,
    /// What a put says, if it can be read.
    record: Option<RecordBody>,
    /// What it would state, were it taken as it stands.
    statement: Result<Statement, Quarantined>,
}

impl Opened {
    fn may_release(&self) -> bool {
        self.held.waiting.status == store::WAITING && self.held.waiting.reason != ID_CONFLICT && self.statement.is_ok()
    }
}

/// Shows an op with what can be read of it. The look is audited.
///
/// # Errors
/// [`DecideError`].
pub async fn detail(state: &State, by: Decider<'_>, op: Uuid) -> Result<QuarantineDetail, DecideError> {
    let tx = state.db.begin().await?;
    let (mut lock, opened) = open(state, &tx, by, op).await?;
    let revisions = store::revisions(&tx, by.programme, &[opened.held.record]).await?;
    lock.audit(Entry::person(by.person, "quarantine.view", op.to_string()));
    lock.commit(tx).await?;
    let handles = people::handles(state.db.read(), by.programme).await?;
    let may_release = opened.may_release();
    let record = opened.record.map(|mut record| {
        if let RecordBody::Contact(contact) = &mut record {
            contact.code = ClientCode::Keep;
        }
        record
    });
    Ok(QuarantineDetail {
        about: RecordId(opened.held.record),
        rev: opened.envelope.header.rev,
        void: opened.envelope.header.kind == OpType::Void,
        current_rev: revisions.iter().map(|(_, rev)| *rev).max(),
        record,
        errors: opened.statement.err().map(|why| why.errors).unwrap_or_default(),
        may_release,
        op: super::view(opened.held.waiting, &handles),
    })
}

/// States the record in the place of an op. A contact that says `keep` keeps the code that the op names.
///
/// # Errors
/// [`DecideError`]; then nothing changed.
pub async fn repair(state: &State, by: Decider<'_>, op: Uuid, repair: Repair) -> Result<(), DecideError> {
    let tx = state.db.begin().await?;
    let (mut lock, opened) = open(state, &tx, by, op).await?;
    let author = opened.envelope.header.author.0;
    let worker = repair.record.common().worker.0;
    let author_is_known = people::find(&tx, by.programme, author).await?.is_some();
    if !by.reach.covers(worker) || (author_is_known && worker != author) {
        return Err(DecideError::Invalid(vec![FieldError::new("record.worker", "not_author")]));
    }
    if opened.record.as_ref().is_some_and(|raw| raw.kind() != repair.record.kind()) {
        return Err(DecideError::Invalid(vec![FieldError::new("record.kind", "fixed")]));
    }
    let revisions = store::revisions(&tx, by.programme, &[opened.held.record]).await?;
    let known = revisions.iter().map(|(_, rev)| *rev).max().unwrap_or(0);
    let raw_rev = opened.envelope.header.rev;
    let mut record = repair.record;
    if let (RecordBody::Contact(contact), Some(RecordBody::Contact(raw))) = (&mut record, &opened.record)
        && contact.code == ClientCode::Keep
        && raw_rev > known
    {
        contact.code = raw.code.clone();
    }
    if !store::settle(&tx, &lock, &opened.held, store::REPAIRED).await? {
        return Err(DecideError::Settled);
    }
    let stated = Authored {
        op: state.random.day_uuid(lock.now_ms).map_err(StoreError::from)?,
        record: opened.held.record,
        rev: known.max(raw_rev) + 1,
        author: by.person,
        by_supervisor: true,
        content: Content::Put(Box::new(record)),
    };
    let results = apply_authored(state, &tx, &lock, vec![stated]).await?;
    if let Some(result) = results.into_iter().find(|result| result.code != OpCode::Accepted) {
        let errors = result.errors.into_iter();
        return Err(DecideError::Invalid(
            errors
                .map(|error| FieldError::new(format!("record.{}", error.path), error.code))
                .collect(),
        ));
    }
    lock.audit(Entry::person(by.person, "quarantine.repair", op.to_string()).because(repair.reason));
    Ok(lock.commit(tx).await?)
}

/// Takes an op as it stands: whoever wrote it and on whichever phone, the supervisor vouches for it.
///
/// # Errors
/// [`DecideError`]; then nothing changed.
pub async fn release(state: &State, by: Decider<'_>, op: Uuid, reason: String) -> Result<(), DecideError> {
    let tx = state.db.begin().await?;
    let (mut lock, opened) = open(state, &tx, by, op).await?;
    if opened.held.waiting.status != store::WAITING {
        return Err(DecideError::Settled);
    }
    if opened.held.waiting.reason == ID_CONFLICT {
        return Err(DecideError::Invalid(vec![FieldError::new("op", ID_CONFLICT)]));
    }
    let statement = match opened.statement {
        Ok(statement) => statement,
        Err(why) if why.errors.is_empty() => return Err(DecideError::Invalid(vec![FieldError::new("op", why.reason)])),
        Err(why) => return Err(DecideError::Invalid(why.errors)),
    };
    let catalogue = catalogue(state, &tx, by.programme).await?;
    take(&tx, &lock, &catalogue, opened.held, opened.envelope, statement).await?;
    lock.audit(Entry::person(by.person, "quarantine.release", op.to_string()).because(reason));
    Ok(lock.commit(tx).await?)
}

/// Sets an op aside. It stays where it is, raw, and no longer waits.
///
/// # Errors
/// [`DecideError`]; then nothing changed.
pub async fn discard(state: &State, by: Decider<'_>, op: Uuid, reason: String) -> Result<(), DecideError> {
    let tx = state.db.begin().await?;
    let (mut lock, opened) = open(state, &tx, by, op).await?;
    if !store::settle(&tx, &lock, &opened.held, store::DISCARDED).await? {
        return Err(DecideError::Settled);
    }
    lock.audit(Entry::person(by.person, "quarantine.discard", op.to_string()).because(reason));
    Ok(lock.commit(tx).await?)
}

/// Writes an op that waited into the log, under its own author, device and number.
pub(super) async fn take(
    tx: &Tx,
    lock: &Lock,
    catalogue: &Catalogue,
    held: Held,
    envelope: Envelope,
    statement: Statement,
) -> Result<(), StoreError> {
    // First, so that it is not found waiting.
    if store::settle(tx, lock, &held, store::RELEASED).await? {
        apply(tx, lock, catalogue, vec![to_incoming(envelope, Ok(statement))]).await?;
    }
    Ok(())
}

pub(super) async fn catalogue(state: &State, tx: &Tx, programme: Uuid) -> Result<std::sync::Arc<Catalogue>, StoreError> {
    state
        .catalogues
        .current(tx, programme)
        .await?
        .ok_or_else(|| StoreError::corrupt("catalogue", "current version missing"))
}

async fn open(state: &State, tx: &Tx, by: Decider<'_>, op: Uuid) -> Result<(Lock, Opened), DecideError> {
    let lock = Lock::take(tx, by.programme, state.clock.now_ms())
        .await?
        .ok_or(DecideError::NotFound)?;
    let held = store::held(tx, by.programme, op)
        .await?
        .filter(|held| held.waiting.is_within(by.reach))
        .ok_or(DecideError::NotFound)?;
    let envelope = Envelope::stored(held.hdr.clone(), held.ek.clone(), held.ct.clone())
        .ok_or_else(|| StoreError::corrupt("quarantine", "a header can't be read"))?;
    let secrets = state
        .secrets
        .programme(by.programme)
        .map_err(|e| StoreError::Secret(e.to_string()))?;
    let row = programmes::store::find(tx, by.programme).await?.ok_or(DecideError::NotFound)?;
    let catalogue = catalogue(state, tx, by.programme).await?;
    let context = ReadContext {
        secrets: &secrets,
        catalogue: &catalogue,
        today: state.clock.today(row.tz),
        clock_off: false,
        level: None,
    };
    let record = said(&envelope, &secrets);
    let confidential = record
        .as_ref()
        .is_some_and(|record| record.kind() == CONFIDENTIAL && !by.own_team.contains(&record.common().worker.0));
    if confidential {
        return Err(DecideError::NotFound);
    }
    let statement = read::read(&envelope, context);
    Ok((
        lock,
        Opened {
            held,
            envelope,
            record,
            statement,
        },
    ))
}

/// What a put says, if it can be opened and is of a kind and schema that this version knows.
fn said(envelope: &Envelope, secrets: &ProgrammeSecrets) -> Option<RecordBody> {
    if envelope.header.kind == OpType::Void || !envelope.has_known_suite() {
        return None;
    }
    let plaintext = secrets.open(&envelope.header.kid, &envelope.hdr, envelope.ek.clone(), &envelope.ct)?;
    read::decode_put(&plaintext).ok()
}
