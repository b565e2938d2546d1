//! What the job reads of the heads, and the cells that it writes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use rounds_shared::indicator::CellFlag;
use rounds_shared::record::{Direction, ReferralStatus, Returning};
use rounds_shared::time::Period;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use super::cells::{ContactFacts, Cut, GroupFacts, LineFacts, NONE, PROGRAMME};
use super::draw::{Drawn, Figures};
use super::measure;
use super::release::Cell;
use crate::db::{ConnectionTrait, StoreError, Taken, Tx, insert};
use crate::entity::{device, programme, published_cell, record, record_group, record_line, record_referral, release};
use crate::records::COUNTED_KINDS;

/// A release as it is recorded.
#[derive(Debug, Clone)]
pub(super) struct Released {
    pub period: Period,
    pub on: NaiveDate,
    pub at: i64,
    pub devices: (i64, i64),
}

#[derive(FromQueryResult)]
struct ContactRow {
    id: Uuid,
    site: Option<String>,
    gender: Option<String>,
    age_band: Option<String>,
    setting: Option<String>,
    returning: Option<String>,
    person: Option<Uuid>,
    contacts: i64,
    for_others: i64,
}

fn live(programme: Uuid, from: NaiveDate, to: NaiveDate) -> Condition {
    Condition::all()
        .add(record::Column::ProgrammeId.eq(programme))
        .add(record::Column::Kind.is_in(COUNTED_KINDS))
        .add(record::Column::Live.eq(true))
        .add(record::Column::Day.between(from, to))
}

fn ids_of(programme: Uuid, day: NaiveDate) -> SelectStatement {
    Query::select()
        .column(record::Column::Id)
        .from(record::Entity)
        .cond_where(live(programme, day, day))
        .to_owned()
}

/// Live contacts of a day.
pub(super) async fn contacts(db: &impl ConnectionTrait, programme: Uuid, day: NaiveDate) -> Result<Vec<ContactFacts>, StoreError> {
    let rows: Vec<ContactRow> = record::Entity::find()
        .select_only()
        .columns([
            record::Column::Id,
            record::Column::Site,
            record::Column::Gender,
            record::Column::AgeBand,
            record::Column::Setting,
            record::Column::Returning,
            record::Column::Person,
            record::Column::Contacts,
            record::Column::ForOthers,
        ])
        .filter(live(programme, day, day))
        .into_model()
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut lines = lines(db, programme, day).await?;
    let mut referrals = referrals(db, programme, day).await?;
    let mut groups = groups(db, programme, day).await?;
    Ok(rows
        .into_iter()
        .map(|row| ContactFacts {
            id: row.id,
            site: row.site.unwrap_or_default(),
            // Sheets and groups tell nobody apart: their things went to people who are not known.
            gender: row.gender.unwrap_or_else(|| UNKNOWN.to_owned()),
            age_band: row.age_band.unwrap_or_else(|| UNKNOWN.to_owned()),
            setting: row.setting.unwrap_or_default(),
            contacts: row.contacts,
            groups: groups.remove(&row.id).unwrap_or_default(),
            new: row.returning.as_deref() == Some(Returning::New.as_str()),
            coded: row.person.is_some(),
            for_others: row.for_others,
            lines: lines.remove(&row.id).unwrap_or_default(),
            referrals: referrals.remove(&row.id).unwrap_or_default(),
        })
        .collect())
}

/// Gender and age band of whom nothing is told.
const UNKNOWN: &str = "unknown";

/// Groups of the tally sheets of a day.
async fn groups(db: &impl ConnectionTrait, programme: Uuid, day: NaiveDate) -> Result<HashMap<Uuid, Vec<GroupFacts>>, StoreError> {
    let rows = record_group::Entity::find()
        .filter(record_group::Column::ProgrammeId.eq(programme))
        .filter(record_group::Column::RecordId.in_subquery(ids_of(programme, day)))
        .all(db)
        .await?;
    let mut groups: HashMap<Uuid, Vec<GroupFacts>> = HashMap::new();
    for row in rows {
        groups.entry(row.record_id).or_default().push(GroupFacts {
            gender: row.gender,
            age_band: row.age_band,
            contacts: row.contacts,
        });
    }
    Ok(groups)
}

async fn lines(db: &impl ConnectionTrait, programme: Uuid, day: NaiveDate) -> Result<HashMap<Uuid, Vec<LineFacts>>, StoreError> {
    let rows = record_line::Entity::find()
        .filter(record_line::Column::ProgrammeId.eq(programme))
        .filter(record_line::Column::RecordId.in_subquery(ids_of(programme, day)))
        .all(db)
        .await?;
    let mut lines: HashMap<Uuid, Vec<LineFacts>> = HashMap::new();
    for row in rows {
        let facts = LineFacts {
            direction: Direction::parse(&row.direction).ok_or_else(|| StoreError::corrupt("record_line", "direction"))?,
            item: row.item,
            quantity: row.quantity,
            syringes: row.syringes,
            doses: row.doses,
            method: row.method,
            reason: row.reason,
        };
        lines.entry(row.record_id).or_default().push(facts);
    }
    Ok(lines)
}

type Referrals = HashMap<Uuid, Vec<(String, ReferralStatus)>>;

async fn referrals(db: &impl ConnectionTrait, programme: Uuid, day: NaiveDate) -> Result<Referrals, StoreError> {
    let rows = record_referral::Entity::find()
        .filter(record_referral::Column::ProgrammeId.eq(programme))
        .filter(record_referral::Column::RecordId.in_subquery(ids_of(programme, day)))
        .all(db)
        .await?;
    let mut referrals = Referrals::new();
    for row in rows {
        let status = ReferralStatus::parse(&row.reached).ok_or_else(|| StoreError::corrupt("record_referral", "status"))?;
        referrals.entry(row.record_id).or_default().push((row.service, status));
    }
    Ok(referrals)
}

/// Distinct persons of a period in each cell, counted apart for every cell because they never add up.
pub(super) async fn people(db: &impl ConnectionTrait, programme: Uuid, period: Period) -> Result<Vec<(Cut, Uuid)>, StoreError> {
    let dimensions = [
        None,
        Some(("gender", record::Column::Gender)),
        Some(("age_band", record::Column::AgeBand)),
        Some(("setting", record::Column::Setting)),
    ];
    let mut people = Vec::new();
    for by_site in [false, true] {
        for dimension in dimensions {
            // The constant keeps one row shape for all eight questions.
            let empty = || Expr::cust("''");
            let scope = if by_site { Expr::col(record::Column::Site) } else { empty() };
            let member = dimension.map_or_else(empty, |(_, column)| Expr::col(column));
            let rows: Vec<(Option<String>, Option<String>, Uuid)> = record::Entity::find()
                .select_only()
                .distinct()
                .expr_as(scope, "scope")
                .expr_as(member, "member")
                .column(record::Column::Person)
                .filter(live(programme, period.first_day(), period.last_day()))
                .filter(record::Column::Person.is_not_null())
                .into_tuple()
                .all(db)
                .await?;
            let name = dimension.map_or(NONE, |(name, _)| name);
            people.extend(rows.into_iter().map(|(scope, member, person)| {
                let scope = scope.unwrap_or_else(|| PROGRAMME.to_owned());
                (Cut::new(&scope, name, &member.unwrap_or_default()), person)
            }));
        }
    }
    Ok(people)
}

/// Months that have live contacts. Dates that no period can hold, of a phone with a broken clock, are left out.
pub(super) async fn months_with_contacts(db: &impl ConnectionTrait, programme: Uuid) -> Result<BTreeSet<Period>, StoreError> {
    let rows: Vec<String> = record::Entity::find()
        .select_only()
        .distinct()
        .expr_as(Expr::cust("SUBSTR(CAST(\"day\" AS TEXT), 1, 7)"), "month")
        .filter(record::Column::ProgrammeId.eq(programme))
        .filter(record::Column::Kind.is_in(COUNTED_KINDS))
        .filter(record::Column::Live.eq(true))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.iter().filter_map(|text| Period::parse(text).ok()).collect())
}

/// When a programme was made.
pub(super) async fn created_at(db: &impl ConnectionTrait, programme: Uuid) -> Result<i64, StoreError> {
    let row: Option<i64> = programme::Entity::find_by_id(programme)
        .select_only()
        .column(programme::Column::CreatedAt)
        .into_tuple()
        .one(db)
        .await?;
    row.ok_or_else(|| StoreError::corrupt("programme", "vanished"))
}

/// When each period was last published.
pub(super) async fn released(db: &impl ConnectionTrait, programme: Uuid) -> Result<BTreeMap<Period, i64>, StoreError> {
    let rows: Vec<(String, i64)> = release::Entity::find()
        .select_only()
        .column(release::Column::Period)
        .column_as(release::Column::PublishedAt.max(), "at")
        .filter(release::Column::ProgrammeId.eq(programme))
        .group_by(release::Column::Period)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(text, at)| {
            let period = Period::parse(&text).map_err(|e| StoreError::corrupt("release", e))?;
            Ok((period, at))
        })
        .collect()
}

/// Protected figures of a published month.
pub(super) async fn figures(db: &impl ConnectionTrait, programme: Uuid, period: Period) -> Result<Figures, StoreError> {
    let rows = published_cell::Entity::find()
        .filter(published_cell::Column::ProgrammeId.eq(programme))
        .filter(published_cell::Column::Period.eq(period.to_string()))
        .all(db)
        .await?;
    let mut figures = Figures::new();
    for row in rows.into_iter().filter(|row| measure::is_drawn(&row.indicator)) {
        let drawn = Drawn {
            p: row.carry,
            any: row.carry > 0 || row.flag.is_some(),
        };
        let cut = Cut::new(&row.scope, &row.dimension, &row.member);
        figures.entry(cut).or_default().insert(row.indicator, drawn);
    }
    Ok(figures)
}

/// Phones that were in use in a span of time, and how many of them have reported since it ended: (reported, all).
pub(super) async fn phones(db: &impl ConnectionTrait, programme: Uuid, from: i64, to: i64) -> Result<(i64, i64), StoreError> {
    let rows: Vec<Option<i64>> = device::Entity::find()
        .select_only()
        .column(device::Column::LastPushAt)
        .filter(device::Column::ProgrammeId.eq(programme))
        .filter(device::Column::EnrolledAt.lt(to))
        .filter(device::Column::RevokedAt.is_null().or(device::Column::RevokedAt.gte(from)))
        .into_tuple()
        .all(db)
        .await?;
    let reported = rows.iter().flatten().filter(|at| **at >= to).count();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok((number(reported), number(rows.len())))
}

/// Puts the cells of a release in the place of the last one's, and records it. Returns its number.
pub(super) async fn write(tx: &Tx, programme: Uuid, released: &Released, cells: Vec<Cell>) -> Result<i64, StoreError> {
    let period = released.period.to_string();
    let last: Option<Option<i64>> = release::Entity::find()
        .select_only()
        .column_as(release::Column::Number.max(), "number")
        .filter(release::Column::ProgrammeId.eq(programme))
        .filter(release::Column::Period.eq(&period))
        .into_tuple()
        .one(tx)
        .await?;
    let number = last.flatten().unwrap_or(0) + 1;
    published_cell::Entity::delete_many()
        .filter(published_cell::Column::ProgrammeId.eq(programme))
        .filter(published_cell::Column::Period.eq(&period))
        .exec(tx)
        .await?;
    let rows: Vec<published_cell::Model> = cells
        .into_iter()
        .map(|cell| published_cell::Model {
            programme_id: programme,
            period: period.clone(),
            indicator: cell.id,
            scope: cell.cut.scope,
            dimension: cell.cut.dimension,
            member: cell.cut.member,
            release_number: number,
            value: cell.value,
            flag: cell.flag.map(|flag| flag_word(flag).to_owned()),
            carry: cell.carry,
        })
        .collect();
    insert(tx, &rows, Taken::Fails).await?;
    let row = release::ActiveModel {
        programme_id: Set(programme),
        period: Set(period),
        number: Set(number),
        published_on: Set(released.on),
        published_at: Set(released.at),
        devices_reported: Set(released.devices.0),
        devices_total: Set(released.devices.1),
    };
    release::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(number)
}

/// The word of a flag in the table.
pub(super) fn flag_word(flag: CellFlag) -> &'static str {
    match flag {
        CellFlag::BelowThreshold => "below_threshold",
        CellFlag::Withheld => "withheld",
        CellFlag::NotComputable => "not_computable",
    }
}
