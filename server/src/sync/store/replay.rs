//! Reading back what is stored, to recompute and compare it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::heads::to_row;
use super::log::{is_first, of_records};
use crate::db::{StoreError, chunks};
use crate::entity::{device, op, quarantine, record, record_group, record_line, record_referral, referral_event};
use crate::sync::fold::Folded;
use crate::sync::read::CodeState;

/// A row of the log.
pub(crate) type StoredOp = op::Model;

/// A stored head, to be held against a recomputed one.
pub(crate) struct StoredHead(record::Model);

impl StoredHead {
    /// Name of the first column in which it differs. Arrival (`seq`, `received_at`) and warnings depend on when ops came.
    pub(crate) fn first_difference(&self, programme: Uuid, want: &Folded) -> Result<Option<&'static str>, StoreError> {
        Ok(first_difference(&to_row(programme, want)?, &self.0))
    }

    /// Warnings of the body that is stored, with the op that it is of.
    pub(crate) fn warnings(&self) -> Option<(Uuid, Vec<String>)> {
        self.0.put_op.zip(serde_json::from_str(&self.0.warnings).ok())
    }
}

/// Ops of the records after a record id, and the id of the last of about `limit` records; `None` when there are no more than these.
/// The log alone says where a page ends. Ops whose record's first has not come fall between the records around them.
pub(crate) async fn op_page(
    db: &impl ConnectionTrait,
    programme: Uuid,
    after: Uuid,
    limit: u64,
) -> Result<(Vec<StoredOp>, Option<Uuid>), StoreError> {
    let bound: Option<Uuid> = op::Entity::find()
        .select_only()
        .column(op::Column::Id)
        .filter(op::Column::ProgrammeId.eq(programme))
        .filter(op::Column::Id.gt(after))
        .filter(is_first())
        .order_by_asc(op::Column::Id)
        .offset(limit)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    // First ops have their record's id and are found by the primary key, later ones by an index of their own.
    let within = |column: op::Column| {
        let from = column.gt(after);
        bound.map_or(from.clone(), |bound| from.and(column.lte(bound)))
    };
    let mut ops = Vec::new();
    for range in [
        within(op::Column::Id).and(is_first()),
        within(op::Column::RecordId).and(is_first().not()),
    ] {
        let query = op::Entity::find().filter(op::Column::ProgrammeId.eq(programme)).filter(range);
        ops.extend(query.all(db).await?);
    }
    ops.sort_by_key(|op| (op.record_id, op.id));
    Ok((ops, bound))
}

/// Stored heads between two record ids, the first excluded.
pub(crate) async fn rows_of(
    db: &impl ConnectionTrait,
    programme: Uuid,
    after: Uuid,
    last: Option<Uuid>,
) -> Result<BTreeMap<Uuid, StoredHead>, StoreError> {
    let mut query = record::Entity::find()
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::Id.gt(after));
    if let Some(last) = last {
        query = query.filter(record::Column::Id.lte(last));
    }
    Ok(query.all(db).await?.into_iter().map(|row| (row.id, StoredHead(row))).collect())
}

/// Records with a day from `since` on, or with an op that came from an instant on, in the order of their ids.
pub(crate) async fn recent_records(
    db: &impl ConnectionTrait,
    programme: Uuid,
    since: NaiveDate,
    came_ms: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let stored: Vec<Uuid> = record::Entity::find()
        .select_only()
        .column(record::Column::Id)
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::Day.gte(since))
        .into_tuple()
        .all(db)
        .await?;
    let logged: Vec<Uuid> = op::Entity::find()
        .select_only()
        .column(op::Column::RecordId)
        .filter(op::Column::ProgrammeId.eq(programme))
        .filter(op::Column::ReceivedAt.gte(came_ms))
        .into_tuple()
        .all(db)
        .await?;
    Ok(stored.into_iter().chain(logged).collect::<BTreeSet<_>>().into_iter().collect())
}

/// All ops of some records, by record.
pub(crate) async fn ops_of(db: &impl ConnectionTrait, programme: Uuid, records: &[Uuid]) -> Result<Vec<StoredOp>, StoreError> {
    let mut ops = Vec::new();
    for some in chunks(records, 2) {
        let query = op::Entity::find().filter(op::Column::ProgrammeId.eq(programme));
        ops.extend(query.filter(of_records(some.iter().copied())).all(db).await?);
    }
    ops.sort_by_key(|op| (op.record_id, op.id));
    Ok(ops)
}

/// Stored heads of some records.
pub(crate) async fn heads_of(
    db: &impl ConnectionTrait,
    programme: Uuid,
    records: &[Uuid],
) -> Result<BTreeMap<Uuid, StoredHead>, StoreError> {
    let mut heads = BTreeMap::new();
    for some in chunks(records, 1) {
        let query = record::Entity::find().filter(record::Column::ProgrammeId.eq(programme));
        let rows = query.filter(record::Column::Id.is_in(some.iter().copied())).all(db).await?;
        heads.extend(rows.into_iter().map(|row| (row.id, StoredHead(row))));
    }
    Ok(heads)
}

macro_rules! delete_between {
    ($tx:expr, $programme:expr, $after:expr, $last:expr; $($table:ident by $id:ident),+) => { $(
        let mut delete = $table::Entity::delete_many()
            .filter($table::Column::ProgrammeId.eq($programme))
            .filter($table::Column::$id.gt($after));
        if let Some(last) = $last {
            delete = delete.filter($table::Column::$id.lte(last));
        }
        delete.exec($tx).await?;
    )+ };
}

/// Removes heads and their parts between two record ids, the first excluded.
pub(crate) async fn clear_heads(tx: &DatabaseTransaction, programme: Uuid, after: Uuid, last: Option<Uuid>) -> Result<(), StoreError> {
    delete_between!(tx, programme, after, last; record by Id, record_line by RecordId, record_referral by RecordId,
        referral_event by RecordId, record_group by RecordId);
    Ok(())
}

/// Writes what an op says of the person.
pub(crate) async fn set_person(tx: &DatabaseTransaction, programme: Uuid, id: Uuid, code: CodeState) -> Result<(), StoreError> {
    op::Entity::update_many()
        .col_expr(op::Column::CodeState, Expr::value(code.number()))
        .col_expr(op::Column::Person, Expr::value(code.person()))
        .filter(op::Column::ProgrammeId.eq(programme))
        .filter(op::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

macro_rules! load_parts {
    ($db:expr, $programme:expr, $some:expr; $($list:expr => $table:ident),+) => { $(
        $list.extend(
            $table::Entity::find()
                .filter($table::Column::ProgrammeId.eq($programme))
                .filter($table::Column::RecordId.is_in($some.iter().copied()))
                .all($db)
                .await?,
        );
    )+ };
}

/// Parts of records, each by record and number.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parts {
    pub lines: Vec<record_line::Model>,
    pub referrals: Vec<record_referral::Model>,
    pub events: Vec<referral_event::Model>,
    pub groups: Vec<record_group::Model>,
}

/// Stored parts of some records.
pub(crate) async fn parts_of(db: &impl ConnectionTrait, programme: Uuid, records: &[Uuid]) -> Result<Parts, StoreError> {
    let mut parts = Parts::default();
    for some in chunks(records, 1) {
        load_parts!(db, programme, some; parts.lines => record_line, parts.referrals => record_referral, parts.events => referral_event, parts.groups => record_group);
    }
    parts.lines.sort_by_key(|row| (row.record_id, row.n));
    parts.referrals.sort_by_key(|row| (row.record_id, row.n));
    parts.events.sort_by_key(|row| row.record_id);
    parts.groups.sort_by_key(|row| (row.record_id, row.n));
    Ok(parts)
}

/// Numbers that the log and the quarantine hold, by device.
pub(crate) async fn arrivals(db: &impl ConnectionTrait, programme: Uuid) -> Result<BTreeMap<Uuid, Vec<i64>>, StoreError> {
    let mut numbers: BTreeMap<Uuid, Vec<i64>> = BTreeMap::new();
    let logged: Vec<(Uuid, i64)> = op::Entity::find()
        .select_only()
        .columns([op::Column::DeviceId, op::Column::Dseq])
        .filter(op::Column::ProgrammeId.eq(programme))
        .filter(op::Column::Dseq.gt(0))
        .into_tuple()
        .all(db)
        .await?;
    let held: Vec<(Uuid, i64)> = quarantine::Entity::find()
        .select_only()
        .columns([quarantine::Column::DeviceId, quarantine::Column::Dseq])
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::Dseq.gt(0))
        .into_tuple()
        .all(db)
        .await?;
    for (device, dseq) in logged.into_iter().chain(held) {
        numbers.entry(device).or_default().push(dseq);
    }
    Ok(numbers)
}

/// Stored ranges of every device of a programme, in column form.
pub(crate) async fn device_progress(db: &impl ConnectionTrait, programme: Uuid) -> Result<Vec<(Uuid, String)>, StoreError> {
    Ok(device::Entity::find()
        .select_only()
        .columns([device::Column::Id, device::Column::Received])
        .filter(device::Column::ProgrammeId.eq(programme))
        .into_tuple()
        .all(db)
        .await?)
}

fn first_difference(want: &record::Model, have: &record::Model) -> Option<&'static str> {
    let pairs: [(&'static str, bool); 22] = [
        ("head_op", want.head_op == have.head_op),
        ("head_rev", want.head_rev == have.head_rev),
        ("void", want.void == have.void),
        ("conflict", want.conflict == have.conflict),
        ("by_supervisor", want.by_supervisor == have.by_supervisor),
        ("author_id", want.author_id == have.author_id),
        ("device_id", want.device_id == have.device_id),
        ("put_op", want.put_op == have.put_op && want.put_rev == have.put_rev),
        ("person_op", want.person_op == have.person_op && want.person_rev == have.person_rev),
        ("person", want.person == have.person),
        ("live", want.live == have.live),
        ("kind", want.kind == have.kind && want.schema == have.schema),
        ("day", want.day == have.day),
        ("site", want.site == have.site),
        ("worker_id", want.worker_id == have.worker_id),
        ("gender", want.gender == have.gender && want.age_band == have.age_band),
        (
            "setting",
            want.setting == have.setting && want.injects == have.injects && want.returning == have.returning,
        ),
        ("for_others", want.for_others == have.for_others && want.contacts == have.contacts),
        (
            "syringes_out",
            want.syringes_out == have.syringes_out && want.syringes_in == have.syringes_in,
        ),
        ("naloxone_kits", want.naloxone_kits == have.naloxone_kits),
        ("naloxone_doses", want.naloxone_doses == have.naloxone_doses),
        ("body", want.body == have.body),
    ];
    pairs.into_iter().find(|(_, same)| !same).map(|(name, _)| name)
}
