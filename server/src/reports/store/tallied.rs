//! Sums by time, place or worker from the live tallies.

use std::collections::{BTreeMap, HashMap};

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};

use super::heads::{number, sum};
use super::{Filter, Key};
use crate::db::{ConnectionTrait, StoreError};
use crate::entity::tally;
use crate::reports::Dimension;
use crate::tallies::Grain;

/// The grain that answers a report, if one does: time with place, or time with worker.
pub(in crate::reports) fn grain(filter: &Filter, by: &[Dimension]) -> Option<Grain> {
    let of_worker = filter.workers.is_some() || by.contains(&Dimension::Worker);
    let place = if of_worker { Dimension::Worker } else { Dimension::Site };
    let within = |dimension: &Dimension| matches!(dimension, Dimension::Month | Dimension::Day) || *dimension == place;
    by.iter().all(within).then_some(if of_worker { Grain::Worker } else { Grain::Site })
}

fn of(column: tally::Column) -> SimpleExpr {
    Expr::col((tally::Entity, column))
}

fn expression(dimension: Dimension) -> SimpleExpr {
    match dimension {
        Dimension::Month => Expr::cust("SUBSTR(CAST(\"tally\".\"day\" AS TEXT), 1, 7)"),
        Dimension::Day => Expr::cust("CAST(\"tally\".\"day\" AS TEXT)"),
        _ => of(tally::Column::Scope),
    }
}

/// Every measure by group, zeros left out.
pub(in crate::reports) async fn tallies(
    db: &impl ConnectionTrait,
    filter: &Filter,
    by: &[Dimension],
    grain: Grain,
) -> Result<HashMap<Key, BTreeMap<String, i64>>, StoreError> {
    let mut query = Query::select();
    query
        .from(tally::Entity)
        .and_where(of(tally::Column::ProgrammeId).eq(filter.programme))
        .and_where(of(tally::Column::Grain).eq(grain.as_str()))
        .and_where(of(tally::Column::Day).between(filter.from, filter.to));
    if let Some(workers) = &filter.workers {
        query.and_where(of(tally::Column::Scope).is_in(workers.iter().map(ToString::to_string)));
    }
    for (n, dimension) in by.iter().enumerate() {
        query.expr_as(expression(*dimension), Alias::new(format!("k{n}")));
        query.add_group_by([expression(*dimension)]);
    }
    query
        .expr_as(of(tally::Column::Measure), "measure")
        .add_group_by([of(tally::Column::Measure)])
        .expr_as(sum(of(tally::Column::N)), "n");
    let mut groups: HashMap<Key, BTreeMap<String, i64>> = HashMap::new();
    for row in db.query_all(&query).await? {
        let n = number(&row, "n")?;
        if n == 0 {
            continue;
        }
        let key = (0..by.len())
            .map(|n| Ok(row.try_get_by::<String, _>(format!("k{n}").as_str())?))
            .collect::<Result<Key, StoreError>>()?;
        groups.entry(key).or_default().insert(row.try_get_by("measure")?, n);
    }
    Ok(groups)
}
