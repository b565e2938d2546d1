//! Invites, known by the hash of their code.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::db::{StoreError, Tx};
use crate::entity::invite as row;

/// An invite as stored.
pub(in crate::auth) type Invite = row::Model;

/// Stores an invite.
pub(in crate::auth) async fn insert_invite(tx: &Tx, invite: Invite) -> Result<(), StoreError> {
    row::Entity::insert(invite.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// The invite of a code's hash.
pub(in crate::auth) async fn invite(db: &impl ConnectionTrait, code_hash: &[u8]) -> Result<Option<Invite>, StoreError> {
    Ok(row::Entity::find_by_id(code_hash.to_vec()).one(db).await?)
}

/// Counts a try in one statement, so that tries at the same time can't pass the limit together. `false`: unknown, over, or tried too often.
pub(in crate::auth) async fn count_try(tx: &Tx, code_hash: &[u8], most: i64, now_ms: i64) -> Result<bool, StoreError> {
    let counted = row::Entity::update_many()
        .col_expr(row::Column::Tries, Expr::col(row::Column::Tries).add(1))
        .filter(row::Column::CodeHash.eq(code_hash.to_vec()))
        .filter(row::Column::Tries.lt(most))
        .filter(row::Column::ExpiresAt.gt(now_ms))
        .exec(tx)
        .await?;
    Ok(counted.rows_affected == 1)
}

/// Takes back the try of somebody who had it right: only wrong ones count.
pub(in crate::auth) async fn forgive_try(tx: &Tx, code_hash: &[u8]) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::Tries, Expr::col(row::Column::Tries).sub(1))
        .filter(row::Column::CodeHash.eq(code_hash.to_vec()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Marks an invite as used, for a phone with its key.
pub(in crate::auth) async fn finish_invite(
    tx: &Tx,
    code_hash: &[u8],
    device: Option<(Uuid, Vec<u8>)>,
    now_ms: i64,
) -> Result<(), StoreError> {
    let (device, key) = device.unzip();
    row::Entity::update_many()
        .col_expr(row::Column::UsedAt, Expr::value(now_ms))
        .col_expr(row::Column::DeviceId, Expr::value(device))
        .col_expr(row::Column::DeviceKey, Expr::value(key))
        .filter(row::Column::CodeHash.eq(code_hash.to_vec()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends every unused invite of somebody.
pub(in crate::auth) async fn end_invites_of(tx: &Tx, programme: Uuid, worker: Uuid, now_ms: i64) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::ExpiresAt, Expr::value(now_ms))
        .filter(row::Column::ProgrammeId.eq(programme))
        .filter(row::Column::WorkerId.eq(worker))
        .filter(row::Column::ExpiresAt.gt(now_ms))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends every unused invite of every programme, whatever the clock says.
pub(in crate::auth) async fn end_invites(tx: &Tx) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::ExpiresAt, Expr::col(row::Column::CreatedAt))
        .filter(row::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes invites that ended before an instant.
pub(in crate::auth) async fn sweep_invites(tx: &Tx, ended_before: i64) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::ExpiresAt.lt(ended_before))
        .exec(tx)
        .await?;
    Ok(())
}
