//! Rows behind the board.

use std::collections::{BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use rounds_shared::record::{HeavyEvent, RecordBody, ShiftState, WantsToTalk};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::{ConnectionTrait, StoreError};
use crate::entity::{device, device_author, quarantine, record};
use crate::sync::{Ranges, parse_ranges, stored_body};
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

/// Days for which a debrief's signals stand.
const SIGNAL_DAYS: u64 = 7;

/// What the debriefs of a worker say to their supervisor.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signal {
    pub talk: Option<WantsToTalk>,
    pub heavy: Option<HeavyEvent>,
}

async fn bodies(
    db: &impl ConnectionTrait,
    programme: Uuid,
    kind: &str,
    workers: &[Uuid],
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<(Uuid, RecordBody)>, StoreError> {
    let rows = record::Entity::find()
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::Kind.eq(kind))
        .filter(record::Column::Live.eq(true))
        .filter(record::Column::Day.between(days.0, days.1))
        .filter(record::Column::WorkerId.is_in(workers.iter().copied()))
        .order_by_asc(record::Column::Day)
        .order_by_asc(record::Column::Seq)
        .all(db)
        .await?;
    let mut found = Vec::new();
    for row in rows {
        if let (Some(worker), Some(body)) = (row.worker_id, row.body) {
            found.push((worker, stored_body(kind, row.schema.unwrap_or(1), &body)?));
        }
    }
    Ok(found)
}

/// Where the shifts of a day stand; of several of a worker the one under way, else the last.
pub(super) async fn shifts_on(
    db: &impl ConnectionTrait,
    programme: Uuid,
    workers: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, ShiftState>, StoreError> {
    let mut states = HashMap::new();
    for (worker, body) in bodies(db, programme, "shift", workers, (day, day)).await? {
        if let RecordBody::Shift(shift) = body
            && states.get(&worker) != Some(&ShiftState::Started)
        {
            states.insert(worker, shift.state);
        }
    }
    Ok(states)
}

/// What the debriefs of the last days say: the newest wish to talk, and the newest heavy event.
pub(super) async fn signals(
    db: &impl ConnectionTrait,
    programme: Uuid,
    workers: &[Uuid],
    today: NaiveDate,
) -> Result<HashMap<Uuid, Signal>, StoreError> {
    let first = today.checked_sub_days(Days::new(SIGNAL_DAYS - 1)).unwrap_or(today);
    let mut signals: HashMap<Uuid, Signal> = HashMap::new();
    for (worker, body) in bodies(db, programme, "debrief", workers, (first, today)).await? {
        if let RecordBody::Debrief(debrief) = body {
            let signal = signals.entry(worker).or_default();
            signal.talk = Some(debrief.talk).filter(|talk| *talk != WantsToTalk::No);
            signal.heavy = debrief.heavy.filter(|heavy| *heavy != HeavyEvent::None).or(signal.heavy);
        }
    }
    Ok(signals)
}
