//! Rows of shares. Whoever changes one holds the programme's lock.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::share::Owner;
use crate::db::{StoreError, Tx};
use crate::entity::pin_share as row;

/// A share as stored.
pub(super) type Share = row::Model;

/// The share of a person on a phone.
pub(super) async fn find(tx: &Tx, owner: Owner) -> Result<Option<Share>, StoreError> {
    let key = (owner.programme, owner.device, owner.worker);
    Ok(row::Entity::find_by_id(key).one(tx).await?)
}

/// Stores a share in place of the one before.
pub(super) async fn put(tx: &Tx, share: Share) -> Result<(), StoreError> {
    let key = [row::Column::ProgrammeId, row::Column::DeviceId, row::Column::WorkerId];
    let rest = [
        row::Column::Seed,
        row::Column::Decoy,
        row::Column::ProofMac,
        row::Column::DuressMac,
        row::Column::Tries,
        row::Column::WaitUntil,
        row::Column::CreatedAt,
    ];
    row::Entity::insert(share.into_active_model())
        .on_conflict(OnConflict::columns(key).update_columns(rest).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Notes how many wrong tries there were and until when the next one has to wait.
pub(super) async fn set_tries(tx: &Tx, owner: Owner, tries: i64, wait_until: Option<i64>) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::Tries, Expr::value(tries))
        .col_expr(row::Column::WaitUntil, Expr::value(wait_until))
        .filter(row::Column::ProgrammeId.eq(owner.programme))
        .filter(row::Column::DeviceId.eq(owner.device))
        .filter(row::Column::WorkerId.eq(owner.worker))
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes the seed and leaves the rest.
pub(super) async fn drop_seed(tx: &Tx, owner: Owner) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::Seed, Expr::value(None::<Vec<u8>>))
        .filter(row::Column::ProgrammeId.eq(owner.programme))
        .filter(row::Column::DeviceId.eq(owner.device))
        .filter(row::Column::WorkerId.eq(owner.worker))
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes a share; `false` when there was none.
pub(super) async fn remove(tx: &Tx, owner: Owner) -> Result<bool, StoreError> {
    let removed = row::Entity::delete_by_id((owner.programme, owner.device, owner.worker))
        .exec(tx)
        .await?;
    Ok(removed.rows_affected == 1)
}

/// Removes every share of a programme, and says how many there were.
pub(crate) async fn remove_all(tx: &Tx, programme: Uuid) -> Result<u64, StoreError> {
    let all = row::Entity::delete_many().filter(row::Column::ProgrammeId.eq(programme));
    Ok(all.exec(tx).await?.rows_affected)
}

/// Devices and persons of the shares of a phone or of a person.
async fn of(tx: &Tx, programme: Uuid, column: row::Column, id: Uuid) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    Ok(row::Entity::find()
        .select_only()
        .columns([row::Column::DeviceId, row::Column::WorkerId])
        .filter(row::Column::ProgrammeId.eq(programme))
        .filter(column.eq(id))
        .into_tuple()
        .all(tx)
        .await?)
}

/// Shares of a phone.
pub(super) async fn of_device(tx: &Tx, programme: Uuid, device: Uuid) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    of(tx, programme, row::Column::DeviceId, device).await
}

/// Shares of a person.
pub(super) async fn of_worker(tx: &Tx, programme: Uuid, worker: Uuid) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    of(tx, programme, row::Column::WorkerId, worker).await
}
