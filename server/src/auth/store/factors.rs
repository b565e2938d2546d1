//! Authenticator apps of staff and their recovery codes.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::db::{StoreError, Tx};
use crate::entity::{totp, totp_recovery};

/// An authenticator app as stored.
pub(in crate::auth) type Factor = totp::Model;

/// The app of somebody, also one that is not confirmed yet.
pub(in crate::auth) async fn factor(db: &impl ConnectionTrait, programme: Uuid, worker: Uuid) -> Result<Option<Factor>, StoreError> {
    Ok(totp::Entity::find_by_id((programme, worker)).one(db).await?)
}

/// Stores an app in place of one that was not confirmed.
pub(in crate::auth) async fn put_factor(tx: &Tx, new: Factor) -> Result<(), StoreError> {
    let key = [totp::Column::ProgrammeId, totp::Column::WorkerId];
    let rest = [totp::Column::Secret, totp::Column::ConfirmedAt, totp::Column::LastStep];
    totp::Entity::insert(new.into_active_model())
        .on_conflict(OnConflict::columns(key).update_columns(rest).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Uses a step up; `false` when it or a later one was used before.
pub(in crate::auth) async fn use_step(tx: &Tx, programme: Uuid, worker: Uuid, step: i64) -> Result<bool, StoreError> {
    let used = totp::Entity::update_many()
        .col_expr(totp::Column::LastStep, Expr::value(step))
        .filter(totp::Column::ProgrammeId.eq(programme))
        .filter(totp::Column::WorkerId.eq(worker))
        .filter(totp::Column::LastStep.lt(step))
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// From now on the app counts.
pub(in crate::auth) async fn confirm_factor(tx: &Tx, programme: Uuid, worker: Uuid, now_ms: i64) -> Result<(), StoreError> {
    totp::Entity::update_many()
        .col_expr(totp::Column::ConfirmedAt, Expr::value(now_ms))
        .filter(totp::Column::ProgrammeId.eq(programme))
        .filter(totp::Column::WorkerId.eq(worker))
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes somebody's app and recovery codes; `false` when there was none.
pub(in crate::auth) async fn remove_factor(tx: &Tx, programme: Uuid, worker: Uuid) -> Result<bool, StoreError> {
    totp_recovery::Entity::delete_many()
        .filter(totp_recovery::Column::ProgrammeId.eq(programme))
        .filter(totp_recovery::Column::WorkerId.eq(worker))
        .exec(tx)
        .await?;
    let removed = totp::Entity::delete_by_id((programme, worker)).exec(tx).await?;
    Ok(removed.rows_affected == 1)
}

/// Stores recovery codes.
pub(in crate::auth) async fn insert_recovery(tx: &Tx, programme: Uuid, worker: Uuid, macs: Vec<Vec<u8>>) -> Result<(), StoreError> {
    let rows = macs.into_iter().map(|code_mac| {
        let row = totp_recovery::Model {
            programme_id: programme,
            worker_id: worker,
            code_mac,
        };
        row.into_active_model()
    });
    totp_recovery::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Uses a recovery code up; `None` when it is unknown or was used before, else the number of those that are left.
pub(in crate::auth) async fn use_recovery(tx: &Tx, programme: Uuid, worker: Uuid, mac: &[u8]) -> Result<Option<u64>, StoreError> {
    let used = totp_recovery::Entity::delete_by_id((programme, worker, mac.to_vec()))
        .exec(tx)
        .await?;
    if used.rows_affected == 0 {
        return Ok(None);
    }
    recovery_left(tx, programme, worker).await.map(Some)
}

/// How many recovery codes somebody has left.
pub(in crate::auth) async fn recovery_left(db: &impl ConnectionTrait, programme: Uuid, worker: Uuid) -> Result<u64, StoreError> {
    let left = totp_recovery::Entity::find()
        .filter(totp_recovery::Column::ProgrammeId.eq(programme))
        .filter(totp_recovery::Column::WorkerId.eq(worker));
    Ok(left.count(db).await?)
}
