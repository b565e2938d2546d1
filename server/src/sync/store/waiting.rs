//! Quarantine as a list.

use std::collections::HashMap;

use rounds_shared::sync::FieldError;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::StoreError;
use crate::entity::{device, quarantine};

/// Ops that are listed at most.
const LIST: u64 = 500;

/// An op that waits, without its bytes.
pub(crate) struct Waiting {
    pub op: Uuid,
    pub device: Uuid,
    pub dseq: i64,
    pub author: Uuid,
    /// Whose phone it is, if the device is known.
    pub enrolled_for: Option<Uuid>,
    pub reason: String,
    pub errors: Vec<FieldError>,
    pub received_at: i64,
}

type Row = (Uuid, Uuid, i64, Uuid, String, String, i64);

/// Waiting ops of a programme, newest first.
pub(crate) async fn waiting(db: &impl ConnectionTrait, programme: Uuid) -> Result<Vec<Waiting>, StoreError> {
    let rows: Vec<Row> = quarantine::Entity::find()
        .select_only()
        .columns([
            quarantine::Column::OpId,
            quarantine::Column::DeviceId,
            quarantine::Column::Dseq,
            quarantine::Column::AuthorId,
            quarantine::Column::Reason,
            quarantine::Column::Errors,
            quarantine::Column::ReceivedAt,
        ])
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::Status.eq("waiting"))
        .order_by_desc(quarantine::Column::Seq)
        .order_by_desc(quarantine::Column::OpId)
        .limit(LIST)
        .into_tuple()
        .all(db)
        .await?;
    let owners: HashMap<Uuid, Uuid> = device::Entity::find()
        .select_only()
        .columns([device::Column::Id, device::Column::EnrolledFor])
        .filter(device::Column::ProgrammeId.eq(programme))
        .into_tuple::<(Uuid, Uuid)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    rows.into_iter()
        .map(|(op, device, dseq, author, reason, errors, received_at)| {
            Ok(Waiting {
                op,
                device,
                dseq,
                author,
                enrolled_for: owners.get(&device).copied(),
                reason,
                errors: serde_json::from_str(&errors).map_err(|e| StoreError::corrupt("quarantine", e))?,
                received_at,
            })
        })
        .collect()
}
