//! Rows of referral events, and of the referrals that they move.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use rounds_shared::record::ReferralStatus;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::Reached;
use super::reached::{Event, Furthest};
use crate::db::{StoreError, chunks};
use crate::entity::{record, record_referral, referral_event};
use crate::records::Spot;

fn status(text: &str) -> Result<ReferralStatus, StoreError> {
    ReferralStatus::parse(text).ok_or_else(|| StoreError::corrupt("record_referral", "status"))
}

fn event_of(row: referral_event::Model) -> Result<(Uuid, Event), StoreError> {
    let event = Event {
        status: status(&row.status)?,
        slip: row.slip,
        service: row.service,
    };
    Ok((row.record_id, event))
}

/// Live events of some slips.
pub(crate) async fn events(db: &impl ConnectionTrait, programme: Uuid, slips: &BTreeSet<String>) -> Result<Reached, StoreError> {
    let slips: Vec<&String> = slips.iter().collect();
    let mut found = Vec::new();
    for part in chunks(&slips, 1) {
        let rows = referral_event::Entity::find()
            .filter(referral_event::Column::ProgrammeId.eq(programme))
            .filter(referral_event::Column::Slip.is_in(part.iter().map(|slip| slip.as_str())))
            .all(db)
            .await?;
        for row in rows {
            found.push(event_of(row)?);
        }
    }
    Ok(Reached::of(found))
}

/// Every live event of a programme.
pub(crate) async fn all_events(db: &impl ConnectionTrait, programme: Uuid) -> Result<Reached, StoreError> {
    let rows = referral_event::Entity::find()
        .filter(referral_event::Column::ProgrammeId.eq(programme))
        .all(db)
        .await?;
    let found = rows.into_iter().map(event_of).collect::<Result<Vec<_>, _>>()?;
    Ok(Reached::of(found))
}

/// A referral that stands further or less far than before, with where it counts.
#[derive(Debug, Clone)]
pub(crate) struct Moved {
    pub spot: Spot,
    pub service: String,
    pub before: ReferralStatus,
    pub after: ReferralStatus,
}

/// Moves the issued referrals of some slips to where they stand now, but for those of records that are written anyway.
pub(crate) async fn move_issued(
    tx: &DatabaseTransaction,
    programme: Uuid,
    slips: &BTreeSet<String>,
    but: &[Uuid],
    furthest: &Furthest,
) -> Result<Vec<Moved>, StoreError> {
    let slips: Vec<&String> = slips.iter().collect();
    let mut moved = Vec::new();
    for part in chunks(&slips, 1) {
        let rows = record_referral::Entity::find()
            .filter(record_referral::Column::ProgrammeId.eq(programme))
            .filter(record_referral::Column::Slip.is_in(part.iter().map(|slip| slip.as_str())))
            .all(tx)
            .await?;
        let others: Vec<_> = rows.into_iter().filter(|row| !but.contains(&row.record_id)).collect();
        let spots = spots(tx, programme, &others).await?;
        for row in others {
            let after = furthest.state(row.slip.as_deref(), &row.service, status(&row.status)?);
            let before = status(&row.reached)?;
            if before == after {
                continue;
            }
            record_referral::Entity::update_many()
                .col_expr(record_referral::Column::Reached, Expr::value(after.as_str()))
                .col_expr(record_referral::Column::Rank, Expr::value(after.rank()))
                .filter(record_referral::Column::ProgrammeId.eq(programme))
                .filter(record_referral::Column::RecordId.eq(row.record_id))
                .filter(record_referral::Column::N.eq(row.n))
                .exec(tx)
                .await?;
            let spot = spots.get(&row.record_id).cloned();
            moved.push(Moved {
                spot: spot.ok_or_else(|| StoreError::corrupt("record", "a referral without its record"))?,
                service: row.service,
                before,
                after,
            });
        }
    }
    Ok(moved)
}

/// Where the records of some referrals count.
async fn spots(db: &impl ConnectionTrait, programme: Uuid, rows: &[record_referral::Model]) -> Result<HashMap<Uuid, Spot>, StoreError> {
    let mut spots = HashMap::new();
    for part in chunks(rows, 1) {
        let heads = record::Entity::find()
            .filter(record::Column::ProgrammeId.eq(programme))
            .filter(record::Column::Id.is_in(part.iter().map(|row| row.record_id)))
            .all(db)
            .await?;
        for head in heads {
            if let (Some(day), Some(site), Some(worker)) = (head.day, head.site, head.worker_id) {
                spots.insert(head.id, Spot { day, site, worker });
            }
        }
    }
    Ok(spots)
}

/// Slips of referrals that a worker made since a day and that are settled: served or turned away.
///
/// Whoever only went there may still be served.
pub(crate) async fn settled(db: &impl ConnectionTrait, programme: Uuid, worker: Uuid, since: NaiveDate) -> Result<Vec<String>, StoreError> {
    let own = Query::select()
        .column(record::Column::Id)
        .from(record::Entity)
        .and_where(record::Column::ProgrammeId.eq(programme))
        .and_where(record::Column::Kind.is_in(["contact", "referral"]))
        .and_where(record::Column::Live.eq(true))
        .and_where(record::Column::Day.gte(since))
        .and_where(record::Column::WorkerId.eq(worker))
        .to_owned();
    let slips: Vec<Option<String>> = record_referral::Entity::find()
        .select_only()
        .column(record_referral::Column::Slip)
        .filter(record_referral::Column::ProgrammeId.eq(programme))
        .filter(record_referral::Column::RecordId.in_subquery(own))
        .filter(record_referral::Column::Slip.is_not_null())
        .filter(record_referral::Column::Rank.gte(ReferralStatus::AttendedNotServed.rank()))
        .order_by_asc(record_referral::Column::Slip)
        .into_tuple()
        .all(db)
        .await?;
    Ok(slips.into_iter().flatten().collect())
}
