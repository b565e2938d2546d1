//! Extractors of bodies, queries and paths that answer problems, bounded before they read.
//!
//! Every body is refused with 415 when it is encoded: a limit that counts after inflation is none.

use std::marker::PhantomData;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, BytesMut};
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt as _;
use futures_util::future::{LocalBoxFuture, Ready, ready};
use rounds_shared::sync::FieldError;
use rounds_shared::validation::field_errors;
use serde::de::DeserializeOwned;
use validator::Validate;

use super::misfit;
use super::problem::ApiError;
use crate::failpoint;

/// Size of an ordinary JSON body at most.
pub const MAX_JSON: usize = 64 * 1024;
/// A body must be there within this: half a megabyte over the slowest network that phones have.
const BODY_TIME: Duration = Duration::from_secs(120);

/// Kind of a raw body: how large it may be and what it must say it is.
pub trait BodyKind: 'static {
    /// Bytes at most.
    const MAX: usize;
    /// Media type, without parameters.
    const TYPE: &'static str;
}

/// A small JSON document.
#[derive(Debug)]
pub struct SmallJson;

impl BodyKind for SmallJson {
    const MAX: usize = MAX_JSON;
    const TYPE: &'static str = "application/json";
}

/// A push: JSON up to the limit of the protocol.
#[derive(Debug)]
pub struct PushJson;

impl BodyKind for PushJson {
    const MAX: usize = rounds_shared::sync::MAX_PUSH_BYTES;
    const TYPE: &'static str = "application/json";
}

/// A day sheet: CSV up to 5 MiB.
#[derive(Debug)]
pub struct SheetCsv;

impl BodyKind for SheetCsv {
    const MAX: usize = 5 * 1024 * 1024;
    const TYPE: &'static str = "text/csv";
}

/// The bytes of a body, read with a limit, for routes that need them as they came.
#[derive(Debug)]
pub struct RawBody<K: BodyKind> {
    /// The bytes.
    pub bytes: Bytes,
    kind: PhantomData<K>,
}

impl<K: BodyKind> FromRequest for RawBody<K> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let checked = check_head::<K>(req);
        let mut payload = payload.take();
        Box::pin(async move {
            checked?;
            let patience = if failpoint::reach("body.patience").is_ok() {
                BODY_TIME
            } else {
                Duration::from_secs(1)
            };
            let read = tokio::time::timeout(patience, read(&mut payload, K::MAX)).await;
            let slow = |_| {
                ApiError::new(
                    StatusCode::REQUEST_TIMEOUT,
                    "body_slow",
                    "The body took too long; send less at a time.",
                )
            };
            Ok(Self {
                bytes: read.map_err(slow)??,
                kind: PhantomData,
            })
        })
    }
}

async fn read(payload: &mut Payload, most: usize) -> Result<Bytes, ApiError> {
    let mut bytes = BytesMut::new();
    while let Some(part) = payload.next().await {
        let part = part.map_err(|_| ApiError::bad_request("body_broken", "The body broke off; send it again."))?;
        if bytes.len() + part.len() > most {
            return Err(ApiError::too_large(most));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes.freeze())
}

fn check_head<K: BodyKind>(req: &HttpRequest) -> Result<(), ApiError> {
    let unsupported = |detail: String| Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", detail));
    let text = |name| req.headers().get(name).and_then(|value| value.to_str().ok());
    let encoded = req.headers().get_all(header::CONTENT_ENCODING).any(|value| {
        !value
            .to_str()
            .is_ok_and(|encoding| encoding.trim().eq_ignore_ascii_case("identity"))
    });
    if encoded {
        return unsupported("The body is compressed; send it as it is, without Content-Encoding.".to_owned());
    }
    let kind = text(header::CONTENT_TYPE).and_then(|value| value.split(';').next());
    if !kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case(K::TYPE)) {
        return unsupported(format!("Send the body as {}.", K::TYPE));
    }
    let announced = text(header::CONTENT_LENGTH).and_then(|value| value.parse::<usize>().ok());
    if announced.is_some_and(|length| length > K::MAX) {
        return Err(ApiError::too_large(K::MAX));
    }
    Ok(())
}

/// Reads a JSON document and checks its field limits.
///
/// # Errors
/// 400 when it is no JSON, 422 when it does not fit the schema or a limit.
pub fn parse_checked<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, ApiError> {
    let value: T = parse_json(bytes)?;
    match value.validate() {
        Ok(()) => Ok(value),
        Err(found) => Err(ApiError::invalid(field_errors(&found))),
    }
}

/// Reads a JSON document, or says where it stops fitting.
///
/// # Errors
/// 400 when it is no JSON, 422 when it does not fit the schema.
fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut document = serde_json::Deserializer::from_slice(bytes);
    let value = misfit::read(&mut document).map_err(|(field, error)| json_error(field, &error))?;
    document.end().map_err(|error| json_error(FieldError::new("", "form"), &error))?;
    Ok(value)
}

fn json_error(field: FieldError, error: &serde_json::Error) -> ApiError {
    let (line, column) = (error.line(), error.column());
    if error.is_data() {
        let detail = format!(
            "The body does not fit its schema at line {line}, column {column}: a field is unknown, missing or of another type; `errors` says which."
        );
        return ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "schema", detail).naming(field);
    }
    ApiError::bad_request("json", format!("The body is no JSON at line {line}, column {column}."))
}

/// A catalogue: its pages in several languages take more room than other documents.
#[derive(Debug)]
pub struct CatalogueJson;

impl BodyKind for CatalogueJson {
    const MAX: usize = 1024 * 1024;
    const TYPE: &'static str = "application/json";
}

/// A JSON body of a type of the contract, with its field limits checked and unknown fields refused.
#[derive(Debug)]
pub struct Checked<T, K = SmallJson>(pub T, PhantomData<K>);

impl<T: DeserializeOwned + Validate + 'static, K: BodyKind> FromRequest for Checked<T, K> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = RawBody::<K>::from_request(req, payload);
        Box::pin(async move { Ok(Self(parse_checked(&body.await?.bytes)?, PhantomData)) })
    }
}

/// Query parameters of a type of the contract; unknown and repeated ones are refused.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            misfit::read(serde_urlencoded::Deserializer::new(form_urlencoded::parse(
                req.query_string().as_bytes(),
            )))
            .map(Self)
            .map_err(|(field, _)| {
                ApiError::bad_request(
                    "query",
                    "A query parameter is unknown, missing, repeated or of the wrong form; `errors` says which, /api/docs lists them all.",
                )
                .naming(field)
            }),
        )
    }
}

/// Parameters of the path. One that can't be read is an address where nothing is.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let found = web::Path::<T>::from_request(req, payload).into_inner();
        ready(found.map(|path| Self(path.into_inner())).map_err(|_| ApiError::not_found()))
    }
}

#[cfg(test)]
mod tests {
    use rounds_shared::auth::LoginRequest;

    use super::*;

    fn refused(body: &str) -> ApiError {
        parse_checked::<LoginRequest>(body.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_document_is_checked_and_never_echoed() {
        assert!(parse_checked::<LoginRequest>(br#"{"login":"a","password":"b"}"#).is_ok());
        assert_eq!(refused("{").code(), "json");
        assert_eq!(refused(r#"{"login":"","password":"b"}"#).code(), "invalid");
        let unknown = refused(r#"{"login":"a","password":"b","sesame":1}"#);
        assert_eq!(unknown.code(), "schema");
        assert!(!format!("{unknown:?}").contains("sesame"));
    }
}
