//! Quarantine: its list, single ops with their bytes, and what became of them.

use std::collections::HashMap;

use rounds_shared::ids::OpId;
use rounds_shared::sync::{FieldError, OpCode, OpFate};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::{StoreError, chunks};
use crate::entity::{device, quarantine, record};
use crate::people::Reach;
use crate::programmes::Lock;

/// Ops that are listed at most.
const LIST: u64 = 500;
/// Status of an op that nobody has dealt with.
pub(crate) const WAITING: &str = "waiting";
/// Status of an op that was taken after all; it is in the log too.
pub(crate) const RELEASED: &str = "released";
/// Status of an op in whose place a supervisor stated the record.
pub(crate) const REPAIRED: &str = "repaired";
/// Status of an op that was set aside.
pub(crate) const DISCARDED: &str = "discarded";

/// An op that waits, without its bytes.
#[derive(Debug, Clone)]
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
    pub status: String,
}

impl Waiting {
    /// Whether it is somebody's business: the author or whose phone it is.
    pub(crate) fn is_within(&self, reach: &Reach) -> bool {
        reach.covers(self.author) || self.enrolled_for.is_some_and(|id| reach.covers(id))
    }
}

/// An op with its bytes as they came.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub waiting: Waiting,
    pub digest: Vec<u8>,
    pub record: Uuid,
    pub seq: i64,
    pub hdr: Vec<u8>,
    pub ek: Vec<u8>,
    pub ct: Vec<u8>,
}

type Row = (Uuid, Uuid, i64, Uuid, String, String, i64, String);

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
            quarantine::Column::Status,
        ])
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::Status.eq(WAITING))
        .order_by_desc(quarantine::Column::Seq)
        .order_by_desc(quarantine::Column::OpId)
        .limit(LIST)
        .into_tuple()
        .all(db)
        .await?;
    let owners = owners(db, programme).await?;
    rows.into_iter()
        .map(|(op, device, dseq, author, reason, errors, received_at, status)| {
            Ok(Waiting {
                op,
                device,
                dseq,
                author,
                enrolled_for: owners.get(&device).copied(),
                reason,
                errors: errors_of(&errors)?,
                received_at,
                status,
            })
        })
        .collect()
}

fn errors_of(text: &str) -> Result<Vec<FieldError>, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::corrupt("quarantine", e))
}

/// Whose phones they are.
async fn owners(db: &impl ConnectionTrait, programme: Uuid) -> Result<HashMap<Uuid, Uuid>, StoreError> {
    Ok(device::Entity::find()
        .select_only()
        .columns([device::Column::Id, device::Column::EnrolledFor])
        .filter(device::Column::ProgrammeId.eq(programme))
        .into_tuple::<(Uuid, Uuid)>()
        .all(db)
        .await?
        .into_iter()
        .collect())
}

fn held_row(row: quarantine::Model, owners: &HashMap<Uuid, Uuid>) -> Result<Held, StoreError> {
    Ok(Held {
        waiting: Waiting {
            op: row.op_id,
            device: row.device_id,
            dseq: row.dseq,
            author: row.author_id,
            enrolled_for: owners.get(&row.device_id).copied(),
            errors: errors_of(&row.errors)?,
            reason: row.reason,
            received_at: row.received_at,
            status: row.status,
        },
        digest: row.digest,
        record: row.record_id,
        seq: row.seq,
        hdr: row.hdr,
        ek: row.ek,
        ct: row.ct,
    })
}

/// An op by its id, one that still waits before one that was dealt with.
pub(crate) async fn held(db: &impl ConnectionTrait, programme: Uuid, op: Uuid) -> Result<Option<Held>, StoreError> {
    let rows = quarantine::Entity::find()
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::OpId.eq(op))
        .order_by_asc(quarantine::Column::Seq)
        .all(db)
        .await?;
    let owners = owners(db, programme).await?;
    let mut rows: Vec<Held> = rows.into_iter().map(|row| held_row(row, &owners)).collect::<Result<_, _>>()?;
    let first = rows.iter().position(|row| row.waiting.status == WAITING).unwrap_or(0);
    Ok((first < rows.len()).then(|| rows.swap_remove(first)))
}

/// Ops that wait for some reasons, after a sequence number, in order of arrival.
pub(crate) async fn held_for(
    db: &impl ConnectionTrait,
    programme: Uuid,
    reasons: &[&str],
    after: (i64, Uuid),
    most: u64,
) -> Result<Vec<Held>, StoreError> {
    let rows = quarantine::Entity::find()
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::Status.eq(WAITING))
        .filter(quarantine::Column::Reason.is_in(reasons.iter().copied()))
        .filter(
            Condition::any().add(quarantine::Column::Seq.gt(after.0)).add(
                Condition::all()
                    .add(quarantine::Column::Seq.eq(after.0))
                    .add(quarantine::Column::OpId.gt(after.1)),
            ),
        )
        .order_by_asc(quarantine::Column::Seq)
        .order_by_asc(quarantine::Column::OpId)
        .limit(most)
        .all(db)
        .await?;
    let none = HashMap::new();
    rows.into_iter().map(|row| held_row(row, &none)).collect()
}

/// Notes what became of a waiting op. False when somebody has dealt with it before.
pub(crate) async fn settle(tx: &DatabaseTransaction, lock: &Lock, held: &Held, status: &str) -> Result<bool, StoreError> {
    let done = quarantine::Entity::update_many()
        .col_expr(quarantine::Column::Status, Expr::value(status))
        .col_expr(quarantine::Column::SettledSeq, Expr::value(lock.seq))
        .filter(quarantine::Column::ProgrammeId.eq(lock.programme))
        .filter(quarantine::Column::OpId.eq(held.waiting.op))
        .filter(quarantine::Column::Digest.eq(held.digest.clone()))
        .filter(quarantine::Column::Status.eq(WAITING))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// What became of a device's quarantined ops after a cursor.
pub(crate) async fn settled(db: &impl ConnectionTrait, programme: Uuid, device: Uuid, after: i64) -> Result<Vec<OpFate>, StoreError> {
    let rows: Vec<(Uuid, Uuid, String)> = quarantine::Entity::find()
        .select_only()
        .columns([quarantine::Column::OpId, quarantine::Column::RecordId, quarantine::Column::Status])
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::DeviceId.eq(device))
        .filter(quarantine::Column::SettledSeq.gt(after))
        .into_tuple()
        .all(db)
        .await?;
    let records: Vec<Uuid> = rows
        .iter()
        .filter(|(.., status)| status == RELEASED)
        .map(|(_, id, _)| *id)
        .collect();
    let mut heads: HashMap<Uuid, (Uuid, bool)> = HashMap::new();
    for part in chunks(&records, 1) {
        let found: Vec<(Uuid, Uuid, bool)> = record::Entity::find()
            .select_only()
            .columns([record::Column::Id, record::Column::HeadOp, record::Column::BySupervisor])
            .filter(record::Column::ProgrammeId.eq(programme))
            .filter(record::Column::Id.is_in(part.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        heads.extend(found.into_iter().map(|(id, head, by)| (id, (head, by))));
    }
    let fate = |(op, record, status): (Uuid, Uuid, String)| {
        // A supervisor's statement stands in the place of what was repaired or set aside.
        let (is_head, by_supervisor) = match heads.get(&record) {
            Some((head, by)) if status == RELEASED => (*head == op, *by),
            _ => (false, true),
        };
        OpFate {
            op: OpId(op),
            code: if is_head { OpCode::Accepted } else { OpCode::Superseded },
            by_supervisor: by_supervisor && !is_head,
        }
    };
    Ok(rows.into_iter().map(fate).collect())
}
