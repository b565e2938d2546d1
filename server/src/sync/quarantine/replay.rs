//! Takes what waited for something other than a person: a newer version of this program, a site that the catalogue lacked, a date that has come.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use rounds_shared::auth::Level;
use uuid::Uuid;

use super::open::{catalogue, secrets, stored};
use super::take::{Taken, take};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::devices;
use crate::people;
use crate::programmes::{self, Lock};
use crate::state::State;
use crate::sync::envelope::Envelope;
use crate::sync::push::may_write;
use crate::sync::read::{self, ReadContext, Statement};
use crate::sync::store::{self, Held, Place};

/// Reasons that pass away without anybody's decision.
const PASSING: [&str; 10] = [
    "newer_schema",
    "unknown_kind",
    "unknown_suite",
    "unreadable",
    "malformed",
    "malformed_body",
    "cannot_open",
    "invalid",
    "future_date",
    "database_refused",
];
/// Ops that are looked at and taken at a time.
const PAGE: u64 = 200;

/// An op that passes now.
struct Passing(Held, Envelope, Statement);

/// All that decides whether an op passes, beside the op, this program and its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Circumstances {
    catalogue: i64,
    today: NaiveDate,
    levels: Vec<(Uuid, Option<Level>)>,
}

/// Under which circumstances everything that came up to a sequence number was read, by programme. It starts empty with the program, so that
/// a new version reads everything again.
#[derive(Debug, Default)]
pub struct Replayed(Mutex<HashMap<Uuid, (Circumstances, i64)>>);

impl Replayed {
    /// Where to begin: nothing that was read under the same circumstances passes now.
    fn start(&self, programme: Uuid, now: &Circumstances) -> Place {
        let read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = read.get(&programme).filter(|(then, _)| then == now);
        Place::before(known.map_or(0, |(_, seq)| seq + 1))
    }

    fn note(&self, programme: Uuid, now: Circumstances, seq: i64) {
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        read.insert(programme, (now, seq));
    }
}

/// What one turn did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turn {
    /// Ops that were read again.
    pub read: u64,
    /// Ops that are in the log now.
    pub taken: u64,
}

/// Reads the ops again that wait for one of those reasons, in every programme, unless nothing has changed since they were read, and takes
/// what passes.
///
/// # Errors
/// [`StoreError`] of the database; what was taken before stays taken.
pub async fn replay(state: &State) -> Result<Turn, StoreError> {
    let mut turn = Turn::default();
    for programme in programmes::all(state.db.read()).await? {
        let people = people::all(state.db.read(), programme.id).await?;
        let now = Circumstances {
            catalogue: programme.catalogue_version,
            today: state.clock.today(programme.tz),
            levels: people.into_iter().map(|person| (person.id, person.level)).collect(),
        };
        let mut after = state.replayed.start(programme.id, &now);
        loop {
            let page = store::held_for(state.db.read(), programme.id, &PASSING, &after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.place();
            turn.read += u64::try_from(page.len()).unwrap_or(0);
            let passing = pass(state, programme.id, page).await?;
            turn.taken += take_all(state, programme.id, passing).await?;
        }
        state.replayed.note(programme.id, now, programme.seq);
    }
    Ok(turn)
}

async fn pass(state: &State, programme: Uuid, page: Vec<Held>) -> Result<Vec<Passing>, StoreError> {
    let db = state.db.read();
    let (row, catalogue) = (
        programmes::store::find(db, programme).await?,
        state.catalogues.current(db, programme).await?,
    );
    let (Some(row), Some(catalogue)) = (row, catalogue) else {
        return Ok(Vec::new());
    };
    let secrets = secrets(state, programme)?;
    let now_ms = state.clock.now_ms();
    let mut phones = HashMap::new();
    let mut passing = Vec::new();
    for held in page {
        let Some(envelope) = stored(&held) else { continue };
        let device = held.device;
        if let std::collections::hash_map::Entry::Vacant(unknown) = phones.entry(device) {
            unknown.insert(devices::find(db, programme, device).await?);
        }
        let auth = phones.get(&device).and_then(Option::as_ref);
        let statement = may_write(auth, envelope.header.author, now_ms).and_then(|level| {
            let context = ReadContext {
                secrets: &secrets,
                catalogue: &catalogue,
                today: state.clock.today(row.tz),
                clock_off: false,
                level: Some(level),
            };
            read::read(&envelope, context)
        });
        if let Ok(statement) = statement {
            passing.push(Passing(held, envelope, statement));
        }
    }
    Ok(passing)
}

/// Takes ops together; when the database refuses a value of one, each by itself, so that the one waits on and the others don't.
async fn take_all(state: &State, programme: Uuid, passing: Vec<Passing>) -> Result<u64, StoreError> {
    let mut taken = 0;
    let mut parts = vec![passing];
    while let Some(mut part) = parts.pop() {
        let n = part.len();
        if n == 0 {
            continue;
        }
        match take_some(state, programme, &part).await {
            Ok(of_part) => taken += of_part,
            Err(error) if error.is_value_error() && n > 1 => {
                let right = part.split_off(n / 2);
                parts.extend([right, part]);
            }
            Err(error) if error.is_value_error() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(taken)
}

/// Takes ops in one transaction and answers how many. Another server may have been faster, with some or with all.
async fn take_some(state: &State, programme: Uuid, part: &[Passing]) -> Result<u64, StoreError> {
    let tx = state.db.begin().await?;
    let Some(mut lock) = Lock::take(&tx, programme, state.clock.now_ms()).await? else {
        return Ok(0);
    };
    let catalogue = catalogue(state, &tx, programme).await?;
    let (mut taken, mut changed) = (0, false);
    for Passing(held, envelope, statement) in part {
        let became = take(&tx, &lock, &catalogue, held.clone(), envelope.clone(), statement.clone()).await?;
        taken += u64::from(became == Taken::Yes);
        changed |= became != Taken::Settled;
    }
    if taken > 0 {
        lock.audit(Entry::system("quarantine.replay", format!("{taken} ops")));
    }
    if changed {
        lock.commit(tx).await?;
    }
    Ok(taken)
}
