//! Rows of imports, and the heads that they are compared with.

use std::collections::HashMap;

use rounds_shared::auth::{Level, Role};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use crate::db::{ConnectionTrait, StoreError, Tx, chunks};
use crate::entity::{import_row, record, worker};

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

/// Revisions of the heads of records.
pub(super) async fn revisions(db: &impl ConnectionTrait, programme: Uuid, records: &[Uuid]) -> Result<HashMap<Uuid, i64>, StoreError> {
    let rows: Vec<(Uuid, i64)> = record::Entity::find()
        .select_only()
        .column(record::Column::Id)
        .column(record::Column::HeadRev)
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::Id.is_in(records.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Keeps what was imported now.
pub(super) async fn keep(tx: &Tx, programme: Uuid, source: &str, rows: Vec<Imported>) -> Result<(), StoreError> {
    let rows: Vec<import_row::ActiveModel> = rows
        .into_iter()
        .map(|row| import_row::ActiveModel {
            programme_id: Set(programme),
            source: Set(source.to_owned()),
            row_id: Set(row.row_id),
            record_id: Set(row.record),
            rev: Set(row.rev),
            row_hash: Set(row.hash),
        })
        .collect();
    for part in chunks(&rows, 6) {
        import_row::Entity::insert_many(part.to_vec())
            .on_conflict(
                OnConflict::columns([
                    import_row::Column::ProgrammeId,
                    import_row::Column::Source,
                    import_row::Column::RowId,
                ])
                .update_columns([import_row::Column::RecordId, import_row::Column::Rev, import_row::Column::RowHash])
                .to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Ids of the programme's people by handle.
pub(super) async fn handles(db: &impl ConnectionTrait, programme: Uuid) -> Result<HashMap<String, Uuid>, StoreError> {
    let rows: Vec<(String, Uuid)> = worker::Entity::find()
        .select_only()
        .column(worker::Column::Handle)
        .column(worker::Column::Id)
        .filter(worker::Column::ProgrammeId.eq(programme))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Adds peer workers of outreach level without a team.
pub(super) async fn add_workers(tx: &Tx, programme: Uuid, now_ms: i64, workers: Vec<(Uuid, String)>) -> Result<(), StoreError> {
    let rows: Vec<worker::ActiveModel> = workers
        .into_iter()
        .map(|(id, handle)| worker::ActiveModel {
            programme_id: Set(programme),
            id: Set(id),
            handle: Set(handle),
            role: Set(Role::Peer.as_str().to_owned()),
            level: Set(Some(Level::Outreach.as_str().to_owned())),
            supervisor_id: Set(None),
            status: Set("active".to_owned()),
            created_at: Set(now_ms),
        })
        .collect();
    for part in chunks(&rows, 8) {
        worker::Entity::insert_many(part.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}
