//! Shifts as the heads have them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use rounds_shared::ids::{RecordId, WorkerId};
use rounds_shared::own::{Colleague, PlannedShift};
use rounds_shared::record::{RecordBody, Shift, ShiftState};
use rounds_shared::team::ShiftView;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::StoreError;
use crate::entity::record;
use crate::people::{self, Reach};
use crate::sync::stored_body;

const KIND: &str = "shift";
/// Days ahead of which a phone is told.
const AHEAD: u64 = 14;

struct Held {
    id: Uuid,
    rev: i64,
    worker: Uuid,
    shift: Shift,
}

async fn between(
    db: &impl ConnectionTrait,
    programme: Uuid,
    days: (NaiveDate, NaiveDate),
    workers: Option<&[Uuid]>,
) -> Result<Vec<Held>, StoreError> {
    let mut query = record::Entity::find()
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::Kind.eq(KIND))
        .filter(record::Column::Live.eq(true))
        .filter(record::Column::Day.between(days.0, days.1));
    if let Some(workers) = workers {
        query = query.filter(record::Column::WorkerId.is_in(workers.iter().copied()));
    }
    let rows = query
        .order_by_asc(record::Column::Day)
        .order_by_asc(record::Column::Id)
        .all(db)
        .await?;
    let mut found = Vec::new();
    for row in rows {
        if let Some(held) = held(row)? {
            found.push(held);
        }
    }
    found.sort_by_key(|held| (held.shift.service_date, held.shift.from, held.id));
    Ok(found)
}

fn held(row: record::Model) -> Result<Option<Held>, StoreError> {
    let (Some(body), Some(worker)) = (row.body, row.worker_id) else {
        return Ok(None);
    };
    match stored_body(KIND, row.schema.unwrap_or(1), &body)? {
        RecordBody::Shift(shift) => Ok(Some(Held {
            id: row.id,
            rev: row.head_rev,
            worker,
            shift: *shift,
        })),
        _ => Ok(None),
    }
}

/// A shift of the programme with its worker and revision; `None` when there is none that is live.
pub(crate) async fn planned_for(db: &impl ConnectionTrait, programme: Uuid, id: Uuid) -> Result<Option<(Uuid, i64, Shift)>, StoreError> {
    let row = record::Entity::find_by_id((programme, id)).one(db).await?;
    let row = row.filter(|row| row.live && row.kind.as_deref() == Some(KIND));
    let found = row.map(held).transpose()?.flatten();
    Ok(found.map(|held| (held.worker, held.rev, held.shift)))
}

/// Shifts of a worker from yesterday to two weeks ahead that are planned or under way.
pub(crate) async fn upcoming(
    db: &impl ConnectionTrait,
    programme: Uuid,
    worker: Uuid,
    today: NaiveDate,
    handles: &HashMap<Uuid, String>,
) -> Result<Vec<PlannedShift>, StoreError> {
    let days = (
        today.checked_sub_days(Days::new(1)).unwrap_or(today),
        today.checked_add_days(Days::new(AHEAD)).unwrap_or(today),
    );
    let found = between(db, programme, days, Some(&[worker])).await?;
    let open = found
        .into_iter()
        .filter(|held| matches!(held.shift.state, ShiftState::Planned | ShiftState::Started));
    Ok(open
        .map(|held| PlannedShift {
            record: RecordId(held.id),
            rev: held.rev,
            state: held.shift.state,
            day: held.shift.service_date,
            site: held.shift.site.clone(),
            mode: held.shift.mode,
            setting: held.shift.setting,
            from: held.shift.from,
            until: held.shift.until,
            with: colleagues(&held.shift.with, handles),
        })
        .collect())
}

fn colleagues(ids: &[WorkerId], handles: &HashMap<Uuid, String>) -> Vec<Colleague> {
    let known = |id: &WorkerId| {
        Some(Colleague {
            id: *id,
            handle: handles.get(&id.0)?.clone(),
        })
    };
    ids.iter().filter_map(known).collect()
}

/// Shifts of the people in reach between two days, earliest first.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn list(
    db: &impl ConnectionTrait,
    programme: Uuid,
    reach: &Reach,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<ShiftView>, StoreError> {
    let workers = match reach {
        Reach::Everybody => None,
        Reach::Team(ids) => Some(ids.as_slice()),
    };
    let handles = people::handles(db, programme).await?;
    let handle = |id: &Uuid| handles.get(id).cloned().unwrap_or_default();
    let found = between(db, programme, days, workers).await?;
    Ok(found
        .into_iter()
        .map(|held| ShiftView {
            id: RecordId(held.id),
            rev: held.rev,
            handle: handle(&held.worker),
            worker: WorkerId(held.worker),
            with: held.shift.with.iter().map(|id| handle(&id.0)).collect(),
            state: held.shift.state,
            day: held.shift.service_date,
            site: held.shift.site.clone(),
            mode: held.shift.mode,
            from: held.shift.from,
            until: held.shift.until,
            closed_by_itself: held.shift.state == ShiftState::Done && held.shift.check_in.is_some() && held.shift.check_out.is_none(),
        })
        .collect())
}
