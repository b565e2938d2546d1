//! Route of exact reports.

use actix_web::{HttpResponse, Responder};
use rounds_shared::report::ReportQuery;

use super::{Dimension, Filter, parse_by, report};
use crate::http::{ApiError, Query, Team};
use crate::people::{self, Reach};

/// `GET /api/v1/reports`: exact figures by up to two dimensions.
///
/// A supervisor's report by worker is limited to the team, its total too: a total of all would show the other teams by subtraction.
pub async fn exact(team: Team, query: Query<ReportQuery>) -> Result<impl Responder, ApiError> {
    let ReportQuery { from, to, by } = query.0;
    if from > to {
        return Err(ApiError::field("from", "after_to"));
    }
    let by = parse_by(&by).map_err(|error| ApiError::field("by", error.code()))?;
    let workers = if by.contains(&Dimension::Worker) {
        match people::reach(&team.state, team.programme, team.worker, team.role).await? {
            Reach::Everybody => None,
            Reach::Team(ids) => Some(ids),
        }
    } else {
        None
    };
    let filter = Filter {
        programme: team.programme,
        from,
        to,
        workers,
    };
    Ok(HttpResponse::Ok().json(report(&team.state.db, &filter, &by).await?))
}
