//! Routes of push, pull and quarantine.

use actix_web::http::header::HeaderName;
use actix_web::{HttpRequest, HttpResponse, Responder};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rounds_shared::sync::{DEVICE_HEADER, PullQuery, SIGNATURE_HEADER, SYNC_HEADER};
use uuid::Uuid;

use super::{Push, PushError};
use crate::http::{Anybody, ApiError, Phone, PushJson, Query, RawBody, Team};
use crate::people;

/// What marks a genuine answer, which a captive portal does not have.
const GENUINE: (HeaderName, &str) = (HeaderName::from_static(SYNC_HEADER), "1");

/// `POST /api/v1/sync/push`: takes a batch. The signature is the whole authentication, so that nothing can expire.
pub async fn push(request: HttpRequest, anybody: Anybody, body: RawBody<PushJson>) -> Result<impl Responder, ApiError> {
    let (programme, device) = device_of(&request).ok_or_else(unauthenticated)?;
    let signature = text(&request, SIGNATURE_HEADER)
        .and_then(|sig| URL_SAFE_NO_PAD.decode(sig).ok())
        .ok_or_else(unauthenticated)?;
    let answer = super::push(
        &anybody.state,
        Push {
            programme,
            device,
            signature: &signature,
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

fn text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// The device header, `<programme>.<device>`.
fn device_of(request: &HttpRequest) -> Option<(Uuid, Uuid)> {
    let (programme, device) = text(request, DEVICE_HEADER)?.split_once('.')?;
    Some((programme.parse().ok()?, device.parse().ok()?))
}

fn unauthenticated() -> ApiError {
    ApiError::unauthorised(
        "device_unknown",
        "The device is not enrolled here or the signature does not fit the body. Keep the records and enrol again.",
    )
}

impl From<PushError> for ApiError {
    fn from(error: PushError) -> Self {
        match error {
            PushError::Unauthenticated => unauthenticated(),
            PushError::Malformed(errors) if errors.is_empty() => {
                Self::bad_request("malformed_push", "The body is no push request of protocol 1; see /api/docs.")
            }
            PushError::Malformed(errors) => Self::invalid(errors),
            PushError::Store(error) => error.into(),
        }
    }
}
