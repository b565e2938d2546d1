//! Routes of records.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, Responder};
use chrono::NaiveDate;
use rounds_shared::console::{Correction, RecordQuery, VoidRequest};
use uuid::Uuid;

use super::{ChangeError, Changer};
use crate::http::{ApiError, Checked, Path, Query, Team, cursor, place};
use crate::people;

/// `GET /api/v1/records`: the team's records, newest service date first.
pub async fn list(team: Team, query: Query<RecordQuery>) -> Result<impl Responder, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    let after = query.0.cursor.as_deref().map(place::<Place>).transpose()?;
    let (mut page, next) = super::list(
        &team.state,
        team.programme,
        team.worker,
        &reach,
        &query.0,
        after.map(|p| (p.day, p.id)),
    )
    .await?;
    page.next = next.map(|(day, id)| cursor(&format!("{day}|{id}")));
    Ok(HttpResponse::Ok().json(page))
}

/// `PUT /api/v1/records/{id}`: corrects a record of the team.
pub async fn correct(team: Team, id: Path<Uuid>, correction: Checked<Correction>) -> Result<impl Responder, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    let own_team = people::own_team(&team.state, team.programme, team.worker).await?;
    let by = Changer {
        programme: team.programme,
        person: team.worker,
        reach: &reach,
        own_team: &own_team,
    };
    Ok(HttpResponse::Ok().json(super::correct(&team.state, by, id.0, correction.0).await?))
}

/// `POST /api/v1/records/{id}/void`: removes a record of the team.
pub async fn void(team: Team, id: Path<Uuid>, request: Checked<VoidRequest>) -> Result<impl Responder, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    let own_team = people::own_team(&team.state, team.programme, team.worker).await?;
    let by = Changer {
        programme: team.programme,
        person: team.worker,
        reach: &reach,
        own_team: &own_team,
    };
    Ok(HttpResponse::Ok().json(super::void(&team.state, by, id.0, request.0).await?))
}

/// Where a page of records ended.
struct Place {
    day: NaiveDate,
    id: Uuid,
}

impl std::str::FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (day, id) = text.split_once('|').ok_or(())?;
        Ok(Self {
            day: day.parse().map_err(|_| ())?,
            id: id.parse().map_err(|_| ())?,
        })
    }
}

impl From<ChangeError> for ApiError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::not_found(),
            ChangeError::Moved => Self::new(
                StatusCode::CONFLICT,
                "record_moved",
                "The record was changed since it was shown. Load it again and repeat the change.",
            ),
            ChangeError::Invalid(errors) => Self::invalid(errors),
            ChangeError::Store(error) => error.into(),
        }
    }
}
