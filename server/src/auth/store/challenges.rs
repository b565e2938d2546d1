//! Nonces that wait for their answer. The table makes them single use across servers.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::db::{StoreError, Tx};
use crate::entity::challenge;

/// Stores a nonce.
pub(in crate::auth) async fn insert_challenge(tx: &Tx, nonce: &[u8], expires_at: i64) -> Result<(), StoreError> {
    let row = challenge::ActiveModel {
        nonce: Set(nonce.to_vec()),
        expires_at: Set(expires_at),
    };
    challenge::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Takes a nonce out; `false` when it is unknown, used or over.
pub(in crate::auth) async fn take_challenge(tx: &Tx, nonce: &[u8], now_ms: i64) -> Result<bool, StoreError> {
    let taken = challenge::Entity::delete_many()
        .filter(challenge::Column::Nonce.eq(nonce.to_vec()))
        .filter(challenge::Column::ExpiresAt.gt(now_ms))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Removes nonces that are over.
pub(in crate::auth) async fn sweep_challenges(tx: &Tx, now_ms: i64) -> Result<(), StoreError> {
    challenge::Entity::delete_many()
        .filter(challenge::Column::ExpiresAt.lte(now_ms))
        .exec(tx)
        .await?;
    Ok(())
}
