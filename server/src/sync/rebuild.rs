//! Computes heads, their parts, tallies, persons and arrived numbers anew from the log and puts them in the place of what is there.
//!
//! All of a programme in one transaction under its lock: nobody sees half of it, and of two servers one does it. What is held in memory is
//! a page of records, the events of slips and the cells. Published figures are not touched: they stand as they were given out.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::fold::Folded;
use super::ranges;
use super::refold::{PAGE, Refold};
use super::store;
use crate::audit::Entry;
use crate::db::{StoreError, Tx};
use crate::programmes::{self, FOLD_VERSION, Lock};
use crate::referrals::{self, Event, Furthest, Reached};
use crate::state::State;
use crate::tallies::{self, Deltas};

/// Times that a start waits for another process that writes; each takes as long as the database lets it wait.
const WAITS: u32 = 30;

/// What was computed anew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Ops opened.
    pub ops: u64,
    /// Records folded.
    pub records: usize,
    /// Cells of the tally table.
    pub cells: usize,
}

struct Rebuild {
    refold: Refold,
    /// By record, of those that are live.
    events: Reached,
    deltas: Deltas,
    done: Rebuilt,
}

/// Computes everything of a programme anew. `None` when there is no such programme.
///
/// # Errors
/// [`StoreError`]; then everything is as it was. An op that can't be opened is one: its record would be lost.
pub async fn rebuild(state: &State, programme: Uuid) -> Result<Option<Rebuilt>, StoreError> {
    run(state, programme, i64::MAX).await
}

/// Computes anew every programme that an older version of the fold computed last. What fails is left as it is and said in the log, so that
/// phones can still send.
///
/// # Errors
/// [`StoreError`] when the programmes can't be listed.
pub async fn rebuild_old(state: &State) -> Result<(), StoreError> {
    let all = programmes::all(state.db.read()).await?;
    for programme in all.iter().filter(|programme| programme.fold_version < FOLD_VERSION) {
        let programme = programme.id;
        tracing::info!(%programme, "computing heads and tallies anew for this version");
        match run_patiently(state, programme).await {
            Ok(Some(done)) => tracing::info!(%programme, ops = done.ops, records = done.records, cells = done.cells, "computed anew"),
            Ok(None) => tracing::info!(%programme, "another process has computed them"),
            Err(error) => tracing::error!(%programme, cause = %error, "heads and tallies can't be computed anew: look with rounds verify"),
        }
    }
    Ok(())
}

async fn run_patiently(state: &State, programme: Uuid) -> Result<Option<Rebuilt>, StoreError> {
    let mut waits = 0;
    loop {
        match run(state, programme, FOLD_VERSION).await {
            Err(error) if error.is_outage() && waits < WAITS => waits += 1,
            other => return other,
        }
    }
}

/// Computes a programme anew if its fold is of a version below one.
async fn run(state: &State, programme: Uuid, below: i64) -> Result<Option<Rebuilt>, StoreError> {
    let tx = state.db.begin().await?;
    let Some(mut lock) = Lock::take(&tx, programme, state.clock.now_ms()).await? else {
        return Ok(None);
    };
    let row = programmes::find(&tx, programme).await?;
    let Some(row) = row.filter(|row| row.fold_version < below) else {
        return Ok(None);
    };
    let mut work = Rebuild {
        refold: Refold::new(state, &tx, &row).await?,
        events: Reached::default(),
        deltas: Deltas::default(),
        done: Rebuilt::default(),
    };
    let mut after = Uuid::nil();
    loop {
        let (ops, last) = store::op_page(&tx, programme, after, PAGE).await?;
        work.page(&tx, after, last, ops).await?;
        match last {
            Some(last) => after = last,
            None => break,
        }
    }
    let done = work.finish(&tx).await?;
    programmes::note_fold(&tx, programme).await?;
    lock.audit(Entry::system(
        "rebuild",
        format!(
            "fold {FOLD_VERSION} {} ops, {} records, {} cells",
            done.ops, done.records, done.cells
        ),
    ));
    lock.commit(tx).await?;
    Ok(Some(done))
}

impl Rebuild {
    async fn page(&mut self, tx: &Tx, after: Uuid, last: Option<Uuid>, ops: Vec<store::StoredOp>) -> Result<(), StoreError> {
        let programme = self.refold.programme;
        let refolded = self.refold.page(ops);
        if let Some(op) = refolded.unreadable.first() {
            let detail = format!("{op} is not what it was; rounds verify names all such ops, and a backup has them whole");
            return Err(StoreError::corrupt("op", detail));
        }
        for (op, code) in refolded.persons {
            store::set_person(tx, programme, op, code).await?;
        }
        let mut heads: Vec<Folded> = refolded.records.into_values().collect();
        keep_warnings(&mut heads, &store::rows_of(tx, programme, after, last).await?);
        for head in &heads {
            if let Some((facts, coded)) = head.live() {
                self.events.set(head.id, Event::of(&facts.body));
                self.deltas.add(facts, coded, &Furthest::default(), 1);
            }
        }
        self.done.ops += refolded.ops;
        self.done.records += heads.len();
        store::clear_heads(tx, programme, after, last).await?;
        store::save_heads(tx, programme, &heads, &[], &Furthest::default()).await
    }

    /// With all events known, referrals move to where they stand; then the cells are final.
    async fn finish(mut self, tx: &Tx) -> Result<Rebuilt, StoreError> {
        let programme = self.refold.programme;
        let furthest = self.events.furthest();
        let slips = Furthest::default().changed_slips(&furthest);
        for moved in referrals::move_issued(tx, programme, &slips, &[], &furthest).await? {
            self.deltas.move_referral(&moved.spot, &moved.service, moved.before, moved.after);
        }
        self.done.cells = tallies::replace(tx, programme, self.deltas).await?;
        arrivals(tx, programme).await?;
        Ok(self.done)
    }
}

/// Warnings tell of the moment of arrival, so those that are stored for the same body stay.
fn keep_warnings(heads: &mut [Folded], stored: &BTreeMap<Uuid, store::StoredHead>) {
    for head in heads {
        let before = stored.get(&head.id).and_then(store::StoredHead::warnings);
        if let (Some(put), Some((op, warnings))) = (head.put.as_mut(), before)
            && put.op == op
        {
            put.warnings = warnings;
        }
    }
}

/// What has arrived of each device is what the log and the quarantine hold.
async fn arrivals(tx: &Tx, programme: Uuid) -> Result<(), StoreError> {
    let mut numbers = store::arrivals(tx, programme).await?;
    let devices: Vec<Uuid> = store::device_progress(tx, programme).await?.into_iter().map(|(id, _)| id).collect();
    for (device, before) in store::progress(tx, programme, &devices).await? {
        let numbers = numbers.remove(&device).unwrap_or_default();
        let after = store::DeviceProgress {
            high: numbers.iter().copied().fold(before.high, i64::max),
            received: ranges::insert(&Vec::new(), numbers),
        };
        if after != before {
            store::save_progress(tx, programme, device, &after, None).await?;
        }
    }
    Ok(())
}
