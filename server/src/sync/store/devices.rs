//! What has arrived from a device.

use std::collections::BTreeMap;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::db::StoreError;
use crate::entity::device;
use crate::sync::ranges::{self, Ranges};

/// Numbers of a device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct DeviceProgress {
    /// Greatest number known to be used.
    pub high: i64,
    /// What has arrived.
    pub received: Ranges,
}

/// Progress of some devices of a programme; unknown ones are left out.
pub(crate) async fn progress(
    tx: &DatabaseTransaction,
    programme: Uuid,
    devices: &[Uuid],
) -> Result<BTreeMap<Uuid, DeviceProgress>, StoreError> {
    let rows: Vec<(Uuid, i64, String)> = device::Entity::find()
        .select_only()
        .columns([device::Column::Id, device::Column::DseqHigh, device::Column::Received])
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::Id.is_in(devices.iter().copied()))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, high, received)| {
            (
                id,
                DeviceProgress {
                    high,
                    received: ranges::parse(&received),
                },
            )
        })
        .collect())
}

/// Writes a device's progress; for the pushing device also when it did and how far its clock is off.
pub(crate) async fn save_progress(
    tx: &DatabaseTransaction,
    programme: Uuid,
    id: Uuid,
    progress: &DeviceProgress,
    pushed: Option<(i64, i64)>,
) -> Result<(), StoreError> {
    let mut update = device::Entity::update_many()
        .col_expr(device::Column::DseqHigh, Expr::value(progress.high))
        .col_expr(device::Column::Received, Expr::value(ranges::format(&progress.received)));
    if let Some((now_ms, skew_ms)) = pushed {
        update = update
            .col_expr(device::Column::LastSeenAt, Expr::value(now_ms))
            .col_expr(device::Column::LastPushAt, Expr::value(now_ms))
            .col_expr(device::Column::ClockSkewMs, Expr::value(skew_ms));
    }
    update
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
