//! Opens an op that waits: what it says, whether the person may see that, and what stands in the way of taking it.

use rounds_shared::catalogue::Catalogue;
use rounds_shared::record::RecordBody;
use rounds_shared::sync::{FieldError, OpType};
use uuid::Uuid;

use super::decide::{DecideError, Decider};
use crate::db::{ConnectionTrait, StoreError, Tx};
use crate::people::{self, Reach};
use crate::programmes::{self, Lock};
use crate::records::CONFIDENTIAL;
use crate::secrets::ProgrammeSecrets;
use crate::state::State;
use crate::sync::envelope::Envelope;
use crate::sync::read::{self, Quarantined, ReadContext, Statement};
use crate::sync::store::{self, Held, ID_CONFLICT, Key, Standing, WAITING};

/// An op with what can be read of it.
pub(super) struct Opened {
    pub held: Held,
    pub envelope: Envelope,
    /// What a put says, if it can be read.
    pub record: Option<RecordBody>,
    /// What it would state, were it taken as it stands.
    pub statement: Result<Statement, Quarantined>,
    /// Its author is somebody of the programme.
    pub author_is_known: bool,
    /// What it says is for others.
    pub hidden: bool,
    /// What the log has of its record.
    pub standing: Option<Standing>,
    /// Its record is in the log and for others.
    pub elsewhere: bool,
    /// Record of what was taken under its id with other bytes.
    pub rival: Option<Uuid>,
}

impl Opened {
    /// Opens an op that is in reach, inside a transaction that holds the programme lock.
    pub(super) async fn open(state: &State, tx: &Tx, by: Decider<'_>, key: &Key) -> Result<(Lock, Self), DecideError> {
        let lock = Lock::take(tx, by.programme, state.clock.now_ms())
            .await?
            .ok_or(DecideError::NotFound)?;
        let held = store::held(tx, by.programme, by.reach, key).await?.ok_or(DecideError::NotFound)?;
        let envelope = stored(&held).ok_or_else(|| StoreError::corrupt("quarantine", "a header can't be read"))?;
        let secrets = secrets(state, by.programme)?;
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
        let known = |worker: Uuid| people::find(tx, by.programme, worker);
        let hidden = match &record {
            Some(record) => is_hidden(record, by.reach, by.own_team, known(record.common().worker.0).await?.is_some()),
            None => false,
        };
        let standing = store::standing(tx, by.programme, held.record).await?;
        // An unseen debrief may join the debrief that it is about; nothing else may touch what its decider can't see.
        let elsewhere = standing.as_ref().is_some_and(|head| {
            let debrief = head.kind.as_deref() == Some(CONFIDENTIAL) && !by.own_team.contains(&head.worker);
            !by.reach.covers(head.worker) || (debrief && !hidden)
        });
        let opened = Self {
            author_is_known: known(held.author).await?.is_some(),
            rival: store::rival(tx, by.programme, &held).await?,
            statement: read::read(&envelope, context),
            held,
            envelope,
            record,
            hidden,
            standing,
            elsewhere,
        };
        Ok((lock, opened))
    }

    /// Still waits.
    pub(super) fn waits(&self) -> bool {
        self.held.status == WAITING
    }

    /// Whether a record stated in its place must be one of its own, because what came first under its id is another record.
    pub(super) fn needs_own_record(&self) -> bool {
        self.rival == Some(self.held.record) && self.held.key.op == self.held.record
    }

    /// Whether a record can be stated in its place.
    pub(super) fn may_repair(&self) -> bool {
        self.waits() && !self.hidden && (!self.elsewhere || self.needs_own_record())
    }

    /// Why it can't be taken as it stands.
    pub(super) fn refusal(&self) -> Option<Vec<FieldError>> {
        let code = match &self.statement {
            _ if self.rival.is_some() => ID_CONFLICT,
            _ if self.elsewhere => "other_record",
            Err(why) if why.errors.is_empty() || self.hidden => why.reason,
            Err(why) => return Some(why.errors.clone()),
            _ if !self.author_is_known => "unknown_author",
            Ok(_) => return None,
        };
        Some(vec![FieldError::new("op", code)])
    }

    /// Fields that would not pass, as far as they may be seen.
    pub(super) fn errors(&self) -> Vec<FieldError> {
        match &self.statement {
            Err(why) if !self.hidden => why.errors.clone(),
            _ => Vec::new(),
        }
    }
}

/// Whether what an op says is for others: a debrief is for the worker's own supervisor, and a record for the worker's own team.
pub(super) fn is_hidden(record: &RecordBody, reach: &Reach, own_team: &[Uuid], worker_is_known: bool) -> bool {
    let worker = record.common().worker.0;
    (worker_is_known && !reach.covers(worker)) || (record.kind() == CONFIDENTIAL && !own_team.contains(&worker))
}

/// An op as it came; `None` when its header can't be read.
pub(super) fn stored(held: &Held) -> Option<Envelope> {
    Envelope::stored(held.hdr.clone(), held.ek.clone(), held.ct.clone())
}

/// What a put says, if it can be opened and is of a kind and schema that this version knows.
pub(super) fn said(envelope: &Envelope, secrets: &ProgrammeSecrets) -> Option<RecordBody> {
    if envelope.header.kind == OpType::Void || !envelope.has_known_suite() {
        return None;
    }
    let plaintext = secrets.open(&envelope.header.kid, &envelope.hdr, envelope.ek.clone(), &envelope.ct)?;
    read::decode_put(&plaintext).ok()
}

pub(super) fn secrets(state: &State, programme: Uuid) -> Result<std::sync::Arc<ProgrammeSecrets>, StoreError> {
    state.secrets.programme(programme).map_err(|e| StoreError::Secret(e.to_string()))
}

pub(super) async fn catalogue(state: &State, db: &impl ConnectionTrait, programme: Uuid) -> Result<std::sync::Arc<Catalogue>, StoreError> {
    state
        .catalogues
        .current(db, programme)
        .await?
        .ok_or_else(|| StoreError::corrupt("catalogue", "current version missing"))
}
