//! Routes of push, pull and quarantine.

use actix_web::http::header::HeaderName;
use actix_web::{HttpResponse, Responder};
use rounds_shared::sync::{PullQuery, SYNC_HEADER};

use super::{Push, PushError};
use crate::auth::AuthError;
use crate::http::{Anybody, ApiError, Phone, PushJson, Query, RawBody, Signature, Team};
use crate::people;

/// What marks a genuine answer, which a captive portal does not have.
const GENUINE: (HeaderName, &str) = (HeaderName::from_static(SYNC_HEADER), "1");

/// `POST /api/v1/sync/push`: takes a batch. The signature is the whole authentication, so that nothing can expire.
pub async fn push(anybody: Anybody, signature: Signature, body: RawBody<PushJson>) -> Result<impl Responder, ApiError> {
    let signed = signature.0;
    let answer = super::push(
        &anybody.state,
        Push {
            programme: signed.programme,
            device: signed.device,
            signature: &signed.signature,
            body: &body.bytes,
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
pub async fn quarantine(team: Team) -> Result<impl Responder, ApiError> {
    let reach = people::reach(&team.state, team.programme, team.worker, team.role).await?;
    Ok(HttpResponse::Ok().json(super::quarantine::list(&team.state, team.programme, &reach).await?))
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
