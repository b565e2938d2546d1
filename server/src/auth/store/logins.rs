//! Log-in names and their password hashes.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::{StoreError, Tx};
use crate::entity::staff_login;

/// A log-in as stored.
pub(in crate::auth) type Login = staff_login::Model;

/// The log-in of a name.
pub(in crate::auth) async fn login(db: &impl ConnectionTrait, name: &str) -> Result<Option<Login>, StoreError> {
    Ok(staff_login::Entity::find_by_id(name).one(db).await?)
}

/// The log-in of somebody.
pub(in crate::auth) async fn login_of(db: &impl ConnectionTrait, programme: Uuid, worker: Uuid) -> Result<Option<Login>, StoreError> {
    Ok(staff_login::Entity::find()
        .filter(staff_login::Column::ProgrammeId.eq(programme))
        .filter(staff_login::Column::WorkerId.eq(worker))
        .one(db)
        .await?)
}

/// Every log-in of a programme, by name.
pub(in crate::auth) async fn logins(db: &impl ConnectionTrait, programme: Uuid) -> Result<Vec<Login>, StoreError> {
    Ok(staff_login::Entity::find()
        .filter(staff_login::Column::ProgrammeId.eq(programme))
        .order_by_asc(staff_login::Column::Login)
        .all(db)
        .await?)
}

/// Gives somebody a log-in in place of the one they had; `false` when another person has the name.
pub(in crate::auth) async fn put_login(tx: &Tx, new: Login) -> Result<bool, StoreError> {
    let taken = staff_login::Entity::find_by_id(&new.login).one(tx).await?;
    if taken.is_some_and(|row| (row.programme_id, row.worker_id) != (new.programme_id, new.worker_id)) {
        return Ok(false);
    }
    staff_login::Entity::delete_many()
        .filter(staff_login::Column::ProgrammeId.eq(new.programme_id))
        .filter(staff_login::Column::WorkerId.eq(new.worker_id))
        .exec(tx)
        .await?;
    // Another programme's transaction may have taken the name since: then nothing is inserted.
    let inserted = staff_login::Entity::insert(new.into_active_model())
        .on_conflict(OnConflict::column(staff_login::Column::Login).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

/// Counts a wrong password; from `most` on the log-in is locked until an instant.
pub(in crate::auth) async fn note_failure(tx: &Tx, name: &str, most: i64, locked_until: i64) -> Result<(), StoreError> {
    staff_login::Entity::update_many()
        .col_expr(staff_login::Column::Failures, Expr::col(staff_login::Column::Failures).add(1))
        .filter(staff_login::Column::Login.eq(name))
        .exec(tx)
        .await?;
    staff_login::Entity::update_many()
        .col_expr(staff_login::Column::LockedUntil, Expr::value(locked_until))
        .filter(staff_login::Column::Login.eq(name))
        .filter(staff_login::Column::Failures.gte(most))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets wrong passwords after a right one.
pub(in crate::auth) async fn clear_failures(tx: &Tx, name: &str) -> Result<(), StoreError> {
    staff_login::Entity::update_many()
        .col_expr(staff_login::Column::Failures, Expr::value(0))
        .col_expr(staff_login::Column::LockedUntil, Expr::value(None::<i64>))
        .filter(staff_login::Column::Login.eq(name))
        .exec(tx)
        .await?;
    Ok(())
}
