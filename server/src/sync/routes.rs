//! Routes of push, pull and quarantine.

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderName;
use actix_web::{HttpResponse, Responder};
use rounds_shared::console::PageQuery;
use rounds_shared::quarantine::{Decision, Repair};
use rounds_shared::sync::{PullQuery, SYNC_HEADER};
use uuid::Uuid;

use super::quarantine::{DecideError, Decider};
use super::store::{Key, Place};
use super::{Push, PushError, quarantine as held};
use crate::auth::AuthError;
use crate::http::{Anybody, ApiError, Checked, FromCopy, Path, Phone, PushJson, Query, RawBody, Signature, Team, cursor, place};
use crate::people::{self, Reach};

/// What marks a genuine answer, which a captive portal does not have.
const GENUINE: (HeaderName, &str) = (HeaderName::from_static(SYNC_HEADER), "1");

/// `POST /api/v1/sync/push`: takes a batch. The signature is the whole authentication, so that nothing can expire.
pub async fn push(anybody: Anybody, signature: Signature, copy: FromCopy, body: RawBody<PushJson>) -> Result<impl Responder, ApiError> {
    let signed = signature.0;
    let answer = super::push(
        &anybody.state,
        Push {
            programme: signed.programme,
            device: signed.device,
            signature: &signed.signature,
            body: &body.bytes,
            copy: copy.0,
        },
    )
    .await?;
    Ok(HttpResponse::Ok().insert_header(GENUINE).json(answer))
}

/// `GET /api/v1/sync/pull`: catalogue, keys, own sums and the fate of own ops.
pub async fn pull(phone: Phone, query: Query<PullQuery>) -> Result<impl Responder, ApiError> {
    let answer = super::pull(&phone.state, phone.programme, phone.device, phone.worker, &query.0).await?;
    Ok(HttpResponse::Ok()
        .insert_header(GENUINE)
        .json(answer.ok_or_else(ApiError::not_found)?))
}

/// `GET /api/v1/quarantine`: what waits for the supervisor.
pub async fn quarantine(team: Team, query: Query<PageQuery>) -> Result<impl Responder, ApiError> {
    let bounds = Bounds::of(&team).await?;
    let after = query.0.cursor.as_deref().map(place::<Place>).transpose()?;
    let whose = (&bounds.reach, bounds.own_team.as_slice());
    let (mut page, next) = held::list(&team.state, team.programme, whose, after.as_ref()).await?;
    page.next = next.map(|next| cursor(&next.to_string()));
    Ok(HttpResponse::Ok().json(page))
}

/// Whose ops a member of staff decides about.
struct Bounds {
    reach: Reach,
    own_team: Vec<Uuid>,
}

impl Bounds {
    async fn of(team: &Team) -> Result<Self, ApiError> {
        Ok(Self {
            reach: people::reach(&team.state, team.programme, team.worker, team.role).await?,
            own_team: people::own_team(&team.state, team.programme, team.worker).await?,
        })
    }

    fn decider(&self, team: &Team) -> Decider<'_> {
        Decider {
            programme: team.programme,
            person: team.worker,
            reach: &self.reach,
            own_team: &self.own_team,
        }
    }
}

/// `GET /api/v1/quarantine/{op}/{digest}`: an op with what can be read of it.
pub async fn detail(team: Team, key: Path<Key>) -> Result<impl Responder, ApiError> {
    let bounds = Bounds::of(&team).await?;
    Ok(HttpResponse::Ok().json(held::detail(&team.state, bounds.decider(&team), &key.0).await?))
}

/// `POST /api/v1/quarantine/{op}/{digest}/repair`: states the record in its place.
pub async fn repair(team: Team, key: Path<Key>, repair: Checked<Repair>) -> Result<impl Responder, ApiError> {
    let bounds = Bounds::of(&team).await?;
    held::repair(&team.state, bounds.decider(&team), &key.0, repair.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /api/v1/quarantine/{op}/{digest}/release`: takes it as it stands.
pub async fn release(team: Team, key: Path<Key>, decision: Checked<Decision>) -> Result<impl Responder, ApiError> {
    let bounds = Bounds::of(&team).await?;
    held::release(&team.state, bounds.decider(&team), &key.0, decision.0.reason).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /api/v1/quarantine/{op}/{digest}/discard`: sets it aside.
pub async fn discard(team: Team, key: Path<Key>, decision: Checked<Decision>) -> Result<impl Responder, ApiError> {
    let bounds = Bounds::of(&team).await?;
    held::discard(&team.state, bounds.decider(&team), &key.0, decision.0.reason).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<DecideError> for ApiError {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::NotFound => Self::not_found(),
            DecideError::Settled => Self::new(
                StatusCode::CONFLICT,
                "quarantine_settled",
                "Somebody has dealt with this record. Load the list again.",
            ),
            DecideError::Invalid(errors) => Self::invalid(errors),
            DecideError::Store(error) => error.into(),
        }
    }
}

impl From<PushError> for ApiError {
    fn from(error: PushError) -> Self {
        match error {
            PushError::Unauthenticated => AuthError::Signature.into(),
            PushError::Malformed(field) => {
                let error = Self::bad_request("malformed_push", "The body is no push request of protocol 1; see /api/docs.");
                match field {
                    Some(field) => error.naming(field),
                    None => error,
                }
            }
            PushError::Invalid(errors) => Self::invalid(errors),
            PushError::Store(error) => error.into(),
        }
    }
}
