//! Browser sessions, known by the hash of their token.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::db::{StoreError, Tx};
use crate::entity::staff_session;

/// A session as stored.
pub(in crate::auth) type Session = staff_session::Model;

/// The session of a token's hash.
pub(in crate::auth) async fn session(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<Session>, StoreError> {
    Ok(staff_session::Entity::find_by_id(hash.to_vec()).one(db).await?)
}

/// Stores a new session.
pub(in crate::auth) async fn insert_session(tx: &Tx, session: Session) -> Result<(), StoreError> {
    staff_session::Entity::insert(session.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Notes a session's last request.
pub(in crate::auth) async fn note_session(tx: &Tx, hash: &[u8], now_ms: i64) -> Result<(), StoreError> {
    staff_session::Entity::update_many()
        .col_expr(staff_session::Column::SeenAt, Expr::value(now_ms))
        .filter(staff_session::Column::TokenHash.eq(hash.to_vec()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends a session.
pub(in crate::auth) async fn end_session(tx: &Tx, hash: &[u8]) -> Result<(), StoreError> {
    staff_session::Entity::delete_by_id(hash.to_vec()).exec(tx).await?;
    Ok(())
}

/// Ends every session of somebody.
pub(in crate::auth) async fn end_sessions_of(tx: &Tx, programme: Uuid, worker: Uuid) -> Result<(), StoreError> {
    staff_session::Entity::delete_many()
        .filter(staff_session::Column::ProgrammeId.eq(programme))
        .filter(staff_session::Column::WorkerId.eq(worker))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ends every session of somebody but one.
pub(in crate::auth) async fn end_other_sessions(tx: &Tx, programme: Uuid, worker: Uuid, kept: &[u8]) -> Result<(), StoreError> {
    staff_session::Entity::delete_many()
        .filter(staff_session::Column::ProgrammeId.eq(programme))
        .filter(staff_session::Column::WorkerId.eq(worker))
        .filter(staff_session::Column::TokenHash.ne(kept.to_vec()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes sessions that are over, by their end or because nobody used them since an instant.
pub(in crate::auth) async fn sweep_sessions(tx: &Tx, now_ms: i64, unused_since: i64) -> Result<(), StoreError> {
    let over = Condition::any()
        .add(staff_session::Column::ExpiresAt.lte(now_ms))
        .add(staff_session::Column::SeenAt.lte(unused_since));
    staff_session::Entity::delete_many().filter(over).exec(tx).await?;
    Ok(())
}
