//! The op log, quarantine and receipts.

use std::collections::HashMap;

use rounds_shared::sync::OpCode;
use sea_orm::sea_query::{Expr, ExprTrait, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::db::{StoreError, Taken, chunks, insert};
use crate::entity::{op, quarantine, receipt, record};
use crate::programmes::Lock;
use crate::sync::apply::{Fresh, Incoming, Tally};
use crate::sync::read::Quarantined;

use super::waiting::{RELEASED, WAITING};

/// What is stored under some ids already.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Digest and sequence number of ops in the log.
    pub logged: HashMap<Uuid, (Vec<u8>, i64)>,
    /// Ops in quarantine, by id and digest.
    pub held: HashMap<(Uuid, Vec<u8>), KnownHeld>,
}

/// An op that is in quarantine already.
#[derive(Debug, Clone)]
pub(crate) struct KnownHeld {
    /// Why.
    pub reason: String,
    /// Under which sequence number.
    pub seq: i64,
    /// Its number on its phone; 0 when that is not believed.
    pub dseq: i64,
}

/// The known ones among some ops.
pub(crate) async fn known(tx: &DatabaseTransaction, programme: Uuid, ids: &[Uuid]) -> Result<Known, StoreError> {
    let mut known = Known::default();
    for part in chunks(ids, 2) {
        let mut logged = op::Entity::find()
            .select_only()
            .columns([op::Column::Id, op::Column::Digest, op::Column::Seq, op::Column::Dseq])
            .column_as(Expr::value(None::<String>), "reason")
            .filter(op::Column::ProgrammeId.eq(programme))
            .filter(op::Column::Id.is_in(part.iter().copied()))
            .into_query();
        let held = quarantine::Entity::find()
            .select_only()
            .columns([quarantine::Column::OpId, quarantine::Column::Digest])
            .columns([quarantine::Column::Seq, quarantine::Column::Dseq])
            .column(quarantine::Column::Reason)
            .filter(quarantine::Column::ProgrammeId.eq(programme))
            .filter(quarantine::Column::OpId.is_in(part.iter().copied()))
            // What was released is in the log.
            .filter(quarantine::Column::Status.ne(RELEASED))
            .into_query();
        for row in tx.query_all(logged.union(UnionType::All, held)).await? {
            let (id, digest, seq, dseq, reason): (Uuid, Vec<u8>, i64, i64, Option<String>) = row.try_get_many_by_index()?;
            match reason {
                None => {
                    known.logged.insert(id, (digest, seq));
                }
                Some(reason) => {
                    known.held.insert((id, digest), KnownHeld { reason, seq, dseq });
                }
            }
        }
    }
    Ok(known)
}

/// Ops of some records: a record's first op has its id and is found by the primary key, the later ones by their own index.
pub(super) fn of_records(records: impl Iterator<Item = Uuid> + Clone) -> Condition {
    Condition::any()
        .add(op::Column::Id.is_in(records.clone()).and(is_first()))
        .add(op::Column::RecordId.is_in(records).and(is_first().not()))
}

/// Whether an op is its record's first: it has the record's id. The index of the others holds exactly those that are not.
pub(super) fn is_first() -> Expr {
    Expr::col(op::Column::RecordId).eq(Expr::col(op::Column::Id))
}

/// Revisions that records have in the log, with the ops that claim them.
pub(crate) async fn revisions(tx: &DatabaseTransaction, programme: Uuid, records: &[Uuid]) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let mut found = Vec::new();
    for part in chunks(records, 1) {
        let rows: Vec<(Uuid, i64)> = op::Entity::find()
            .select_only()
            .columns([op::Column::RecordId, op::Column::Rev])
            .filter(op::Column::ProgrammeId.eq(programme))
            .filter(of_records(part.iter().copied()))
            .into_tuple()
            .all(tx)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Writes new ops into the log.
pub(crate) async fn insert_ops(tx: &DatabaseTransaction, programme: Uuid, fresh: &[Fresh]) -> Result<(), StoreError> {
    let rows: Vec<op::Model> = fresh
        .iter()
        .map(|f| op::Model {
            programme_id: programme,
            id: f.step.op,
            seq: f.step.seq,
            record_id: f.record,
            rev: f.step.rev,
            void: f.step.put.is_none(),
            device_id: f.step.device,
            dseq: f.dseq,
            author_id: f.step.author,
            by_supervisor: f.step.by_supervisor,
            kid: f.kid.clone(),
            digest: f.digest.to_vec(),
            hdr: f.hdr.clone(),
            ek: f.ek.clone(),
            ct: f.ct.clone(),
            code_state: f.step.code.number(),
            person: f.step.code.person(),
            received_at: f.step.received_at,
        })
        .collect();
    insert(tx, &rows, Taken::Stays).await
}

/// Stores raw ops for the supervisor, each with the phone that brought it.
pub(crate) async fn insert_quarantine(
    tx: &DatabaseTransaction,
    lock: &Lock,
    held: Vec<(Incoming, Quarantined, Uuid)>,
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(held.len());
    for (op, why, carrier) in held {
        rows.push(quarantine::Model {
            programme_id: lock.programme,
            op_id: op.op,
            digest: op.digest.to_vec(),
            seq: lock.seq,
            carrier_id: carrier,
            device_id: op.device,
            dseq: op.dseq,
            author_id: op.author,
            record_id: op.record,
            reason: why.reason.to_owned(),
            errors: serde_json::to_string(&why.errors).map_err(|e| StoreError::corrupt("quarantine", e))?,
            size: op.size(),
            hdr: op.hdr,
            ek: op.ek,
            ct: op.ct,
            status: WAITING.to_owned(),
            settled_seq: None,
            received_at: lock.now_ms,
        });
    }
    insert(tx, &rows, Taken::Stays).await
}

/// Notes the number of an op that another phone had brought before its own did.
pub(crate) async fn believe(tx: &DatabaseTransaction, programme: Uuid, op: &Incoming) -> Result<(), StoreError> {
    quarantine::Entity::update_many()
        .col_expr(quarantine::Column::Dseq, Expr::value(op.dseq))
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::OpId.eq(op.op))
        .filter(quarantine::Column::Digest.eq(op.digest.to_vec()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Ops and bytes that a phone has brought and that wait in quarantine.
pub(crate) async fn quarantine_load(tx: &DatabaseTransaction, programme: Uuid, carrier: Uuid) -> Result<(i64, i64), StoreError> {
    let sizes: Vec<i64> = quarantine::Entity::find()
        .select_only()
        .column(quarantine::Column::Size)
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::CarrierId.eq(carrier))
        .filter(quarantine::Column::Status.eq(WAITING))
        .into_tuple()
        .all(tx)
        .await?;
    Ok((i64::try_from(sizes.len()).unwrap_or(i64::MAX), sizes.iter().sum()))
}

/// Notes that a batch was taken, also one that changed nothing: under replication an answer that only read could be a false one.
pub(crate) async fn insert_receipt(
    tx: &DatabaseTransaction,
    lock: &Lock,
    device: Uuid,
    batch: Uuid,
    tally: &Tally,
) -> Result<(), StoreError> {
    let row = receipt::Model {
        programme_id: lock.programme,
        seq: lock.seq,
        device_id: device,
        batch_id: batch,
        accepted: tally.count(OpCode::Accepted),
        duplicate: tally.count(OpCode::Duplicate),
        superseded: tally.count(OpCode::Superseded),
        quarantined: tally.count(OpCode::Quarantined),
        received_at: lock.now_ms,
    };
    insert(tx, &[row], Taken::Fails).await
}

/// A device's ops whose record changed after a cursor: op, whether it is the head now, whether the head is a supervisor's.
pub(crate) async fn fates(
    db: &impl ConnectionTrait,
    programme: Uuid,
    device: Uuid,
    after: i64,
) -> Result<Vec<(Uuid, bool, bool)>, StoreError> {
    let changed: Vec<(Uuid, Uuid, bool)> = record::Entity::find()
        .select_only()
        .columns([record::Column::Id, record::Column::HeadOp, record::Column::BySupervisor])
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::BySupervisor.eq(true))
        // What was imported has one op, which no phone made.
        .filter(record::Column::HeadRev.gt(1).or(record::Column::Conflict.eq(true)))
        .filter(record::Column::Seq.gt(after))
        .order_by_asc(record::Column::Seq)
        .into_tuple()
        .all(db)
        .await?;
    let mut fates = Vec::new();
    for part in chunks(&changed, 1) {
        let ops: Vec<(Uuid, Uuid)> = op::Entity::find()
            .select_only()
            .columns([op::Column::Id, op::Column::RecordId])
            .filter(op::Column::ProgrammeId.eq(programme))
            .filter(of_records(part.iter().map(|(id, ..)| *id)))
            .filter(op::Column::DeviceId.eq(device))
            .into_tuple()
            .all(db)
            .await?;
        for (id, record) in ops {
            if let Some((_, head, by_supervisor)) = part.iter().find(|(r, ..)| *r == record) {
                fates.push((id, *head == id, *by_supervisor));
            }
        }
    }
    Ok(fates)
}
