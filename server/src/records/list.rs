//! Pages of a team's records.

use std::collections::HashMap;

use chrono::NaiveDate;
use rounds_shared::console::{RecordPage, RecordQuery, RecordView};
use rounds_shared::ids::RecordId;
use uuid::Uuid;

use super::store::{self, PageOf, Stored};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::people::{self, Reach};
use crate::programmes::Lock;
use crate::state::State;
use crate::wiring::instant;

/// Records of a page.
const PAGE: usize = 50;

/// A page of the records in somebody's reach. The look is audited.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn list(
    state: &State,
    programme: Uuid,
    viewer: Uuid,
    reach: &Reach,
    query: &RecordQuery,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<(RecordPage, Option<(NaiveDate, Uuid)>), StoreError> {
    let workers = match (query.worker, reach) {
        (Some(worker), reach) if reach.covers(worker.0) => Some(vec![worker.0]),
        (Some(_), _) => Some(Vec::new()),
        (None, Reach::Team(team)) => Some(team.clone()),
        (None, Reach::Everybody) => None,
    };
    let db = state.db.read();
    let of = PageOf {
        workers,
        from: query.from,
        to: query.to,
        kind: query.kind.clone(),
        own_team: people::own_team(state, programme, viewer).await?,
        after,
        limit: u64::try_from(PAGE + 1).unwrap_or(51),
    };
    let mut found = store::page(db, programme, &of).await?;
    let next = if found.len() > PAGE {
        found.truncate(PAGE);
        found.last().map(|last| (last.day, last.id))
    } else {
        None
    };
    let handles = people::handles(db, programme).await?;
    note_look(state, programme, viewer, &found).await?;
    let records = found.into_iter().map(|stored| view(stored, &handles)).collect();
    Ok((RecordPage { records, next: None }, next))
}

async fn note_look(state: &State, programme: Uuid, viewer: Uuid, found: &[Stored]) -> Result<(), StoreError> {
    if found.is_empty() {
        return Ok(());
    }
    let tx = state.db.begin().await?;
    let Some(mut lock) = Lock::take(&tx, programme, state.clock.now_ms()).await? else {
        return Ok(());
    };
    let days = found.iter().map(|stored| stored.day);
    let (first, last) = (days.clone().min().unwrap_or_default(), days.max().unwrap_or_default());
    lock.audit(Entry::person(
        viewer,
        "record.view",
        format!("{} records, {first} to {last}", found.len()),
    ));
    lock.commit(tx).await
}

/// What the console sees of a record.
pub(super) fn view(stored: Stored, handles: &HashMap<Uuid, String>) -> RecordView {
    let handle = |id: &Uuid| handles.get(id).cloned().unwrap_or_default();
    RecordView {
        id: RecordId(stored.id),
        rev: stored.rev,
        void: stored.void,
        handle: handle(&stored.worker),
        author: handle(&stored.author),
        record: stored.record,
        has_code: stored.has_code,
        conflict: stored.conflict,
        warnings: stored.warnings,
        received_at: instant(stored.received_at),
    }
}
