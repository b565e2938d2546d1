//! Takes what waited for something other than a person: a newer version of this program, a site that the catalogue lacked, a date that has come.

use std::collections::HashMap;

use uuid::Uuid;

use super::decide::{catalogue, take};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::devices;
use crate::programmes::{self, Lock};
use crate::state::State;
use crate::sync::envelope::Envelope;
use crate::sync::push::may_write;
use crate::sync::read::{self, ReadContext, Statement};
use crate::sync::store::{self, Held};

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

/// Reads every op again that waits for one of those reasons, in every programme, and takes what passes. Answers how many.
///
/// # Errors
/// [`StoreError`] of the database; what was taken before stays taken.
pub async fn replay(state: &State) -> Result<u64, StoreError> {
    let mut taken = 0;
    for programme in programmes::all(state.db.read()).await? {
        let mut after = (0, Uuid::nil());
        loop {
            let page = store::held_for(state.db.read(), programme.id, &PASSING, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = (last.seq, last.waiting.op);
            let passing = pass(state, programme.id, page).await?;
            taken += take_all(state, programme.id, passing).await?;
        }
    }
    Ok(taken)
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
    let secrets = state.secrets.programme(programme).map_err(|e| StoreError::Secret(e.to_string()))?;
    let now_ms = state.clock.now_ms();
    let mut phones = HashMap::new();
    let mut passing = Vec::new();
    for held in page {
        let Some(envelope) = Envelope::stored(held.hdr.clone(), held.ek.clone(), held.ct.clone()) else {
            continue;
        };
        let device = held.waiting.device;
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
            Ok(()) => taken += u64::try_from(n).unwrap_or(0),
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

async fn take_some(state: &State, programme: Uuid, part: &[Passing]) -> Result<(), StoreError> {
    let tx = state.db.begin().await?;
    let Some(mut lock) = Lock::take(&tx, programme, state.clock.now_ms()).await? else {
        return Ok(());
    };
    let catalogue = catalogue(state, &tx, programme).await?;
    for Passing(held, envelope, statement) in part {
        take(&tx, &lock, &catalogue, held.clone(), envelope.clone(), statement.clone()).await?;
    }
    lock.audit(Entry::system("quarantine.replay", format!("{} ops", part.len())));
    lock.commit(tx).await
}
