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

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpResponse, test, web};

    use super::*;

    async fn breaks() -> HttpResponse {
        panic!("what a person typed")
    }

    #[actix_web::test]
    async fn a_panic_is_answered_as_a_problem_without_its_text() {
        let resource = web::resource("/").wrap(from_fn(catch_panic)).route(web::get().to(breaks));
        let app = test::init_service(App::new().service(resource)).await;
        let answer = test::call_service(&app, test::TestRequest::get().to_request()).await;
        assert_eq!(answer.status().as_u16(), 500);
        let body = String::from_utf8(test::read_body(answer).await.to_vec()).unwrap();
        assert!(body.contains("\"code\":\"internal\"") && !body.contains("typed"));
    }
}
