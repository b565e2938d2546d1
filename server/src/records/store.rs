//! Rows of records as the console reads them.

use chrono::NaiveDate;
use rounds_shared::record::RecordBody;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::StoreError;
use crate::entity::record;
use crate::sync::stored_body;

/// A record with its latest body, void or not.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub id: Uuid,
    pub rev: i64,
    pub void: bool,
    pub day: NaiveDate,
    pub worker: Uuid,
    pub record: RecordBody,
    pub has_code: bool,
    pub author: Uuid,
    pub conflict: bool,
    pub warnings: Vec<String>,
    pub received_at: i64,
}

fn from_row(row: record::Model) -> Result<Option<Stored>, StoreError> {
    let (Some(body), Some(kind), Some(worker), Some(day)) = (row.body, row.kind, row.worker_id, row.day) else {
        return Ok(None);
    };
    Ok(Some(Stored {
        id: row.id,
        rev: row.head_rev,
        void: row.void,
        day,
        worker,
        record: stored_body(&kind, row.schema.unwrap_or(1), &body)?,
        has_code: row.person.is_some(),
        author: row.author_id,
        conflict: row.conflict,
        warnings: serde_json::from_str(&row.warnings).map_err(|e| StoreError::corrupt("record", e))?,
        received_at: row.received_at,
    }))
}

/// A record that has a body; one of which only its void has come is not there yet.
pub(super) async fn find(db: &impl ConnectionTrait, programme: Uuid, id: Uuid) -> Result<Option<Stored>, StoreError> {
    match record::Entity::find_by_id((programme, id)).one(db).await? {
        Some(row) => from_row(row),
        None => Ok(None),
    }
}

/// Kind that only the worker's own supervisor sees.
pub(crate) const CONFIDENTIAL: &str = "debrief";

/// Which records a page holds.
#[derive(Debug, Clone)]
pub(super) struct PageOf {
    /// Only these workers'; `None` for everybody's.
    pub workers: Option<Vec<Uuid>>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub kind: Option<String>,
    /// Workers whose debriefs the viewer sees: those of the own team.
    pub own_team: Vec<Uuid>,
    /// Day and id of the last record of the page before.
    pub after: Option<(NaiveDate, Uuid)>,
    pub limit: u64,
}

/// Records, newest service date first.
pub(super) async fn page(db: &impl ConnectionTrait, programme: Uuid, of: &PageOf) -> Result<Vec<Stored>, StoreError> {
    let mut query = record::Entity::find()
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::Day.is_not_null());
    if let Some(workers) = &of.workers {
        query = query.filter(record::Column::WorkerId.is_in(workers.iter().copied()));
    }
    if let Some(from) = of.from {
        query = query.filter(record::Column::Day.gte(from));
    }
    if let Some(to) = of.to {
        query = query.filter(record::Column::Day.lte(to));
    }
    let confidential = Condition::all()
        .add(record::Column::Kind.eq(CONFIDENTIAL))
        .add(record::Column::WorkerId.is_not_in(of.own_team.iter().copied()));
    query = query.filter(confidential.not());
    if let Some(kind) = &of.kind {
        query = query.filter(record::Column::Kind.eq(kind));
    }
    if let Some((day, id)) = of.after {
        let later = Condition::all().add(record::Column::Day.eq(day)).add(record::Column::Id.lt(id));
        query = query.filter(Condition::any().add(record::Column::Day.lt(day)).add(later));
    }
    let rows = query
        .order_by_desc(record::Column::Day)
        .order_by_desc(record::Column::Id)
        .limit(of.limit)
        .all(db)
        .await?;
    rows.into_iter().filter_map(|row| from_row(row).transpose()).collect()
}
