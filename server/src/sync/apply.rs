//! The part of a push that happens inside the transaction, under the programme lock.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;

use rounds_shared::catalogue::Catalogue;
use rounds_shared::ids::OpId;
use rounds_shared::sync::{FieldError, OpCode, OpResult};
use uuid::Uuid;

use super::arrivals::{Arrival, Arrived, note_arrivals};
use super::fold::{Folded, Step};
use super::read::{Quarantined, Statement};
use super::store::{self, DeviceProgress};
use crate::db::{StoreError, Tx};
use crate::failpoint;
use crate::programmes::Lock;
use crate::referrals::{self, Event, Reached};
use crate::tallies::{self, Deltas};

/// Ops that a device has brought and that may wait in quarantine.
const QUARANTINE_OPS: i64 = 5_000;
/// Bytes that a device has brought and that may wait in quarantine.
const QUARANTINE_BYTES: i64 = 20 * 1024 * 1024;

/// Reasons for which nothing tells that an op which another phone brings is of the phone that it names: it must not fill that one's numbers.
const FOREIGN: [&str; 3] = ["unknown_author", "unknown_device", "device_revoked"];

/// An op with its bytes and what it states.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub op: Uuid,
    pub record: Uuid,
    pub rev: i64,
    pub device: Uuid,
    pub dseq: i64,
    pub author: Uuid,
    pub by_supervisor: bool,
    pub kid: String,
    pub digest: [u8; 32],
    pub hdr: Vec<u8>,
    pub ek: Vec<u8>,
    pub ct: Vec<u8>,
    pub content: Result<Statement, Quarantined>,
}

impl Incoming {
    /// Bytes that it takes.
    pub(crate) fn size(&self) -> i64 {
        i64::try_from(self.hdr.len() + self.ek.len() + self.ct.len()).unwrap_or(i64::MAX)
    }
}

/// A new op on its way into the log.
#[derive(Debug, Clone)]
pub(crate) struct Fresh {
    pub record: Uuid,
    pub dseq: i64,
    pub kid: String,
    pub digest: [u8; 32],
    pub hdr: Vec<u8>,
    pub ek: Vec<u8>,
    pub ct: Vec<u8>,
    pub step: Step,
}

/// How many ops had which fate.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<OpCode, i64>);

impl Tally {
    /// Of results.
    pub(crate) fn of(results: &[OpResult]) -> Self {
        let mut counts = BTreeMap::new();
        for result in results {
            *counts.entry(result.code).or_insert(0) += 1;
        }
        Self(counts)
    }

    /// Ops that were not on the server before.
    pub(crate) fn stored(&self) -> i64 {
        [OpCode::Accepted, OpCode::Superseded, OpCode::Quarantined]
            .into_iter()
            .map(|code| self.count(code))
            .sum()
    }

    /// Number of a fate.
    pub(crate) fn count(&self, code: OpCode) -> i64 {
        self.0.get(&code).copied().unwrap_or(0)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (code, count)) in self.0.iter().enumerate() {
            write!(f, "{}{} {count}", if n == 0 { "" } else { ", " }, code.as_str())?;
        }
        Ok(())
    }
}

fn result(op: Uuid, code: OpCode, seq: Option<i64>) -> OpResult {
    OpResult {
        op: Some(OpId(op)),
        code,
        seq,
        reason: None,
        by_supervisor: false,
        errors: Vec::new(),
    }
}

fn refused(op: Uuid, code: OpCode, seq: Option<i64>, reason: impl Into<String>, errors: Vec<FieldError>) -> OpResult {
    OpResult {
        op: Some(OpId(op)),
        code,
        seq,
        reason: Some(reason.into()),
        by_supervisor: false,
        errors,
    }
}

/// Stores a device's batch: one result per op, in the order given, and what has arrived of the device.
pub(crate) async fn apply_batch(
    tx: &Tx,
    lock: &Lock,
    catalogue: &Catalogue,
    incoming: Vec<Incoming>,
    arrival: Arrival,
) -> Result<(Vec<OpResult>, DeviceProgress), StoreError> {
    let (results, arrived) = store_all(tx, lock, catalogue, incoming, Some(arrival.device)).await?;
    let progress = note_arrivals(tx, lock, arrived, Some(arrival)).await?;
    Ok((results, progress))
}

/// Stores ops that no phone brings now, such as the console's, and answers one result per op, in the order given.
pub(crate) async fn apply(tx: &Tx, lock: &Lock, catalogue: &Catalogue, incoming: Vec<Incoming>) -> Result<Vec<OpResult>, StoreError> {
    let (results, arrived) = store_all(tx, lock, catalogue, incoming, None).await?;
    note_arrivals(tx, lock, arrived, None).await?;
    Ok(results)
}

async fn store_all(
    tx: &Tx,
    lock: &Lock,
    catalogue: &Catalogue,
    incoming: Vec<Incoming>,
    carrier: Option<Uuid>,
) -> Result<(Vec<OpResult>, Arrived), StoreError> {
    let keys: Vec<(Uuid, [u8; 32])> = incoming.iter().map(|i| (i.op, i.digest)).collect();
    let ids: Vec<Uuid> = keys.iter().map(|(op, _)| *op).collect::<BTreeSet<_>>().into_iter().collect();
    let known = store::known(tx, lock.programme, &ids).await?;
    let mut sorted = Sorted {
        carrier,
        ..Sorted::default()
    };
    for op in incoming {
        sorted.take(op, lock, &known);
    }
    let heads = fold_and_save(tx, lock, catalogue, std::mem::take(&mut sorted.fresh)).await?;
    for op in std::mem::take(&mut sorted.believed) {
        store::believe(tx, lock.programme, &op).await?;
    }
    quarantine(tx, lock, &mut sorted).await?;
    let results = keys.into_iter().map(|key| sorted.answer(key, &heads)).collect();
    Ok((results, sorted.arrived))
}

/// A batch sorted by what is to be done with each op.
#[derive(Default)]
struct Sorted {
    /// The phone that brings it.
    carrier: Option<Uuid>,
    results: HashMap<(Uuid, [u8; 32]), OpResult>,
    fresh: BTreeMap<Uuid, Fresh>,
    held: Vec<(Incoming, Quarantined)>,
    /// Ops in quarantine whose own phone brings them now.
    believed: Vec<Incoming>,
    arrived: Arrived,
    answered: HashSet<(Uuid, [u8; 32])>,
}

impl Sorted {
    /// The fate of an op. The first of several equal ones in a batch has it, the others are its duplicates.
    fn answer(&mut self, key: (Uuid, [u8; 32]), heads: &HashMap<Uuid, HeadOf>) -> OpResult {
        let mut answer = self
            .results
            .get(&key)
            .cloned()
            .unwrap_or_else(|| result(key.0, OpCode::Retry, None));
        let first = self.answered.insert(key);
        match heads.get(&key.0) {
            Some(head) if answer.code == OpCode::Accepted && first => {
                answer.code = if head.op == key.0 { OpCode::Accepted } else { OpCode::Superseded };
                answer.by_supervisor = head.op != key.0 && head.by_supervisor;
            }
            Some(_) if answer.code == OpCode::Accepted => answer.code = OpCode::Duplicate,
            _ => {}
        }
        answer
    }

    fn take(&mut self, op: Incoming, lock: &Lock, known: &store::Known) {
        let key = (op.op, op.digest);
        if self.results.contains_key(&key) {
            return;
        }
        if let Some(held) = known.held.get(&(op.op, op.digest.to_vec())) {
            let (reason, seq) = (held.reason.clone(), held.seq);
            if held.dseq > 0 || self.carrier == Some(op.device) {
                self.arrived.push((op.device, op.dseq));
            }
            if held.dseq == 0 && self.carrier == Some(op.device) {
                self.believed.push(op);
            }
            self.results
                .insert(key, refused(key.0, OpCode::Quarantined, Some(seq), reason, Vec::new()));
            return;
        }
        let stored = known.logged.get(&op.op).map(|(digest, seq)| (digest.as_slice() == op.digest, *seq));
        if let Some((true, seq)) = stored {
            self.arrived.push((op.device, op.dseq));
            self.results.insert(key, result(op.op, OpCode::Duplicate, Some(seq)));
            return;
        }
        let conflicts = stored.is_some() || self.fresh.contains_key(&op.op);
        match op.content {
            Ok(_) if conflicts => self.held.push((op, Quarantined::because("id_conflict"))),
            Err(ref why) => {
                let why = why.clone();
                self.held.push((op, why));
            }
            Ok(statement) => {
                self.results.insert(key, result(op.op, OpCode::Accepted, Some(lock.seq)));
                self.arrived.push((op.device, op.dseq));
                let step = Step {
                    op: op.op,
                    rev: op.rev,
                    author: op.author,
                    device: op.device,
                    by_supervisor: op.by_supervisor,
                    code: statement.code,
                    put: statement.put,
                    seq: lock.seq,
                    received_at: lock.now_ms,
                };
                let fresh = Fresh {
                    record: op.record,
                    dseq: op.dseq,
                    kid: op.kid,
                    digest: op.digest,
                    hdr: op.hdr,
                    ek: op.ek,
                    ct: op.ct,
                    step,
                };
                self.fresh.insert(op.op, fresh);
            }
        }
    }
}

/// The head of an op's record after the batch.
#[derive(Debug, Clone, Copy)]
struct HeadOf {
    op: Uuid,
    by_supervisor: bool,
}

/// Slips that heads or new statements name.
fn slips<'a>(before: impl Iterator<Item = &'a Folded>, fresh: &[Fresh]) -> BTreeSet<String> {
    let heads = before.filter_map(|folded| folded.put.as_ref().map(|put| &put.facts.body));
    let puts = fresh.iter().filter_map(|op| op.step.put.as_ref().map(|put| &put.facts.body));
    heads.chain(puts).flat_map(referrals::slips_of).collect()
}

async fn fold_and_save(
    tx: &Tx,
    lock: &Lock,
    catalogue: &Catalogue,
    fresh: BTreeMap<Uuid, Fresh>,
) -> Result<HashMap<Uuid, HeadOf>, StoreError> {
    if fresh.is_empty() {
        return Ok(HashMap::new());
    }
    let fresh: Vec<Fresh> = fresh.into_values().collect();
    let records: Vec<Uuid> = fresh.iter().map(|f| f.record).collect::<BTreeSet<_>>().into_iter().collect();
    let before = store::load_heads(tx, lock.programme, &records, catalogue).await?;
    let existing: Vec<Uuid> = records.iter().copied().filter(|id| before.contains_key(id)).collect();
    let mut revisions: HashSet<(Uuid, i64)> = store::revisions(tx, lock.programme, &existing).await?.into_iter().collect();
    store::insert_ops(tx, lock.programme, &fresh).await?;
    failpoint::reach("log.after_insert")?;

    let slips = slips(before.values(), &fresh);
    let mut events = if slips.is_empty() {
        Reached::default()
    } else {
        referrals::events(tx, lock.programme, &slips).await?
    };
    let furthest_before = events.furthest();
    let mut deltas = Deltas::default();
    for folded in before.values() {
        if let Some((facts, coded)) = folded.live() {
            deltas.add(facts, coded, &furthest_before, -1);
        }
    }
    let mut after: BTreeMap<Uuid, Folded> = before.into_iter().collect();
    let mut record_of = Vec::with_capacity(fresh.len());
    for op in fresh {
        record_of.push((op.step.op, op.record));
        let claimed = !revisions.insert((op.record, op.step.rev));
        let mut folded = Folded::join(after.remove(&op.record), op.record, op.step);
        folded.conflict |= claimed;
        // Whatever changed in the record, a pull after this sequence number must see it.
        folded.head.seq = lock.seq;
        after.insert(op.record, folded);
    }
    for folded in after.values() {
        events.set(folded.id, folded.live().and_then(|(facts, _)| Event::of(&facts.body)));
    }
    let furthest = events.furthest();
    for folded in after.values() {
        if let Some((facts, coded)) = folded.live() {
            deltas.add(facts, coded, &furthest, 1);
        }
    }
    let heads: Vec<Folded> = after.into_values().collect();
    let changed = furthest_before.changed_slips(&furthest);
    if !changed.is_empty() {
        // Referrals of other records move with the events that came now.
        for moved in referrals::move_issued(tx, lock.programme, &changed, &records, &furthest).await? {
            deltas.move_referral(&moved.spot, &moved.service, moved.before, moved.after);
        }
    }
    store::save_heads(tx, lock.programme, &heads, &existing, &furthest).await?;
    tallies::apply(tx, lock.programme, deltas).await?;
    let by_record: HashMap<Uuid, HeadOf> = heads
        .iter()
        .map(|h| {
            (
                h.id,
                HeadOf {
                    op: h.head.op,
                    by_supervisor: h.head.by_supervisor,
                },
            )
        })
        .collect();
    Ok(record_of
        .into_iter()
        .filter_map(|(op, record)| by_record.get(&record).map(|head| (op, *head)))
        .collect())
}

async fn quarantine(tx: &Tx, lock: &Lock, sorted: &mut Sorted) -> Result<(), StoreError> {
    let mut loads: HashMap<Uuid, (i64, i64)> = HashMap::new();
    let mut rows = Vec::new();
    for (mut op, why) in std::mem::take(&mut sorted.held) {
        let key = (op.op, op.digest);
        if sorted.results.contains_key(&key) {
            continue;
        }
        // Who brings it has to answer for it: the header's device is only what somebody wrote there.
        let carrier = sorted.carrier.unwrap_or(op.device);
        let load = match loads.entry(carrier) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(store::quarantine_load(tx, lock.programme, carrier).await?),
        };
        let size = op.size();
        if load.0 >= QUARANTINE_OPS || load.1.saturating_add(size) > QUARANTINE_BYTES {
            sorted
                .results
                .insert(key, refused(op.op, OpCode::Retry, None, "quarantine_full", Vec::new()));
            continue;
        }
        *load = (load.0 + 1, load.1 + size);
        if carrier == op.device || !FOREIGN.contains(&why.reason) {
            sorted.arrived.push((op.device, op.dseq));
        } else {
            op.dseq = 0;
        }
        sorted.results.insert(
            key,
            refused(op.op, OpCode::Quarantined, Some(lock.seq), why.reason, why.errors.clone()),
        );
        rows.push((op, why, carrier));
    }
    store::insert_quarantine(tx, lock, rows).await
}
