//! Push: authenticate by the device's signature, read the ops outside the transaction, store them inside one, answer after the commit.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Place;
use std::sync::Arc;
use std::time::Duration;

use rounds_shared::auth::Level;
use rounds_shared::catalogue::Catalogue;
use rounds_shared::ids::{OpId, WorkerId};
use rounds_shared::sync::{FieldError, OpCode, OpResult, PROTO, PushRequest, PushResponse};
use rounds_shared::validation::{WARN_CLOCK_MINUTES, field_errors};
use uuid::Uuid;
use validator::Validate;

use super::apply::{Incoming, Tally, apply_batch};
use super::arrivals::Arrival;
use super::envelope::Envelope;
use super::ranges;
use super::read::{self, Quarantined, ReadContext};
use super::seen::Seen;
use super::store::{self, DeviceProgress};
use crate::audit::Entry;
use crate::db::{StoreError, Tx};
use crate::devices::{self, DeviceAuth};
use crate::failpoint;
use crate::http::misfit;
use crate::programmes::{self, Lock, Programme};
use crate::state::State;

/// Times that a batch is run again when its outcome is unknown.
const ATTEMPTS: u32 = 5;

/// A push as it came over the wire.
#[derive(Debug, Clone, Copy)]
pub struct Push<'a> {
    /// Programme of the device header.
    pub programme: Uuid,
    /// Device of the device header.
    pub device: Uuid,
    /// Signature over `body`, r‖s.
    pub signature: &'a [u8],
    /// Raw request bytes.
    pub body: &'a [u8],
    /// Somebody else delivers it, perhaps long after it was signed.
    pub copy: bool,
}

/// Why a push was not taken at all.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// Unknown device or wrong signature.
    #[error("the device is not known or the signature does not fit")]
    Unauthenticated,
    /// The body is no push request; the field at which it stops being one, if it is JSON at all.
    #[error("malformed push")]
    Malformed(Option<FieldError>),
    /// Fields that did not pass.
    #[error("invalid push")]
    Invalid(Vec<FieldError>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What all transactions of one push share.
struct Session {
    state: Arc<State>,
    request: PushRequest,
    programme: Programme,
    catalogue: Arc<Catalogue>,
    /// How far the phone's clock is off; unknown when it is not the phone that sends.
    skew_ms: Option<i64>,
}

/// What a committed transaction tells the phone.
struct Committed {
    results: Vec<OpResult>,
    epoch: Uuid,
    seen: Seen,
    watermark: i64,
    progress: DeviceProgress,
}

/// Takes a push.
///
/// # Errors
/// [`PushError`]; then nothing of it was stored.
pub async fn push(state: &Arc<State>, push: Push<'_>) -> Result<PushResponse, PushError> {
    state.db.has_room()?;
    let db = state.db.read();
    let auth = devices::find(db, push.programme, push.device)
        .await?
        .ok_or(PushError::Unauthenticated)?;
    if !auth.signed(push.body, push.signature) {
        return Err(PushError::Unauthenticated);
    }
    let request = parse(push)?;
    let programme = programmes::store::find(db, push.programme)
        .await?
        .ok_or(PushError::Unauthenticated)?;
    let catalogue = state
        .catalogues
        .at(db, push.programme, programme.catalogue_version)
        .await?
        .ok_or(PushError::Unauthenticated)?;
    let now = state.clock.now();
    let skew_ms = (!push.copy).then(|| (request.clock.now - now).num_milliseconds());
    let batch = request.batch;
    let session = Arc::new(Session {
        state: Arc::clone(state),
        request,
        programme,
        catalogue,
        skew_ms,
    });
    let commands = auth.commands(now.timestamp_millis());
    let (slots, incoming, foreign) = read_ops(&session, auth).await?;
    let committed = settle(&session, incoming, foreign).await?;
    failpoint::reach("push.before_answer")?;
    let mut stored = committed.results.into_iter();
    let results = slots.into_iter().filter_map(|slot| slot.or_else(|| stored.next())).collect();
    Ok(PushResponse {
        proto: PROTO,
        batch,
        epoch: committed.epoch,
        seen: committed.seen.sealed(&state.secrets, push.programme),
        server_time: now,
        results,
        backup_watermark: committed.watermark,
        missing: ranges::missing(&committed.progress.received, committed.progress.high),
        commands,
    })
}

/// Reads and checks the body of a push.
pub(super) fn parse(push: Push<'_>) -> Result<PushRequest, PushError> {
    // Read again only when it does not fit, to say where.
    let request: PushRequest = serde_json::from_slice(push.body).map_err(|_| PushError::Malformed(misfit_of(push.body)))?;
    if let Err(errors) = request.validate() {
        return Err(PushError::Invalid(field_errors(&errors)));
    }
    for (fits, path) in [
        (request.proto == PROTO, "proto"),
        (request.programme.0 == push.programme, "programme"),
        (request.device.0 == push.device, "device"),
    ] {
        if !fits {
            return Err(PushError::Invalid(vec![FieldError::new(path, "mismatch")]));
        }
    }
    Ok(request)
}

fn misfit_of(body: &[u8]) -> Option<FieldError> {
    match misfit::read::<PushRequest, _>(&mut serde_json::Deserializer::from_slice(body)) {
        Err((field, error)) if error.is_data() => Some(field),
        _ => None,
    }
}

/// Result slots in the order of the request (filled for refused ops), the ops to be stored, and the number of foreign ones.
type ReadOps = (Vec<Option<OpResult>>, Vec<Incoming>, usize);

async fn read_ops(session: &Session, auth: DeviceAuth) -> Result<ReadOps, PushError> {
    let id = session.programme.id;
    let secrets = session.state.secrets.programme(id).map_err(|e| StoreError::Secret(e.to_string()))?;
    let context = ReadContext {
        secrets: &secrets,
        catalogue: &session.catalogue,
        today: session.state.clock.today(session.programme.tz),
        clock_off: session.skew_ms.is_some_and(|skew_ms| skew_ms.abs() > WARN_CLOCK_MINUTES * 60_000),
        level: None,
    };
    let now_ms = session.state.clock.now_ms();
    let carrier_revoked = auth.revoked;
    // The pushing phone and, when it carries another's ops, that one, each looked up once.
    let mut phones = HashMap::from([(session.request.device.0, Some(auth))]);
    let (mut slots, mut incoming, mut foreign) = (Vec::with_capacity(session.request.ops.len()), Vec::new(), 0);
    for op in &session.request.ops {
        match Envelope::read(op, id) {
            Err((op, reason)) => {
                foreign += usize::from(reason == "foreign_programme");
                slots.push(Some(rejected(op, reason)));
            }
            Ok(envelope) => {
                let device = envelope.header.device.0;
                if let Place::Vacant(unknown) = phones.entry(device) {
                    unknown.insert(devices::find(session.state.db.read(), id, device).await?);
                }
                let auth = phones.get(&device).and_then(Option::as_ref);
                // Who was taken out may not write in another phone's name either.
                let content = if carrier_revoked {
                    Err(Quarantined::because("device_revoked"))
                } else {
                    may_write(auth, envelope.header.author, now_ms).and_then(|level| {
                        let level = Some(level);
                        read::read(&envelope, ReadContext { level, ..context })
                    })
                };
                slots.push(None);
                incoming.push(to_incoming(envelope, content));
            }
        }
    }
    Ok((slots, incoming, foreign))
}

fn rejected(op: Option<Uuid>, reason: &str) -> OpResult {
    OpResult {
        op: op.map(OpId),
        code: OpCode::Rejected,
        seq: None,
        reason: Some(reason.to_owned()),
        by_supervisor: false,
        errors: Vec::new(),
    }
}

pub(super) fn to_incoming(envelope: Envelope, content: Result<read::Statement, Quarantined>) -> Incoming {
    Incoming {
        op: envelope.header.op.0,
        record: envelope.header.record.0,
        rev: envelope.header.rev,
        device: envelope.header.device.0,
        dseq: envelope.header.dseq,
        author: envelope.header.author.0,
        by_supervisor: false,
        kid: envelope.header.kid,
        digest: envelope.digest,
        hdr: envelope.hdr,
        ek: envelope.ek,
        ct: envelope.ct,
        content,
    }
}

/// What the op's author is unlocked for, if they may write on its device. An op of another phone (rescue) counts if that phone and author are enrolled.
pub(super) fn may_write(device: Option<&DeviceAuth>, author: WorkerId, now_ms: i64) -> Result<Level, Quarantined> {
    let device = device.ok_or_else(|| Quarantined::because("unknown_device"))?;
    if device.revoked {
        return Err(Quarantined::because("device_revoked"));
    }
    match device.authors.iter().find(|entry| entry.worker == author) {
        None => Err(Quarantined::because("unknown_author")),
        Some(entry) if entry.until.is_some_and(|until| until <= now_ms) => Err(Quarantined::because("author_ended")),
        Some(entry) => Ok(entry.level),
    }
}

/// Stores ops, isolating by halves any whose values the database refuses or whose record can't be read as it is stored, so that one op never
/// changes another's fate.
async fn settle(session: &Arc<Session>, incoming: Vec<Incoming>, foreign: usize) -> Result<Committed, StoreError> {
    let mut total: Option<Committed> = None;
    let mut parts = vec![incoming];
    let mut foreign = foreign;
    while let Some(mut part) = parts.pop() {
        match commit_with_retries(session, &part, foreign).await {
            Ok(mut committed) => {
                foreign = 0;
                if let Some(before) = total.take() {
                    let mut results = before.results;
                    results.append(&mut committed.results);
                    committed.results = results;
                }
                total = Some(committed);
            }
            Err(error) if part.len() > 1 && (error.is_value_error() || error.is_corrupt()) => {
                let right = part.split_off(part.len() / 2);
                // The left half is popped first, so that results stay in order.
                parts.push(right);
                parts.push(part);
            }
            Err(error) if part.len() == 1 && error.is_value_error() => {
                for op in &mut part {
                    op.content = Err(Quarantined::because("database_refused"));
                }
                parts.push(part);
            }
            Err(error) => return Err(error),
        }
    }
    total.ok_or_else(|| StoreError::corrupt("op", "nothing was committed"))
}

async fn commit_with_retries(session: &Arc<Session>, part: &[Incoming], foreign: usize) -> Result<Committed, StoreError> {
    let mut attempt = 0;
    loop {
        match commit(session, part, foreign).await {
            Err(error) if error.is_full() || (error.is_corrupt() && part.len() > 1) => return Err(error),
            Err(error) if !error.is_value_error() && attempt < ATTEMPTS => {
                attempt += 1;
                let jitter = u64::from(session.state.random.bytes::<1>().map_or(0, |[b]| b));
                tracing::warn!(attempt, error = %error, "push is run again");
                tokio::time::sleep(Duration::from_millis(jitter * u64::from(attempt))).await;
            }
            Err(error) if !error.is_value_error() => {
                tracing::error!(error = %error, "push could not be stored");
                let results = part
                    .iter()
                    .map(|op| OpResult {
                        code: OpCode::Retry,
                        ..rejected(Some(op.op), "database")
                    })
                    .collect();
                let programme = &session.programme;
                return Ok(Committed {
                    results,
                    epoch: programme.epoch,
                    seen: Seen::new(programme.epoch, programme.seq, &programme.audit_head()),
                    watermark: programme.backup_watermark,
                    progress: DeviceProgress::default(),
                });
            }
            other => return other,
        }
    }
}

async fn commit(session: &Arc<Session>, part: &[Incoming], foreign: usize) -> Result<Committed, StoreError> {
    let (own, part) = (Arc::clone(session), part.to_vec());
    session
        .state
        .db
        .write(move |tx| Box::pin(async move { store_part(tx, &own, part, foreign).await }))
        .await
}

/// Everything that one transaction does.
async fn store_part(tx: &Tx, session: &Session, part: Vec<Incoming>, foreign: usize) -> Result<Committed, StoreError> {
    let (state, request, programme) = (&session.state, &session.request, session.programme.id);
    failpoint::reach("push.before_lock")?;
    let mut lock = Lock::take(tx, programme, state.clock.now_ms())
        .await?
        .ok_or_else(|| StoreError::corrupt("programme", "vanished"))?;
    if let Some(seen) = Seen::read(&state.secrets, programme, &request.seen)
        && seen.is_lost(tx, &lock).await?
    {
        // Somebody put an older copy of the database back.
        lock.begin_epoch(tx, state.random.uuid()?).await?;
    }
    let arrival = Arrival {
        device: request.device.0,
        high: request.dseq_high,
        skew_ms: session.skew_ms,
    };
    let (results, progress) = apply_batch(tx, &lock, &session.catalogue, part, arrival).await?;
    let tally = Tally::of(&results);
    store::insert_receipt(tx, &lock, request.device.0, request.batch.0, &tally).await?;
    if tally.stored() > 0 {
        lock.audit(Entry::device(request.device.0, "sync.push", format!("seq {} {tally}", lock.seq)));
    }
    if foreign > 0 {
        lock.audit(Entry::device(
            request.device.0,
            "sync.foreign",
            format!("{foreign} ops of another programme"),
        ));
    }
    let (epoch, seq, watermark) = (lock.epoch, lock.seq, lock.backup_watermark);
    let head = lock.finish(tx).await?;
    failpoint::reach("push.before_commit")?;
    Ok(Committed {
        results,
        epoch,
        seen: Seen::new(epoch, seq, &head),
        watermark,
        progress,
    })
}
