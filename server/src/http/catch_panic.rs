//! A panic in a handler becomes a problem: without an answer a phone would resend for ever.

use std::panic::AssertUnwindSafe;

use actix_web::Error;
use actix_web::ResponseError as _;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use futures_util::FutureExt as _;

use super::problem::ApiError;

/// Middleware of every resource. It stands inside routing, because a request must not be cloned before.
///
/// # Errors
/// Those of what it wraps.
pub async fn catch_panic(req: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let request = req.request().clone();
    match AssertUnwindSafe(next.call(req)).catch_unwind().await {
        Ok(answer) => answer.map(ServiceResponse::map_into_boxed_body),
        // The panic's own text may hold content, so the hook of telemetry logs the place only.
        Err(_) => Ok(ServiceResponse::new(
            request,
            ApiError::internal("a handler panicked").error_response(),
        )),
    }
}
