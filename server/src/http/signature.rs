//! The headers by which a phone signs a request. Who they are of is found out by the route.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use futures_util::future::{Ready, ready};
use rounds_shared::sync::{COPY_HEADER, DEVICE_HEADER, SIGNATURE_HEADER};

use super::problem::ApiError;
use crate::auth::{AuthError, Signed};

/// The signature of a request that must have one.
#[derive(Debug)]
pub struct Signature(pub Signed);

/// Whether a push is delivered from a copy. Nobody signs this: it only says how little the batch tells of the phone that made it.
#[derive(Debug, Clone, Copy)]
pub struct FromCopy(pub bool);

impl FromRequest for FromCopy {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(req.headers().contains_key(COPY_HEADER))))
    }
}

/// The signature of a request that may have one.
#[derive(Debug)]
pub struct MaybeSigned(pub Option<Signed>);

impl FromRequest for MaybeSigned {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = |name: &str| req.headers().get(name).map(|value| value.to_str().unwrap_or_default());
        ready(match (text(DEVICE_HEADER), text(SIGNATURE_HEADER)) {
            (None, None) => Ok(Self(None)),
            (Some(device), Some(signature)) => read(device, signature).map(|signed| Self(Some(signed))).ok_or_else(refused),
            _ => Err(refused()),
        })
    }
}

impl FromRequest for Signature {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let found = MaybeSigned::from_request(req, payload).into_inner();
        ready(found.and_then(|found| found.0.map(Self).ok_or_else(refused)))
    }
}

fn refused() -> ApiError {
    AuthError::Signature.into()
}

/// Reads the two headers.
pub(crate) fn read(device: &str, signature: &str) -> Option<Signed> {
    let (programme, device) = device.split_once('.')?;
    Some(Signed {
        programme: programme.parse().ok()?,
        device: device.parse().ok()?,
        signature: BASE64_URL_SAFE_NO_PAD.decode(signature).ok().filter(|bytes| bytes.len() == 64)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_are_read_whole_or_not_at_all() {
        let device = "00000000-0000-0000-0000-000000000001.00000000-0000-0000-0000-000000000002";
        let signature = BASE64_URL_SAFE_NO_PAD.encode([7; 64]);
        assert_eq!(read(device, &signature).unwrap().device, uuid::Uuid::from_u128(2));
        assert!(read(device, &BASE64_URL_SAFE_NO_PAD.encode([7; 63])).is_none());
        assert!(read("x.y", &signature).is_none());
    }
}
