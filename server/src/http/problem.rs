//! Errors as answers: RFC 9457 problems with a stable code. The rejected value never comes back, and internal text goes to the log
//! once, here.

use std::borrow::Cow;
use std::fmt;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use rounds_shared::problem::Problem;
use rounds_shared::sync::FieldError;

use crate::db::StoreError;
use crate::secrets::SecretError;
use crate::wiring::RandomError;

/// Seconds after which a client may try again when the server could not do it now.
const RETRY_AFTER: u64 = 5;
/// Seconds after which a client may try again when somebody has to make room first.
const ROOM_AFTER: u64 = 60;

/// An error of a handler, ready to be answered.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    detail: Cow<'static, str>,
    errors: Vec<FieldError>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl ApiError {
    /// An error of any status. `detail` says in English what is wrong and what to do, never with a value of the request.
    #[must_use]
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            errors: Vec::new(),
            headers: Vec::new(),
        }
    }

    /// 400: the request can't be read.
    #[must_use]
    pub fn bad_request(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 401: nobody is logged in, or not any more.
    #[must_use]
    pub fn unauthorised(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, detail).with(header::WWW_AUTHENTICATE, "Bearer realm=\"rounds\"")
    }

    /// 403: known, but not allowed.
    #[must_use]
    pub fn forbidden(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, detail)
    }

    /// 404: nothing here, or nothing that may be seen.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing at this address. The routes are listed at /api/docs.",
        )
    }

    /// 409: it does not go with what is there.
    #[must_use]
    pub fn conflict(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 422: fields that did not pass.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let mut error = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "Some fields did not pass; `errors` says which and by which rule.",
        );
        error.errors = errors;
        error
    }

    /// 422: one field that did not pass.
    #[must_use]
    pub fn field(path: &str, code: &str) -> Self {
        Self::invalid(vec![FieldError::new(path, code)])
    }

    /// 413: the body is over the limit.
    #[must_use]
    pub fn too_large(limit: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            format!("The body is larger than {limit} bytes; send less at a time."),
        )
    }

    /// 429: too many tries.
    #[must_use]
    pub fn too_many(seconds: u64) -> Self {
        let detail = "There were too many tries; wait as long as Retry-After says.";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "throttled", detail).after(seconds)
    }

    /// 503: not now.
    #[must_use]
    pub fn unavailable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail).after(RETRY_AFTER)
    }

    /// 500: our fault. The cause goes to the log, not to the answer.
    #[must_use]
    pub fn internal(cause: impl fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "The server made a mistake; its log has the cause. Try again, and tell the administrator if it stays.",
        )
    }

    /// The same with the field that is to blame.
    #[must_use]
    pub fn naming(mut self, field: FieldError) -> Self {
        self.errors.push(field);
        self
    }

    /// The same with a header.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    fn after(self, seconds: u64) -> Self {
        self.with(header::RETRY_AFTER, &seconds.to_string())
    }

    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status.as_u16(), self.code)
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: Some(self.detail.clone().into_owned()),
            errors: self.errors.clone(),
        };
        let mut answer = HttpResponse::build(self.status);
        for (name, value) in &self.headers {
            answer.insert_header((name.clone(), value.clone()));
        }
        // A problem of plain strings and numbers always serialises; an empty body would still carry its status.
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        answer.content_type("application/problem+json").body(body)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_full() {
            tracing::error!(cause = %error, "there is no room on the disk");
            let detail = "The server's disk is full. Keep what you have and send it later; the administrator has to make room.";
            return Self::new(StatusCode::SERVICE_UNAVAILABLE, "disk_full", detail).after(ROOM_AFTER);
        }
        if error.is_outage() {
            tracing::error!(cause = %error, "the database can't be reached");
            return Self::unavailable("The database can't be reached now; try again shortly.");
        }
        Self::internal(error)
    }
}

impl From<RandomError> for ApiError {
    fn from(error: RandomError) -> Self {
        Self::internal(error)
    }
}

impl From<SecretError> for ApiError {
    fn from(error: SecretError) -> Self {
        Self::internal(error)
    }
}
