//! Rows of workers.

use std::collections::HashMap;

use rounds_shared::auth::{Level, Role, WorkerStatus};
use rounds_shared::ids::WorkerId;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::db::StoreError;
use crate::entity::worker;

/// A person of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Id.
    pub id: Uuid,
    /// Handle, unique in the programme.
    pub handle: String,
    /// Role.
    pub role: Role,
    /// Level, for peers.
    pub level: Option<Level>,
    /// Their supervisor.
    pub supervisor: Option<Uuid>,
    /// Whether they work at present.
    pub status: WorkerStatus,
}

impl Person {
    /// Whether they have left.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.status == WorkerStatus::Left
    }
}

fn from_row(row: worker::Model) -> Result<Person, StoreError> {
    let role = Role::parse(&row.role).ok_or_else(|| StoreError::corrupt("worker", "role"))?;
    let status = WorkerStatus::parse(&row.status).ok_or_else(|| StoreError::corrupt("worker", "status"))?;
    Ok(Person {
        id: row.id,
        handle: row.handle,
        role,
        level: row.level.as_deref().and_then(Level::parse),
        supervisor: row.supervisor_id,
        status,
    })
}

/// A person by id.
pub(crate) async fn find(db: &impl ConnectionTrait, programme: Uuid, id: Uuid) -> Result<Option<Person>, StoreError> {
    let row = worker::Entity::find_by_id((programme, id)).one(db).await?;
    row.map(from_row).transpose()
}

/// A person by handle.
pub(crate) async fn by_handle(db: &impl ConnectionTrait, programme: Uuid, handle: &str) -> Result<Option<Person>, StoreError> {
    let row = worker::Entity::find()
        .filter(worker::Column::ProgrammeId.eq(programme))
        .filter(worker::Column::Handle.eq(handle))
        .one(db)
        .await?;
    row.map(from_row).transpose()
}

/// Everybody of a programme, by handle.
pub(crate) async fn all(db: &impl ConnectionTrait, programme: Uuid) -> Result<Vec<Person>, StoreError> {
    let rows = worker::Entity::find()
        .filter(worker::Column::ProgrammeId.eq(programme))
        .order_by_asc(worker::Column::Handle)
        .all(db)
        .await?;
    rows.into_iter().map(from_row).collect()
}

/// Handles by id.
pub(crate) async fn handles(db: &impl ConnectionTrait, programme: Uuid) -> Result<HashMap<Uuid, String>, StoreError> {
    let rows: Vec<(Uuid, String)> = worker::Entity::find()
        .select_only()
        .columns([worker::Column::Id, worker::Column::Handle])
        .filter(worker::Column::ProgrammeId.eq(programme))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Ids of a supervisor's team, by handle.
pub(crate) async fn team_of(db: &impl ConnectionTrait, programme: Uuid, supervisor: Uuid) -> Result<Vec<WorkerId>, StoreError> {
    let ids: Vec<Uuid> = worker::Entity::find()
        .select_only()
        .column(worker::Column::Id)
        .filter(worker::Column::ProgrammeId.eq(programme))
        .filter(worker::Column::SupervisorId.eq(supervisor))
        .order_by_asc(worker::Column::Handle)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(WorkerId).collect())
}

/// Adds somebody; `false` when the handle is taken.
pub(super) async fn insert(tx: &DatabaseTransaction, programme: Uuid, person: &Person, now_ms: i64) -> Result<bool, StoreError> {
    let row = worker::ActiveModel {
        programme_id: Set(programme),
        id: Set(person.id),
        handle: Set(person.handle.clone()),
        role: Set(person.role.as_str().to_owned()),
        level: Set(person.level.map(|level| level.as_str().to_owned())),
        supervisor_id: Set(person.supervisor),
        status: Set(person.status.as_str().to_owned()),
        created_at: Set(now_ms),
    };
    let taken = [worker::Column::ProgrammeId, worker::Column::Handle];
    let inserted = worker::Entity::insert(row)
        .on_conflict(OnConflict::columns(taken).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

/// Changes somebody's status; `false` when they have it already.
pub(super) async fn set_status(tx: &DatabaseTransaction, programme: Uuid, id: Uuid, status: WorkerStatus) -> Result<bool, StoreError> {
    let changed = worker::Entity::update_many()
        .col_expr(worker::Column::Status, Expr::value(status.as_str()))
        .filter(worker::Column::ProgrammeId.eq(programme))
        .filter(worker::Column::Id.eq(id))
        .filter(worker::Column::Status.ne(status.as_str()))
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}
