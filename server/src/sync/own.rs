//! The worker's own part of a pull: shifts, weeks, thanks, qualifications, slips and the bag. Sums and plans, never a record's body.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use rounds_shared::ids::{Code, WorkerId};
use rounds_shared::own::{BagLine, Colleague, Own, OwnQualification, OwnWeek, Thanks};
use rounds_shared::sync::DaySums;
use uuid::Uuid;

use crate::db::{ConnectionTrait, StoreError};
use crate::tallies::{self, Grain, measure};
use crate::{development, people, referrals, shifts};

/// Weeks of the small chart, this one included.
const WEEKS: u64 = 5;
/// Days for which thanks are told, and how many at most.
const THANKS_DAYS: u64 = 90;
const THANKS: u64 = 20;
/// Days for which a phone keeps a slip.
const SLIP_DAYS: u64 = 30;

/// The five sums of the pad.
pub(super) const SUMS: [&str; 5] = [
    measure::CONTACTS,
    measure::NEW,
    measure::SYRINGES_OUT,
    measure::SYRINGES_IN,
    measure::NALOXONE_KITS,
];

/// Gathers a worker's own part.
pub(super) async fn own(db: &impl ConnectionTrait, programme: Uuid, author: Uuid, today: NaiveDate) -> Result<Own, StoreError> {
    let everybody = people::all(db, programme).await?;
    let Some(person) = everybody.iter().find(|person| person.id == author).cloned() else {
        return Ok(Own::default());
    };
    let handles = everybody.iter().map(|one| (one.id, one.handle.clone())).collect();
    let beside =
        |one: &&people::Person| one.id != author && one.supervisor == person.supervisor && !one.has_left() && one.supervisor.is_some();
    let ago = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let (weeks, month) = sums(db, programme, author, today).await?;
    let supervisor = person.supervisor.and_then(|id| everybody.iter().find(|one| one.id == id));
    let given = development::thanks_of(db, programme, author, Some(ago(THANKS_DAYS)), THANKS).await?;
    let held = development::qualifications(db, programme, author).await?;
    Ok(Own {
        level: person.level,
        supervisor: supervisor.map(|one| one.handle.clone()),
        shifts: shifts::upcoming(db, programme, author, today, &handles).await?,
        colleagues: everybody
            .iter()
            .filter(beside)
            .map(|one| Colleague {
                id: WorkerId(one.id),
                handle: one.handle.clone(),
            })
            .collect(),
        weeks,
        month,
        thanks: given
            .into_iter()
            .map(|row| Thanks {
                id: row.id,
                on: row.on,
                by: handles.get(&row.by).cloned().unwrap_or_default(),
                words: row.words,
            })
            .collect(),
        qualifications: held
            .into_iter()
            .filter(|row| row.expires.is_none_or(|expires| expires >= today))
            .map(|row| OwnQualification {
                module: row.module,
                on: row.on,
                expires: row.expires,
            })
            .collect(),
        settled: referrals::settled(db, programme, author, ago(SLIP_DAYS)).await?,
        bag: bag(db, programme, author, today).await?,
    })
}

fn code(text: &str) -> Result<Code, StoreError> {
    Code::parse(text).map_err(|e| StoreError::corrupt("catalogue", e))
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
        .unwrap_or(day)
}

/// Sums of the last weeks, empty ones included, and of this month.
async fn sums(db: &impl ConnectionTrait, programme: Uuid, author: Uuid, today: NaiveDate) -> Result<(Vec<OwnWeek>, DaySums), StoreError> {
    let this = monday(today);
    let oldest = this.checked_sub_days(Days::new(7 * (WEEKS - 1))).unwrap_or(this);
    let first = today.with_day(1).unwrap_or(today);
    let rows = tallies::sums(
        db,
        programme,
        Grain::Worker,
        (oldest.min(first), today),
        &[author.to_string()],
        &SUMS,
    )
    .await?;
    let starts = (0..WEEKS).filter_map(|n| oldest.checked_add_days(Days::new(7 * n)));
    let mut weeks: BTreeMap<NaiveDate, DaySums> = starts.map(|start| (start, DaySums::default())).collect();
    let mut month = DaySums::default();
    for row in rows {
        if row.day >= first {
            tallies::add_to_sums(&mut month, &row.measure, row.n);
        }
        if let Some(week) = weeks.get_mut(&monday(row.day)) {
            tallies::add_to_sums(week, &row.measure, row.n);
        }
    }
    let weeks = weeks.into_iter().map(|(start, sums)| OwnWeek { start, sums }).collect();
    Ok((weeks, month))
}

/// What moved in the worker's bag on a day, by item; items of which none was carried are left out.
async fn bag(db: &impl ConnectionTrait, programme: Uuid, author: Uuid, today: NaiveDate) -> Result<Vec<BagLine>, StoreError> {
    let rows = tallies::of_scope(db, programme, Grain::Worker, (today, today), &author.to_string()).await?;
    let mut lines: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
    for (name, n) in rows {
        if let Some(item) = name.strip_prefix("stock.issued.") {
            lines.entry(item.to_owned()).or_default().0 += n;
        } else if let Some(item) = name.strip_prefix("stock.returned.") {
            lines.entry(item.to_owned()).or_default().0 -= n;
        } else if let Some(item) = name.strip_prefix(measure::ITEM_OUT) {
            lines.entry(item.to_owned()).or_default().1 += n;
        } else if let Some(item) = name.strip_prefix("stock.lost.") {
            lines.entry(item.to_owned()).or_default().2 += n;
        }
    }
    lines
        .into_iter()
        .filter(|(_, (carried, _, lost))| *carried > 0 || *lost > 0)
        .map(|(item, (carried, given, lost))| {
            Ok(BagLine {
                item: code(&item)?,
                carried,
                given,
                lost,
            })
        })
        .collect()
}
