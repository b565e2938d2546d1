//! Figures counted on the live heads, by any dimension.

use std::collections::HashMap;

use rounds_shared::record::{Direction, Injects, KIND_CONTACT, ReferralStatus, Returning};
use sea_orm::QueryResult;
use sea_orm::sea_query::{Alias, Asterisk, CaseStatement, Cond, Expr, ExprTrait, Func, JoinType, Query, SelectStatement, SimpleExpr};
use uuid::Uuid;

use super::{Filter, Key};
use crate::db::{ConnectionTrait, StoreError};
use crate::entity::{record, record_group, record_line, record_referral};
use crate::records::COUNTED_KINDS;
use crate::reports::Dimension;

/// What is counted on the covering index alone.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::reports) struct People {
    pub contacts: i64,
    pub people: i64,
    pub coded: i64,
    pub prv8: i64,
}

/// Sums that need the rows themselves.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::reports) struct Sums {
    pub new: i64,
    pub for_others: i64,
    pub syringes_out: i64,
    pub syringes_in: i64,
    pub naloxone_kits: i64,
    pub naloxone_doses: i64,
}

/// Kind of the tally sheet.
const KIND_SHEET: &str = "tally_sheet";

fn of(column: record::Column) -> SimpleExpr {
    Expr::col((record::Entity, column))
}

/// Which records a question is about, and where their gender and age band stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Contacts alone, answered by the covering index.
    Contacts,
    /// Everything with lines or referrals; sheets and groups tell nobody apart, so that their people are not known.
    Counted,
    /// Tally sheets by their groups.
    Groups,
}

fn expression(dimension: Dimension, of_records: Of) -> SimpleExpr {
    match (dimension, of_records) {
        (Dimension::Gender, Of::Counted) => return Expr::cust("COALESCE(\"record\".\"gender\", 'unknown')"),
        (Dimension::AgeBand, Of::Counted) => return Expr::cust("COALESCE(\"record\".\"age_band\", 'unknown')"),
        (Dimension::Gender, Of::Groups) => return Expr::col((record_group::Entity, record_group::Column::Gender)),
        (Dimension::AgeBand, Of::Groups) => return Expr::col((record_group::Entity, record_group::Column::AgeBand)),
        _ => {}
    }
    match dimension {
        // Dates are text on SQLite; the cast gives PostgreSQL the same ISO form. Constants here, because a bound parameter in SELECT and
        // in GROUP BY would be two different expressions.
        Dimension::Month => Expr::cust("SUBSTR(CAST(\"record\".\"day\" AS TEXT), 1, 7)"),
        Dimension::Day => Expr::cust("CAST(\"record\".\"day\" AS TEXT)"),
        Dimension::Site => of(record::Column::Site),
        Dimension::Worker => of(record::Column::WorkerId),
        Dimension::Gender => of(record::Column::Gender),
        Dimension::AgeBand => of(record::Column::AgeBand),
        Dimension::Setting => of(record::Column::Setting),
        Dimension::Service => Expr::col((record_referral::Entity, record_referral::Column::Service)),
        Dimension::Item => Expr::col((record_line::Entity, record_line::Column::Item)),
    }
}

fn select(filter: &Filter, by: &[Dimension], of_records: Of) -> SelectStatement {
    let kinds: &[&str] = match of_records {
        Of::Contacts => &[KIND_CONTACT],
        Of::Counted => &COUNTED_KINDS,
        Of::Groups => &[KIND_SHEET],
    };
    let mut select = Query::select();
    select
        .from(record::Entity)
        .and_where(of(record::Column::ProgrammeId).eq(filter.programme))
        .and_where(of(record::Column::Kind).is_in(kinds.iter().copied()))
        .and_where(of(record::Column::Live).eq(true))
        .and_where(of(record::Column::Day).between(filter.from, filter.to));
    if let Some(workers) = &filter.workers {
        select.and_where(of(record::Column::WorkerId).is_in(workers.iter().copied()));
    }
    for (n, dimension) in by.iter().enumerate() {
        select.expr_as(expression(*dimension, of_records), Alias::new(format!("k{n}")));
        select.add_group_by([expression(*dimension, of_records)]);
    }
    select
}

fn key(row: &QueryResult, by: &[Dimension]) -> Result<Key, StoreError> {
    let mut key = Vec::with_capacity(by.len());
    for (n, dimension) in by.iter().enumerate() {
        let name = format!("k{n}");
        key.push(match dimension {
            Dimension::Worker => row.try_get_by::<Option<Uuid>, _>(name.as_str())?.unwrap_or_default().to_string(),
            _ => row.try_get_by::<Option<String>, _>(name.as_str())?.unwrap_or_default(),
        });
    }
    Ok(key)
}

pub(super) fn sum(column: SimpleExpr) -> SimpleExpr {
    // PostgreSQL sums big integers to a numeric.
    Func::sum(column).cast_as("bigint")
}

pub(super) fn number(row: &QueryResult, name: &str) -> Result<i64, StoreError> {
    Ok(row.try_get_by::<Option<i64>, _>(name)?.unwrap_or(0))
}

/// Contacts and distinct codes, by group, from the covering index.
pub(in crate::reports) async fn people(
    db: &impl ConnectionTrait,
    filter: &Filter,
    by: &[Dimension],
) -> Result<HashMap<Key, People>, StoreError> {
    let injects = of(record::Column::Injects).is_in([Injects::Yes.as_str(), Injects::Assumed.as_str()]);
    let supplied = Cond::all().add(injects).add(of(record::Column::SyringesOut).gte(1));
    let prv8 = CaseStatement::new().case(supplied, of(record::Column::Person));
    let mut query = select(filter, by, Of::Contacts);
    query
        .expr_as(Func::count(Expr::col(Asterisk)), "contacts")
        .expr_as(Func::count_distinct(of(record::Column::Person)), "people")
        .expr_as(Func::count(of(record::Column::Person)), "coded")
        .expr_as(Func::count_distinct(prv8), "prv8");
    let mut groups = HashMap::new();
    for row in db.query_all(&query).await? {
        let counts = People {
            contacts: number(&row, "contacts")?,
            people: number(&row, "people")?,
            coded: number(&row, "coded")?,
            prv8: number(&row, "prv8")?,
        };
        groups.insert(key(&row, by)?, counts);
    }
    add_sheets(db, filter, by, &mut groups).await?;
    Ok(groups)
}

/// Adds the contacts of tally sheets, which have no codes.
async fn add_sheets(
    db: &impl ConnectionTrait,
    filter: &Filter,
    by: &[Dimension],
    groups: &mut HashMap<Key, People>,
) -> Result<(), StoreError> {
    let group = |column| Expr::col((record_group::Entity, column));
    let on = Cond::all()
        .add(group(record_group::Column::ProgrammeId).equals((record::Entity, record::Column::ProgrammeId)))
        .add(group(record_group::Column::RecordId).equals((record::Entity, record::Column::Id)));
    let mut query = select(filter, by, Of::Groups);
    query
        .join(JoinType::InnerJoin, record_group::Entity, on)
        .expr_as(sum(group(record_group::Column::Contacts)), "contacts");
    for row in db.query_all(&query).await? {
        let contacts = number(&row, "contacts")?;
        if contacts > 0 {
            groups.entry(key(&row, by)?).or_default().contacts += contacts;
        }
    }
    Ok(())
}

/// Sums of the contacts, by group.
pub(in crate::reports) async fn sums(
    db: &impl ConnectionTrait,
    filter: &Filter,
    by: &[Dimension],
) -> Result<HashMap<Key, Sums>, StoreError> {
    let new = CaseStatement::new().case(of(record::Column::Returning).eq(Returning::New.as_str()), 1);
    let mut query = select(filter, by, Of::Counted);
    query
        .expr_as(Func::count(new), "new")
        .expr_as(sum(of(record::Column::ForOthers)), "for_others")
        .expr_as(sum(of(record::Column::SyringesOut)), "syringes_out")
        .expr_as(sum(of(record::Column::SyringesIn)), "syringes_in")
        .expr_as(sum(of(record::Column::NaloxoneKits)), "naloxone_kits")
        .expr_as(sum(of(record::Column::NaloxoneDoses)), "naloxone_doses");
    let mut groups = HashMap::new();
    for row in db.query_all(&query).await? {
        let sums = Sums {
            new: number(&row, "new")?,
            for_others: number(&row, "for_others")?,
            syringes_out: number(&row, "syringes_out")?,
            syringes_in: number(&row, "syringes_in")?,
            naloxone_kits: number(&row, "naloxone_kits")?,
            naloxone_doses: number(&row, "naloxone_doses")?,
        };
        groups.insert(key(&row, by)?, sums);
    }
    Ok(groups)
}

/// Units of a direction, by group, the item being the last dimension of the key.
pub(in crate::reports) async fn items(
    db: &impl ConnectionTrait,
    filter: &Filter,
    by: &[Dimension],
    direction: Direction,
) -> Result<HashMap<Key, i64>, StoreError> {
    let line = |column| Expr::col((record_line::Entity, column));
    let mut query = select(filter, by, Of::Counted);
    let on = Cond::all()
        .add(line(record_line::Column::ProgrammeId).equals((record::Entity, record::Column::ProgrammeId)))
        .add(line(record_line::Column::RecordId).equals((record::Entity, record::Column::Id)));
    query
        .join(JoinType::InnerJoin, record_line::Entity, on)
        .and_where(line(record_line::Column::Direction).eq(direction.as_str()))
        .expr_as(sum(line(record_line::Column::Quantity)), "n");
    let rows = db.query_all(&query).await?;
    rows.iter().map(|row| Ok((key(row, by)?, number(row, "n")?))).collect()
}

/// Referrals issued or further, by group.
pub(in crate::reports) async fn referrals(
    db: &impl ConnectionTrait,
    filter: &Filter,
    by: &[Dimension],
) -> Result<HashMap<Key, i64>, StoreError> {
    let referral = |column| Expr::col((record_referral::Entity, column));
    let mut query = select(filter, by, Of::Counted);
    let on = Cond::all()
        .add(referral(record_referral::Column::ProgrammeId).equals((record::Entity, record::Column::ProgrammeId)))
        .add(referral(record_referral::Column::RecordId).equals((record::Entity, record::Column::Id)));
    query
        .join(JoinType::InnerJoin, record_referral::Entity, on)
        .and_where(referral(record_referral::Column::Rank).gte(ReferralStatus::Issued.rank()))
        .expr_as(Func::count(Expr::col(Asterisk)), "n");
    let rows = db.query_all(&query).await?;
    rows.iter().map(|row| Ok((key(row, by)?, number(row, "n")?))).collect()
}
