//! Tokens of scripts, for listing and revocation. The tokens themselves are nowhere.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::{StoreError, Tx};
use crate::entity::script_token;

/// A script's token as stored.
pub(in crate::auth) type Script = script_token::Model;

/// Whether a script's token is known and not revoked.
pub(in crate::auth) async fn script_is_live(db: &impl ConnectionTrait, programme: Uuid, jti: Uuid) -> Result<bool, StoreError> {
    let row = script_token::Entity::find_by_id((programme, jti)).one(db).await?;
    Ok(row.is_some_and(|row| row.revoked_at.is_none()))
}

/// Stores a token's entry.
pub(in crate::auth) async fn insert_script(tx: &Tx, script: Script) -> Result<(), StoreError> {
    script_token::Entity::insert(script.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Every token of a programme, newest first.
pub(in crate::auth) async fn scripts(db: &impl ConnectionTrait, programme: Uuid) -> Result<Vec<Script>, StoreError> {
    Ok(script_token::Entity::find()
        .filter(script_token::Column::ProgrammeId.eq(programme))
        .order_by_desc(script_token::Column::CreatedAt)
        .order_by_asc(script_token::Column::Jti)
        .all(db)
        .await?)
}

/// Revokes a token; `false` when it is unknown or revoked already.
pub(in crate::auth) async fn revoke_script(tx: &Tx, programme: Uuid, jti: Uuid, now_ms: i64) -> Result<bool, StoreError> {
    let revoked = script_token::Entity::update_many()
        .col_expr(script_token::Column::RevokedAt, Expr::value(now_ms))
        .filter(script_token::Column::ProgrammeId.eq(programme))
        .filter(script_token::Column::Jti.eq(jti))
        .filter(script_token::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(revoked.rows_affected == 1)
}
