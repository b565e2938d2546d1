//! The op log, quarantine and receipts.

use std::collections::HashMap;

use rounds_shared::sync::OpCode;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use uuid::Uuid;

use crate::db::{StoreError, chunks};
use crate::entity::{op, programme, quarantine, receipt, record};
use crate::programmes::Lock;
use crate::sync::apply::{Fresh, Incoming, Tally};
use crate::sync::read::Quarantined;

/// Digest and sequence number of the known ones among some ops.
pub(crate) async fn known_ops(
    tx: &DatabaseTransaction,
    programme: Uuid,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, (Vec<u8>, i64)>, StoreError> {
    let mut known = HashMap::new();
    for part in chunks(ids, 1) {
        let rows: Vec<(Uuid, Vec<u8>, i64)> = op::Entity::find()
            .select_only()
            .columns([op::Column::Id, op::Column::Digest, op::Column::Seq])
            .filter(op::Column::ProgrammeId.eq(programme))
            .filter(op::Column::Id.is_in(part.iter().copied()))
            .into_tuple()
            .all(tx)
            .await?;
        known.extend(rows.into_iter().map(|(id, digest, seq)| (id, (digest, seq))));
    }
    Ok(known)
}

/// Reason and sequence number of the quarantined ones among some ops, by id and digest.
pub(crate) async fn known_quarantined(
    tx: &DatabaseTransaction,
    programme: Uuid,
    ids: &[Uuid],
) -> Result<HashMap<(Uuid, Vec<u8>), (String, i64)>, StoreError> {
    let mut known = HashMap::new();
    for part in chunks(ids, 1) {
        let rows: Vec<(Uuid, Vec<u8>, String, i64)> = quarantine::Entity::find()
            .select_only()
            .columns([
                quarantine::Column::OpId,
                quarantine::Column::Digest,
                quarantine::Column::Reason,
                quarantine::Column::Seq,
            ])
            .filter(quarantine::Column::ProgrammeId.eq(programme))
            .filter(quarantine::Column::OpId.is_in(part.iter().copied()))
            .into_tuple()
            .all(tx)
            .await?;
        known.extend(rows.into_iter().map(|(id, digest, reason, seq)| ((id, digest), (reason, seq))));
    }
    Ok(known)
}

/// Revisions that records have in the log, with the ops that claim them.
pub(crate) async fn revisions(tx: &DatabaseTransaction, programme: Uuid, records: &[Uuid]) -> Result<Vec<(Uuid, i64)>, StoreError> {
    let mut found = Vec::new();
    for part in chunks(records, 1) {
        let rows: Vec<(Uuid, i64)> = op::Entity::find()
            .select_only()
            .columns([op::Column::RecordId, op::Column::Rev])
            .filter(op::Column::ProgrammeId.eq(programme))
            .filter(op::Column::RecordId.is_in(part.iter().copied()))
            .into_tuple()
            .all(tx)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Writes new ops into the log.
pub(crate) async fn insert_ops(tx: &DatabaseTransaction, programme: Uuid, fresh: &[Fresh]) -> Result<(), StoreError> {
    let rows: Vec<op::ActiveModel> = fresh
        .iter()
        .map(|f| op::ActiveModel {
            programme_id: Set(programme),
            id: Set(f.step.op),
            seq: Set(f.step.seq),
            record_id: Set(f.record),
            rev: Set(f.step.rev),
            void: Set(f.step.put.is_none()),
            device_id: Set(f.step.device),
            dseq: Set(f.dseq),
            author_id: Set(f.step.author),
            by_supervisor: Set(f.step.by_supervisor),
            kid: Set(f.kid.clone()),
            digest: Set(f.digest.to_vec()),
            hdr: Set(f.hdr.clone()),
            ek: Set(f.ek.clone()),
            ct: Set(f.ct.clone()),
            code_state: Set(f.step.code.number()),
            person: Set(f.step.code.person()),
            received_at: Set(f.step.received_at),
        })
        .collect();
    for part in chunks(&rows, 18) {
        op::Entity::insert_many(part.to_vec())
            .on_conflict(
                OnConflict::columns([op::Column::ProgrammeId, op::Column::Id])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Stores raw ops for the supervisor.
pub(crate) async fn insert_quarantine(tx: &DatabaseTransaction, lock: &Lock, held: Vec<(Incoming, Quarantined)>) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(held.len());
    for (op, why) in held {
        rows.push(quarantine::ActiveModel {
            programme_id: Set(lock.programme),
            op_id: Set(op.op),
            digest: Set(op.digest.to_vec()),
            seq: Set(lock.seq),
            device_id: Set(op.device),
            dseq: Set(op.dseq),
            author_id: Set(op.author),
            record_id: Set(op.record),
            reason: Set(why.reason.to_owned()),
            errors: Set(serde_json::to_string(&why.errors).map_err(|e| StoreError::corrupt("quarantine", e))?),
            size: Set(op.size()),
            hdr: Set(op.hdr),
            ek: Set(op.ek),
            ct: Set(op.ct),
            status: Set("waiting".to_owned()),
            received_at: Set(lock.now_ms),
        });
    }
    for part in chunks(&rows, 16) {
        quarantine::Entity::insert_many(part.to_vec())
            .on_conflict(
                OnConflict::columns([
                    quarantine::Column::ProgrammeId,
                    quarantine::Column::OpId,
                    quarantine::Column::Digest,
                ])
                .do_nothing()
                .to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Ops and bytes of a device that wait in quarantine.
pub(crate) async fn quarantine_load(tx: &DatabaseTransaction, programme: Uuid, device: Uuid) -> Result<(i64, i64), StoreError> {
    let sizes: Vec<i64> = quarantine::Entity::find()
        .select_only()
        .column(quarantine::Column::Size)
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::DeviceId.eq(device))
        .filter(quarantine::Column::Status.eq("waiting"))
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
    let row = receipt::ActiveModel {
        programme_id: Set(lock.programme),
        seq: Set(lock.seq),
        device_id: Set(device),
        batch_id: Set(batch),
        accepted: Set(tally.count(OpCode::Accepted)),
        duplicate: Set(tally.count(OpCode::Duplicate)),
        superseded: Set(tally.count(OpCode::Superseded)),
        quarantined: Set(tally.count(OpCode::Quarantined)),
        received_at: Set(lock.now_ms),
    };
    receipt::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Starts a new epoch: the database was put back to an older state under the phones.
pub(crate) async fn new_epoch(tx: &DatabaseTransaction, programme: Uuid, epoch: Uuid) -> Result<(), StoreError> {
    programme::Entity::update_many()
        .col_expr(programme::Column::Epoch, Expr::value(epoch))
        .filter(programme::Column::Id.eq(programme))
        .exec(tx)
        .await?;
    Ok(())
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
        .filter(record::Column::Seq.gt(after))
        .order_by_asc(record::Column::Seq)
        .limit(2000)
        .into_tuple()
        .all(db)
        .await?;
    let mut fates = Vec::new();
    for part in chunks(&changed, 1) {
        let ops: Vec<(Uuid, Uuid)> = op::Entity::find()
            .select_only()
            .columns([op::Column::Id, op::Column::RecordId])
            .filter(op::Column::ProgrammeId.eq(programme))
            .filter(op::Column::RecordId.is_in(part.iter().map(|(id, ..)| *id)))
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
