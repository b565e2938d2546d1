//! Rows of sessions, log-ins, invites, challenges and script tokens. All but the last are directory tables: they are looked up before the
//! programme is known.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::db::StoreError;
use crate::entity::{script_token, staff_session};

/// A session as stored.
pub(super) type Session = staff_session::Model;

/// The session of a token's hash.
pub(super) async fn session(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<Session>, StoreError> {
    Ok(staff_session::Entity::find_by_id(hash.to_vec()).one(db).await?)
}

/// Notes a session's last request.
pub(super) async fn note_session(tx: &DatabaseTransaction, hash: &[u8], now_ms: i64) -> Result<(), StoreError> {
    staff_session::Entity::update_many()
        .col_expr(staff_session::Column::SeenAt, Expr::value(now_ms))
        .filter(staff_session::Column::TokenHash.eq(hash.to_vec()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether a script's token is known and not revoked.
pub(super) async fn script_is_live(db: &impl ConnectionTrait, programme: Uuid, jti: Uuid) -> Result<bool, StoreError> {
    let row = script_token::Entity::find_by_id((programme, jti)).one(db).await?;
    Ok(row.is_some_and(|row| row.revoked_at.is_none()))
}
