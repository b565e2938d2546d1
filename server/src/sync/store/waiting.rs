//! Quarantine: its list, single ops with their bytes, and what became of them.

use std::collections::{BTreeSet, HashMap};

use rounds_shared::ids::OpId;
use rounds_shared::sync::{FieldError, OpCode, OpFate};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::db::{StoreError, chunks};
use crate::entity::{device, op, quarantine, record, worker};
use crate::people::Reach;
use crate::programmes::Lock;

use super::key::{Key, Place};

/// Status of an op that nobody has dealt with.
pub(crate) const WAITING: &str = "waiting";
/// Status of an op that was taken after all; it is in the log too.
pub(crate) const RELEASED: &str = "released";
/// Status of an op in whose place a supervisor stated the record.
pub(crate) const REPAIRED: &str = "repaired";
/// Status of an op that was set aside.
pub(crate) const DISCARDED: &str = "discarded";
/// Reason of an op whose id another one has.
pub(crate) const ID_CONFLICT: &str = "id_conflict";

/// An op with its bytes as they came.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub key: Key,
    pub device: Uuid,
    pub dseq: i64,
    pub author: Uuid,
    /// Whose phone it is, if the device is known.
    pub enrolled_for: Option<Uuid>,
    pub record: Uuid,
    pub reason: String,
    pub errors: Vec<FieldError>,
    pub received_at: i64,
    pub status: String,
    pub seq: i64,
    pub hdr: Vec<u8>,
    pub ek: Vec<u8>,
    pub ct: Vec<u8>,
}

impl Held {
    /// Where it stands.
    pub(crate) fn place(&self) -> Place {
        Place {
            seq: self.seq,
            key: self.key.clone(),
        }
    }
}

/// Whose business an op is: that of the author's supervisor, or, where nobody of the programme has the author's id, of the supervisor of
/// whoever the phone was enrolled for. A phone that two teams share shows neither what the other recorded.
fn within(programme: Uuid, reach: &Reach) -> Condition {
    let Reach::Team(team) = reach else { return Condition::all() };
    let phones = device::Entity::find()
        .select_only()
        .column(device::Column::Id)
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::EnrolledFor.is_in(team.iter().copied()))
        .into_query();
    let people = worker::Entity::find()
        .select_only()
        .column(worker::Column::Id)
        .filter(worker::Column::ProgrammeId.eq(programme))
        .into_query();
    let nobodys = Condition::all()
        .add(quarantine::Column::CarrierId.in_subquery(phones))
        .add(quarantine::Column::AuthorId.not_in_subquery(people));
    Condition::any()
        .add(quarantine::Column::AuthorId.is_in(team.iter().copied()))
        .add(nobodys)
}

/// Waiting ops in reach, newest first, from the beginning or after a place.
pub(crate) async fn waiting(
    db: &impl ConnectionTrait,
    programme: Uuid,
    reach: &Reach,
    after: Option<&Place>,
    most: u64,
) -> Result<Vec<Held>, StoreError> {
    let mut query = quarantine::Entity::find()
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::Status.eq(WAITING))
        .filter(within(programme, reach));
    if let Some(after) = after {
        query = query.filter(Place::column().lt(after.value()));
    }
    let rows = query
        .order_by_desc(quarantine::Column::Seq)
        .order_by_desc(quarantine::Column::OpId)
        .order_by_desc(quarantine::Column::Digest)
        .limit(most)
        .all(db)
        .await?;
    with_owners(db, programme, rows).await
}

/// An op in reach, whatever became of it.
pub(crate) async fn held(db: &impl ConnectionTrait, programme: Uuid, reach: &Reach, key: &Key) -> Result<Option<Held>, StoreError> {
    let row = quarantine::Entity::find_by_id((programme, key.op, key.digest.clone()))
        .filter(within(programme, reach))
        .one(db)
        .await?;
    Ok(with_owners(db, programme, row.into_iter().collect()).await?.pop())
}

/// Ops that wait for some reasons, after a place, in order of arrival.
pub(crate) async fn held_for(
    db: &impl ConnectionTrait,
    programme: Uuid,
    reasons: &[&str],
    after: &Place,
    most: u64,
) -> Result<Vec<Held>, StoreError> {
    let rows = quarantine::Entity::find()
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::Status.eq(WAITING))
        .filter(quarantine::Column::Reason.is_in(reasons.iter().copied()))
        .filter(Place::column().gt(after.value()))
        .order_by_asc(quarantine::Column::Seq)
        .order_by_asc(quarantine::Column::OpId)
        .order_by_asc(quarantine::Column::Digest)
        .limit(most)
        .all(db)
        .await?;
    with_owners(db, programme, rows).await
}

/// Rows with whose phones they came from.
async fn with_owners(db: &impl ConnectionTrait, programme: Uuid, rows: Vec<quarantine::Model>) -> Result<Vec<Held>, StoreError> {
    let devices: Vec<Uuid> = rows.iter().map(|row| row.carrier_id).collect::<BTreeSet<_>>().into_iter().collect();
    let mut owners: HashMap<Uuid, Uuid> = HashMap::new();
    for part in chunks(&devices, 1) {
        let found: Vec<(Uuid, Uuid)> = device::Entity::find()
            .select_only()
            .columns([device::Column::Id, device::Column::EnrolledFor])
            .filter(device::Column::ProgrammeId.eq(programme))
            .filter(device::Column::Id.is_in(part.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        owners.extend(found);
    }
    rows.into_iter().map(|row| from_row(row, &owners)).collect()
}

fn from_row(row: quarantine::Model, owners: &HashMap<Uuid, Uuid>) -> Result<Held, StoreError> {
    Ok(Held {
        key: Key {
            op: row.op_id,
            digest: row.digest,
        },
        device: row.device_id,
        dseq: row.dseq,
        author: row.author_id,
        enrolled_for: owners.get(&row.carrier_id).copied(),
        record: row.record_id,
        reason: row.reason,
        errors: serde_json::from_str(&row.errors).map_err(|e| StoreError::corrupt("quarantine", e))?,
        received_at: row.received_at,
        status: row.status,
        seq: row.seq,
        hdr: row.hdr,
        ek: row.ek,
        ct: row.ct,
    })
}

/// Record of what was taken under the id of a waiting op with other bytes: an op of the log, or one in whose place a record was stated.
pub(crate) async fn rival(tx: &DatabaseTransaction, programme: Uuid, held: &Held) -> Result<Option<Uuid>, StoreError> {
    let logged: Option<Uuid> = op::Entity::find_by_id((programme, held.key.op))
        .select_only()
        .column(op::Column::RecordId)
        .filter(op::Column::Digest.ne(held.key.digest.clone()))
        .into_tuple()
        .one(tx)
        .await?;
    if logged.is_some() {
        return Ok(logged);
    }
    Ok(quarantine::Entity::find()
        .select_only()
        .column(quarantine::Column::RecordId)
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::OpId.eq(held.key.op))
        .filter(quarantine::Column::Digest.ne(held.key.digest.clone()))
        .filter(quarantine::Column::Status.eq(REPAIRED))
        .into_tuple()
        .one(tx)
        .await?)
}

/// An op that still waits.
fn waits(programme: Uuid, key: &Key) -> Condition {
    Condition::all()
        .add(quarantine::Column::ProgrammeId.eq(programme))
        .add(quarantine::Column::OpId.eq(key.op))
        .add(quarantine::Column::Digest.eq(key.digest.clone()))
        .add(quarantine::Column::Status.eq(WAITING))
}

/// Notes that a waiting op can't be taken because another one has its id. False when somebody has dealt with it before.
pub(crate) async fn note_conflict(tx: &DatabaseTransaction, programme: Uuid, key: &Key) -> Result<bool, StoreError> {
    let done = quarantine::Entity::update_many()
        .col_expr(quarantine::Column::Reason, Expr::value(ID_CONFLICT))
        .col_expr(quarantine::Column::Errors, Expr::value("[]"))
        .filter(waits(programme, key))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes what became of a waiting op. False when somebody has dealt with it before.
pub(crate) async fn settle(tx: &DatabaseTransaction, lock: &Lock, key: &Key, status: &str) -> Result<bool, StoreError> {
    let done = quarantine::Entity::update_many()
        .col_expr(quarantine::Column::Status, Expr::value(status))
        .col_expr(quarantine::Column::SettledSeq, Expr::value(lock.seq))
        .filter(waits(lock.programme, key))
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
