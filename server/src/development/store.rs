//! Rows of qualifications and thanks, and a worker's level.

use chrono::NaiveDate;
use rounds_shared::auth::Level;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::{StoreError, Taken, insert};
use crate::entity::{qualification, thanks, worker};

/// Thanks of a worker, newest first, if a day is given only those since it.
pub(crate) async fn thanks(
    db: &impl ConnectionTrait,
    programme: Uuid,
    worker: Uuid,
    since: Option<NaiveDate>,
    most: u64,
) -> Result<Vec<thanks::Model>, StoreError> {
    let mut query = thanks::Entity::find()
        .filter(thanks::Column::ProgrammeId.eq(programme))
        .filter(thanks::Column::WorkerId.eq(worker));
    if let Some(since) = since {
        query = query.filter(thanks::Column::OnDay.gte(since));
    }
    Ok(query
        .order_by_desc(thanks::Column::OnDay)
        .order_by_desc(thanks::Column::Id)
        .limit(most)
        .all(db)
        .await?)
}

/// Qualifications of a worker, newest first.
pub(crate) async fn qualifications(
    db: &impl ConnectionTrait,
    programme: Uuid,
    worker: Uuid,
) -> Result<Vec<qualification::Model>, StoreError> {
    Ok(qualification::Entity::find()
        .filter(qualification::Column::ProgrammeId.eq(programme))
        .filter(qualification::Column::WorkerId.eq(worker))
        .order_by_desc(qualification::Column::OnDay)
        .order_by_desc(qualification::Column::Id)
        .all(db)
        .await?)
}

/// Adds thanks.
pub(super) async fn add_thanks(tx: &DatabaseTransaction, row: thanks::Model) -> Result<(), StoreError> {
    insert(tx, &[row], Taken::Fails).await
}

/// Adds a qualification.
pub(super) async fn add_qualification(tx: &DatabaseTransaction, row: qualification::Model) -> Result<(), StoreError> {
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
