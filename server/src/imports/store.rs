//! Rows of imports, and the heads that they are compared with.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::db::{ConnectionTrait, StoreError, Taken, Tx, insert};
use crate::entity::{import_row, record};

/// What was last imported for a row.
#[derive(Debug, Clone)]
pub(super) struct Imported {
    pub row_id: String,
    pub record: Uuid,
    pub rev: i64,
    pub hash: Vec<u8>,
}

/// Last imports of rows, by row id.
pub(super) async fn imported(
    db: &impl ConnectionTrait,
    programme: Uuid,
    source: &str,
    ids: &[&str],
) -> Result<HashMap<String, Imported>, StoreError> {
    let rows = import_row::Entity::find()
        .filter(import_row::Column::ProgrammeId.eq(programme))
        .filter(import_row::Column::Source.eq(source))
        .filter(import_row::Column::RowId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let imported = Imported {
                row_id: row.row_id.clone(),
                record: row.record_id,
                rev: row.rev,
                hash: row.row_hash,
            };
            (row.row_id, imported)
        })
        .collect())
}

/// What a row is compared with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Head {
    pub rev: i64,
    /// Whose contact it is.
    pub worker: Option<Uuid>,
    /// Its service date.
    pub day: Option<NaiveDate>,
}

/// Heads of records.
pub(super) async fn heads(db: &impl ConnectionTrait, programme: Uuid, records: &[Uuid]) -> Result<HashMap<Uuid, Head>, StoreError> {
    let rows: Vec<(Uuid, i64, Option<Uuid>, Option<NaiveDate>)> = record::Entity::find()
        .select_only()
        .column(record::Column::Id)
        .column(record::Column::HeadRev)
        .column(record::Column::WorkerId)
        .column(record::Column::Day)
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::Id.is_in(records.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, rev, worker, day)| (id, Head { rev, worker, day }))
        .collect())
}

/// Keeps what was imported now.
pub(super) async fn keep(tx: &Tx, programme: Uuid, source: &str, rows: Vec<Imported>) -> Result<(), StoreError> {
    let rows: Vec<import_row::Model> = rows
        .into_iter()
        .map(|row| import_row::Model {
            programme_id: programme,
            source: source.to_owned(),
            row_id: row.row_id,
            record_id: row.record,
            rev: row.rev,
            row_hash: row.hash,
        })
        .collect();
    insert(tx, &rows, Taken::Replaced).await
}
