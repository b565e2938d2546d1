//! Pull: what a phone may know. Never a record's body, so that a seized phone with its key still tells nothing.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rounds_shared::ids::OpId;
use rounds_shared::sync::{DaySums, OpCode, OpFate, OwnDay, PROTO, PullQuery, PullResponse, SUITE, SealingKey};
use uuid::Uuid;

use super::seen::Seen;
use super::{base64url, own, store};
use crate::db::{ConnectionTrait, StoreError};
use crate::devices;
use crate::programmes;
use crate::questions;
use crate::state::State;
use crate::tallies::{self, Grain};

/// Service dates whose own sums are answered, today's included.
const OWN_DAYS: u64 = 7;

/// Answers a pull of a device for the person who uses it. `None` when there is no such programme.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn pull(
    state: &State,
    programme: Uuid,
    device: Uuid,
    author: Uuid,
    query: &PullQuery,
) -> Result<Option<PullResponse>, StoreError> {
    let db = state.db.read();
    // The sequence number is read before all else: whatever is newer may show, but nothing up to it can be missing.
    let Some(row) = programmes::store::find(db, programme).await? else {
        return Ok(None);
    };
    let catalogue = if query.catalogue < row.catalogue_version {
        state.catalogues.current(db, programme).await?
    } else {
        None
    };
    let today = state.clock.today(row.tz);
    let changed = store::fates(db, programme, device, query.cursor).await?;
    let changed = changed.into_iter().map(|(op, is_head, by_supervisor)| OpFate {
        op: OpId(op),
        code: if is_head { OpCode::Accepted } else { OpCode::Superseded },
        by_supervisor,
    });
    let settled = store::settled(db, programme, device, query.cursor).await?;
    let phone = devices::find(db, programme, device).await?;
    Ok(Some(PullResponse {
        proto: PROTO,
        cursor: row.seq,
        epoch: row.epoch,
        seen: Seen::new(row.epoch, row.seq, &row.audit_head()).sealed(&state.secrets, programme),
        server_time: state.clock.now(),
        catalogue: catalogue.map(|c| c.as_ref().clone()),
        sealing: sealing_keys(db, programme).await?,
        days: own_days(db, programme, author, today).await?,
        own: own::own(db, programme, author, today).await?,
        fates: changed.chain(settled).collect(),
        questions: questions::open_of(db, programme, author).await?,
        commands: phone.map(|phone| phone.commands(state.clock.now_ms())).unwrap_or_default(),
        backup_watermark: row.backup_watermark,
    }))
}

/// Sealing keys in use with their root signatures, newest first.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn sealing_keys(db: &impl ConnectionTrait, programme: Uuid) -> Result<Vec<SealingKey>, StoreError> {
    let rows = programmes::store::sealing_keys(db, programme).await?;
    Ok(rows
        .into_iter()
        .map(|(kid, key, sig)| SealingKey {
            kid,
            suite: SUITE,
            key: base64url(&key),
            sig: base64url(&sig),
        })
        .collect())
}

/// Five sums of each of the last days of a worker that have any.
async fn own_days(db: &impl ConnectionTrait, programme: Uuid, author: Uuid, today: NaiveDate) -> Result<Vec<OwnDay>, StoreError> {
    let first = today.checked_sub_days(Days::new(OWN_DAYS - 1)).unwrap_or(today);
    let rows = tallies::sums(db, programme, Grain::Worker, (first, today), &[author.to_string()], &own::SUMS).await?;
    let mut days: BTreeMap<NaiveDate, DaySums> = BTreeMap::new();
    for row in rows {
        tallies::add_to_sums(days.entry(row.day).or_default(), &row.measure, row.n);
    }
    Ok(days.into_iter().map(|(day, sums)| OwnDay { day, sums }).collect())
}
