//! Route of the exact tallies.

use actix_web::{HttpResponse, Responder};
use rounds_shared::team::{TallyQuery, TallyTable};

use super::{Grain, by_measure, measure};
use crate::http::{ApiError, Query, Team};
use crate::people;

/// `GET /api/v1/tallies`: every exact measure of some days: of the programme, of a site, or of a worker in reach.
pub async fn table(team: Team, query: Query<TallyQuery>) -> Result<impl Responder, ApiError> {
    let TallyQuery { from, to, site, worker } = query.0;
    if from > to {
        return Err(ApiError::field("from", "after_to"));
    }
    if site.is_some() && worker.is_some() {
        return Err(ApiError::field("worker", "not_allowed"));
    }
    let db = team.state.db.read();
    let scope = match (site, worker) {
        (Some(site), _) => Some((Grain::Site, site.as_str().to_owned())),
        (None, Some(worker)) => {
            let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
            let known = people::find(db, team.programme, worker.0).await?.is_some();
            if !known || !reach.covers(worker.0) {
                return Err(ApiError::not_found());
            }
            Some((Grain::Worker, worker.to_string()))
        }
        (None, None) => None,
    };
    let (grain, scopes) = scope.map_or((Grain::Site, None), |(grain, scope)| (grain, Some(vec![scope])));
    let mut measures = by_measure(db, team.programme, grain, (from, to), scopes).await?;
    let own = people::own_team(&team.state, team.programme, team.worker).await?;
    if !worker.is_some_and(|worker| own.contains(&worker.0)) {
        // How a worker is doing is for their own supervisor; a site may have one worker only.
        measures.retain(|name, _| !name.starts_with(measure::WELLBEING));
    }
    Ok(HttpResponse::Ok().json(TallyTable { from, to, measures }))
}
