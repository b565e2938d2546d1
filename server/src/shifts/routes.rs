//! Routes of shifts.

use actix_web::{HttpResponse, Responder};
use chrono::Days;
use rounds_shared::team::{NewShift, ShiftCancel, ShiftQuery};
use uuid::Uuid;

use super::plan::Planner;
use super::{PlanError, store};
use crate::http::{ApiError, Checked, Path, Query, Team};
use crate::{people, programmes};

/// Days of a list that names none: a week back, four weeks ahead; and at most a year.
const BACK: u64 = 7;
const AHEAD: u64 = 28;
const MOST: i64 = 366;

/// `GET /api/v1/shifts`: the shifts of the people in reach.
pub async fn list(team: Team, query: Query<ShiftQuery>) -> Result<impl Responder, ApiError> {
    let programme = programmes::store::find(team.state.db.read(), team.programme).await?;
    let today = team.state.clock.today(programme.ok_or_else(ApiError::not_found)?.tz);
    let from = query.0.from.or_else(|| today.checked_sub_days(Days::new(BACK))).unwrap_or(today);
    let to = query.0.to.or_else(|| today.checked_add_days(Days::new(AHEAD))).unwrap_or(today);
    if from > to {
        return Err(ApiError::field("from", "after_to"));
    }
    if (to - from).num_days() > MOST {
        return Err(ApiError::field("to", "range"));
    }
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    Ok(HttpResponse::Ok().json(store::list(team.state.db.read(), team.programme, &reach, (from, to)).await?))
}

/// `POST /api/v1/shifts`: plans a shift for each of some workers.
pub async fn create(team: Team, new: Checked<NewShift>) -> Result<impl Responder, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    super::plan(&team.state, planner(&team, &reach), new.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /api/v1/shifts/{id}/cancel`: calls a planned shift off.
pub async fn cancel(team: Team, id: Path<Uuid>, request: Checked<ShiftCancel>) -> Result<impl Responder, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    super::cancel(&team.state, planner(&team, &reach), id.0, request.0.rev).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn planner<'a>(team: &Team, reach: &'a people::Reach) -> Planner<'a> {
    Planner {
        programme: team.programme,
        person: team.worker,
        reach,
    }
}

impl From<PlanError> for ApiError {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::NotFound => Self::not_found(),
            PlanError::Moved => Self::conflict(
                "shift_moved",
                "The shift was changed or started since it was shown. Load the list again.",
            ),
            PlanError::Invalid(errors) => Self::invalid(errors),
            PlanError::Store(error) => error.into(),
        }
    }
}
