//! Rows of the tally table.

use chrono::NaiveDate;
use std::collections::BTreeMap;

use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::contributions::{Delta, Deltas, Grain};
use crate::db::{StoreError, Taken, insert};
use crate::entity::tally;

/// Applies changes and says how many, sorted by key, which together with the programme lock rules out deadlocks.
pub(crate) async fn apply(tx: &DatabaseTransaction, programme: Uuid, deltas: Deltas) -> Result<usize, StoreError> {
    let row = |cell: Delta| tally::Model {
        programme_id: programme,
        grain: cell.grain.as_str().to_owned(),
        day: cell.day,
        scope: cell.scope,
        measure: cell.measure,
        n: cell.n,
    };
    let rows: Vec<tally::Model> = deltas.into_cells().map(row).collect();
    insert(tx, &rows, Taken::Added).await?;
    Ok(rows.len())
}

/// Puts cells in the place of all that a programme has, and says how many.
pub(crate) async fn replace(tx: &DatabaseTransaction, programme: Uuid, cells: Deltas) -> Result<usize, StoreError> {
    tally::Entity::delete_many()
        .filter(tally::Column::ProgrammeId.eq(programme))
        .exec(tx)
        .await?;
    apply(tx, programme, cells).await
}

/// Rows of some scopes and measures between two days, both included.
pub(crate) async fn sums(
    db: &impl ConnectionTrait,
    programme: Uuid,
    grain: Grain,
    days: (NaiveDate, NaiveDate),
    scopes: &[String],
    measures: &[&str],
) -> Result<Vec<tally::Model>, StoreError> {
    let mut found = Vec::new();
    for part in scopes.chunks(200) {
        let rows = tally::Entity::find()
            .filter(tally::Column::ProgrammeId.eq(programme))
            .filter(tally::Column::Grain.eq(grain.as_str()))
            .filter(tally::Column::Day.between(days.0, days.1))
            .filter(tally::Column::Scope.is_in(part))
            .filter(tally::Column::Measure.is_in(measures.iter().copied()))
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Sums by measure of one scope between two days, both included.
pub(crate) async fn of_scope(
    db: &impl ConnectionTrait,
    programme: Uuid,
    grain: Grain,
    days: (NaiveDate, NaiveDate),
    scope: &str,
) -> Result<BTreeMap<String, i64>, StoreError> {
    by_measure(db, programme, grain, days, Some(vec![scope.to_owned()])).await
}

/// Sums by measure of some scopes of a grain, or all of them, between two days, both included; zeros are left out.
pub(crate) async fn by_measure(
    db: &impl ConnectionTrait,
    programme: Uuid,
    grain: Grain,
    days: (NaiveDate, NaiveDate),
    scopes: Option<Vec<String>>,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut query = tally::Entity::find()
        .select_only()
        .column(tally::Column::Measure)
        // PostgreSQL sums big integers to a numeric.
        .column_as(tally::Column::N.sum().cast_as("bigint"), "n")
        .filter(tally::Column::ProgrammeId.eq(programme))
        .filter(tally::Column::Grain.eq(grain.as_str()))
        .filter(tally::Column::Day.between(days.0, days.1))
        .group_by(tally::Column::Measure);
    if let Some(scopes) = scopes {
        query = query.filter(tally::Column::Scope.is_in(scopes));
    }
    let rows: Vec<(String, Option<i64>)> = query.into_tuple().all(db).await?;
    Ok(rows
        .into_iter()
        .map(|(measure, n)| (measure, n.unwrap_or(0)))
        .filter(|(_, n)| *n != 0)
        .collect())
}

/// Every row of a programme from a day on that is not zero, in the order of its key.
pub(crate) async fn load_since(db: &impl ConnectionTrait, programme: Uuid, since: NaiveDate) -> Result<Vec<tally::Model>, StoreError> {
    Ok(tally::Entity::find()
        .filter(tally::Column::ProgrammeId.eq(programme))
        .filter(tally::Column::Day.gte(since))
        .filter(tally::Column::N.ne(0))
        .order_by_asc(tally::Column::Grain)
        .order_by_asc(tally::Column::Day)
        .order_by_asc(tally::Column::Scope)
        .order_by_asc(tally::Column::Measure)
        .all(db)
        .await?)
}
