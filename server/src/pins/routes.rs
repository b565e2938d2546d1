//! Routes of a phone's share.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, Responder};
use rounds_shared::phone::{PinShareRequest, PinTry};

use super::share::{self, Owner, PinError};
use crate::http::{ApiError, Checked, Phone};

/// `PUT /api/v1/phone/share`.
pub async fn set(phone: Phone, request: Checked<PinShareRequest>) -> Result<impl Responder, ApiError> {
    Ok(HttpResponse::Ok().json(share::set(&phone.state, owner(&phone), &request.0).await?))
}

/// `POST /api/v1/phone/share/open`.
pub async fn open(phone: Phone, request: Checked<PinTry>) -> Result<impl Responder, ApiError> {
    Ok(HttpResponse::Ok().json(share::open(&phone.state, owner(&phone), &request.0.proof).await?))
}

/// `DELETE /api/v1/phone/share`.
pub async fn forget(phone: Phone) -> Result<impl Responder, ApiError> {
    share::forget(&phone.state, owner(&phone)).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn owner(phone: &Phone) -> Owner {
    Owner {
        programme: phone.programme,
        device: phone.device,
        worker: phone.worker,
    }
}

impl From<PinError> for ApiError {
    fn from(error: PinError) -> Self {
        let after = |error: Self, seconds: u64| error.with(header::RETRY_AFTER, &seconds.to_string());
        match error {
            PinError::Form(field) => Self::field(field, "form"),
            PinError::Same => Self::field("duress_proof", "repeated"),
            PinError::Wrong(wait) => {
                let wrong = Self::forbidden(
                    "wrong_pin",
                    "The PIN is wrong. After five wrong ones each further try has to wait; the tenth is the last.",
                );
                match wait {
                    Some(seconds) => after(wrong, seconds),
                    None => wrong,
                }
            }
            PinError::Wait(seconds) => after(
                Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "pin_wait",
                    "There were too many wrong PINs; wait as long as Retry-After says.",
                ),
                seconds,
            ),
            PinError::Gone => Self::new(
                StatusCode::GONE,
                "share_gone",
                "There is no share for this phone and person. Set a PIN to get one.",
            ),
            PinError::Store(error) => error.into(),
        }
    }
}
