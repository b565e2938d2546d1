//! Rows of qualifications and thanks, and a worker's level.

use chrono::NaiveDate;
use rounds_shared::auth::Level;
use rounds_shared::ids::Code;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::{StoreError, Taken, insert};
use crate::entity::{qualification, thanks, worker};

/// Thanks as they were given.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub id: Uuid,
    pub on: NaiveDate,
    pub by: Uuid,
    pub words: String,
}

/// A training module that somebody has passed.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub id: Uuid,
    pub module: Code,
    pub on: NaiveDate,
    pub expires: Option<NaiveDate>,
    pub confirmed_by: Uuid,
}

/// Thanks of a worker, newest first, if a day is given only those since it.
pub(crate) async fn thanks_of(
    db: &impl ConnectionTrait,
    programme: Uuid,
    worker: Uuid,
    since: Option<NaiveDate>,
    most: u64,
) -> Result<Vec<Given>, StoreError> {
    let mut query = thanks::Entity::find()
        .filter(thanks::Column::ProgrammeId.eq(programme))
        .filter(thanks::Column::WorkerId.eq(worker));
    if let Some(since) = since {
        query = query.filter(thanks::Column::OnDay.gte(since));
    }
    let rows = query
        .order_by_desc(thanks::Column::OnDay)
        .order_by_desc(thanks::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    let given = |row: thanks::Model| Given {
        id: row.id,
        on: row.on_day,
        by: row.by_id,
        words: row.words,
    };
    Ok(rows.into_iter().map(given).collect())
}

/// Qualifications of a worker, newest first.
pub(crate) async fn qualifications(db: &impl ConnectionTrait, programme: Uuid, worker: Uuid) -> Result<Vec<Held>, StoreError> {
    let rows = qualification::Entity::find()
        .filter(qualification::Column::ProgrammeId.eq(programme))
        .filter(qualification::Column::WorkerId.eq(worker))
        .order_by_desc(qualification::Column::OnDay)
        .order_by_desc(qualification::Column::Id)
        .all(db)
        .await?;
    let held = |row: qualification::Model| {
        Ok(Held {
            id: row.id,
            module: Code::parse(&row.module).map_err(|e| StoreError::corrupt("qualification", e))?,
            on: row.on_day,
            expires: row.expires,
            confirmed_by: row.confirmed_by,
        })
    };
    rows.into_iter().map(held).collect()
}

/// Adds thanks of a worker.
pub(super) async fn add_thanks(tx: &DatabaseTransaction, programme: Uuid, worker: Uuid, given: Given) -> Result<(), StoreError> {
    let row = thanks::Model {
        programme_id: programme,
        id: given.id,
        worker_id: worker,
        on_day: given.on,
        by_id: given.by,
        words: given.words,
    };
    insert(tx, &[row], Taken::Fails).await
}

/// Adds a qualification of a worker.
pub(super) async fn add_qualification(tx: &DatabaseTransaction, programme: Uuid, worker: Uuid, held: Held) -> Result<(), StoreError> {
    let row = qualification::Model {
        programme_id: programme,
        id: held.id,
        worker_id: worker,
        module: held.module.to_string(),
        on_day: held.on,
        expires: held.expires,
        confirmed_by: held.confirmed_by,
    };
    insert(tx, &[row], Taken::Fails).await
}

/// Sets what a worker is unlocked for.
pub(super) async fn set_level(tx: &DatabaseTransaction, programme: Uuid, id: Uuid, level: Level) -> Result<(), StoreError> {
    worker::Entity::update_many()
        .col_expr(worker::Column::Level, Expr::value(level.as_str()))
        .filter(worker::Column::ProgrammeId.eq(programme))
        .filter(worker::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
