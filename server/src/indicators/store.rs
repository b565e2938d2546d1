//! Published cells and releases. The figure behind a hidden cell is not selected.

use rounds_shared::indicator::{CellFlag, Release};
use rounds_shared::time::Period;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::db::{ConnectionTrait, StoreError};
use crate::entity::{published_cell, release};

/// A cell as evaluators may know it.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub period: String,
    pub indicator: String,
    pub scope: String,
    pub member: String,
    pub value: Option<f64>,
    pub flag: Option<CellFlag>,
}

#[derive(FromQueryResult)]
struct CellRow {
    period: String,
    indicator: String,
    scope: String,
    member: String,
    value: Option<f64>,
    flag: Option<String>,
}

impl CellRow {
    fn into_cell(self) -> Result<Cell, StoreError> {
        let flag = match self.flag.as_deref() {
            None => None,
            Some("below_threshold") => Some(CellFlag::BelowThreshold),
            Some("withheld") => Some(CellFlag::Withheld),
            Some("not_computable") => Some(CellFlag::NotComputable),
            Some(_) => return Err(StoreError::corrupt("published_cell", "flag")),
        };
        Ok(Cell {
            period: self.period,
            indicator: self.indicator,
            scope: self.scope,
            member: self.member,
            // A flagged cell has no figure, whatever its row says.
            value: self.value.filter(|_| flag.is_none()),
            flag,
        })
    }
}

fn select(programme: Uuid, scopes: &[&str], dimension: &str) -> sea_orm::Select<published_cell::Entity> {
    published_cell::Entity::find()
        .select_only()
        .columns([
            published_cell::Column::Period,
            published_cell::Column::Indicator,
            published_cell::Column::Scope,
            published_cell::Column::Member,
            published_cell::Column::Value,
            published_cell::Column::Flag,
        ])
        .filter(published_cell::Column::ProgrammeId.eq(programme))
        .filter(published_cell::Column::Scope.is_in(scopes.iter().copied()))
        .filter(published_cell::Column::Dimension.eq(dimension))
}

/// Cells of a period at some scopes, cut by a dimension or, with an empty one, not cut.
pub(super) async fn cells(
    db: &impl ConnectionTrait,
    programme: Uuid,
    period: Period,
    scopes: &[&str],
    dimension: &str,
) -> Result<Vec<Cell>, StoreError> {
    let rows: Vec<CellRow> = select(programme, scopes, dimension)
        .filter(published_cell::Column::Period.eq(period.to_string()))
        .into_model()
        .all(db)
        .await?;
    rows.into_iter().map(CellRow::into_cell).collect()
}

/// The total of an indicator in some periods at a scope.
pub(super) async fn series(
    db: &impl ConnectionTrait,
    programme: Uuid,
    periods: &[Period],
    scope: &str,
    indicator: &str,
) -> Result<Vec<Cell>, StoreError> {
    let rows: Vec<CellRow> = select(programme, &[scope], "")
        .filter(published_cell::Column::Period.is_in(periods.iter().map(ToString::to_string)))
        .filter(published_cell::Column::Indicator.eq(indicator))
        .into_model()
        .all(db)
        .await?;
    rows.into_iter().map(CellRow::into_cell).collect()
}

fn to_release(row: release::Model) -> Result<Release, StoreError> {
    Ok(Release {
        period: Period::parse(&row.period).map_err(|e| StoreError::corrupt("release", e))?,
        number: row.number,
        published: row.published_on,
        devices_reported: row.devices_reported,
        devices_total: row.devices_total,
    })
}

/// Newest release of a period.
pub(super) async fn release(db: &impl ConnectionTrait, programme: Uuid, period: Period) -> Result<Option<Release>, StoreError> {
    let row = release::Entity::find()
        .filter(release::Column::ProgrammeId.eq(programme))
        .filter(release::Column::Period.eq(period.to_string()))
        .order_by_desc(release::Column::Number)
        .one(db)
        .await?;
    row.map(to_release).transpose()
}

/// Newest release of every published period, newest period first, the shorter of two that end together first.
pub(super) async fn releases(db: &impl ConnectionTrait, programme: Uuid) -> Result<Vec<Release>, StoreError> {
    let rows = release::Entity::find()
        .filter(release::Column::ProgrammeId.eq(programme))
        .order_by_asc(release::Column::Period)
        .order_by_desc(release::Column::Number)
        .all(db)
        .await?;
    let mut releases = rows.into_iter().map(to_release).collect::<Result<Vec<_>, _>>()?;
    releases.dedup_by_key(|release| release.period);
    releases.sort_by_key(|release| (release.period.last_day(), release.period.first_day()));
    releases.reverse();
    Ok(releases)
}
