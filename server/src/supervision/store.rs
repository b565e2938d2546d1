//! Rows behind the board.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::{ConnectionTrait, StoreError};
use crate::entity::{device, device_author, quarantine};
use crate::sync::{Ranges, parse_ranges};
use crate::tallies::{self, Grain, measure};

/// Measures of the board.
const MEASURES: [&str; 6] = [
    measure::CONTACTS,
    measure::NEW,
    measure::SYRINGES_OUT,
    measure::SYRINGES_IN,
    measure::NALOXONE_KITS,
    measure::REFERRALS,
];

/// A tally of a worker on a day.
#[derive(Debug, Clone)]
pub(super) struct DayFigure {
    pub worker: Uuid,
    pub day: NaiveDate,
    pub measure: String,
    pub n: i64,
}

/// A phone that is in use.
#[derive(Debug, Clone)]
pub(super) struct Phone {
    pub id: Uuid,
    pub last_push_at: Option<i64>,
    pub received: Ranges,
    pub high: i64,
}

/// Tallies of workers on days.
pub(super) async fn figures(
    db: &impl ConnectionTrait,
    programme: Uuid,
    days: (NaiveDate, NaiveDate),
    workers: &[Uuid],
) -> Result<Vec<DayFigure>, StoreError> {
    let scopes: Vec<String> = workers.iter().map(Uuid::to_string).collect();
    let rows = tallies::sums(db, programme, Grain::Worker, days, &scopes, &MEASURES).await?;
    rows.into_iter()
        .map(|row| {
            Ok(DayFigure {
                worker: row.scope.parse().map_err(|_| StoreError::corrupt("tally", "scope"))?,
                day: row.day,
                measure: row.measure,
                n: row.n,
            })
        })
        .collect()
}

/// Phones of workers that are not revoked. A shared phone is everybody's who is enrolled on it.
pub(super) async fn phones(db: &impl ConnectionTrait, programme: Uuid, workers: &[Uuid]) -> Result<HashMap<Uuid, Vec<Phone>>, StoreError> {
    let devices = device::Entity::find()
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::RevokedAt.is_null())
        .order_by_asc(device::Column::Id)
        .all(db)
        .await?;
    let authors: Vec<(Uuid, Uuid)> = device_author::Entity::find()
        .select_only()
        .column(device_author::Column::DeviceId)
        .column(device_author::Column::WorkerId)
        .filter(device_author::Column::ProgrammeId.eq(programme))
        .filter(device_author::Column::UntilAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let mut users: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for (device, worker) in authors {
        users.entry(device).or_default().insert(worker);
    }
    let wanted: BTreeSet<&Uuid> = workers.iter().collect();
    let mut phones: HashMap<Uuid, Vec<Phone>> = HashMap::new();
    for row in devices {
        let mut of = users.remove(&row.id).unwrap_or_default();
        of.insert(row.enrolled_for);
        let phone = Phone {
            id: row.id,
            last_push_at: row.last_push_at,
            received: parse_ranges(&row.received),
            high: row.dseq_high,
        };
        for worker in of.into_iter().filter(|worker| wanted.contains(worker)) {
            phones.entry(worker).or_default().push(phone.clone());
        }
    }
    Ok(phones)
}

/// How many ops of workers wait in quarantine.
pub(super) async fn waiting(db: &impl ConnectionTrait, programme: Uuid, workers: &[Uuid]) -> Result<HashMap<Uuid, i64>, StoreError> {
    let rows: Vec<(Uuid, i64)> = quarantine::Entity::find()
        .select_only()
        .column(quarantine::Column::AuthorId)
        .column_as(quarantine::Column::OpId.count(), "n")
        .filter(quarantine::Column::ProgrammeId.eq(programme))
        .filter(quarantine::Column::Status.eq("waiting"))
        .group_by(quarantine::Column::AuthorId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter(|(author, _)| workers.contains(author)).collect())
}
