//! Codes of an authenticator app for staff (RFC 6238: SHA-1, 6 digits, 30 seconds).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Body of `POST /api/v1/auth/totp/begin`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TotpBegin {
    /// The own password, asked again.
    #[validate(length(min = 1, max = 256))]
    pub password: String,
}

/// A secret for the authenticator app, shown once. It counts from `POST /api/v1/auth/totp/confirm` on.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct TotpSecret {
    /// 20 bytes, base32 without padding, to be typed where no camera is.
    pub secret: String,
    /// The same as an `otpauth:` address.
    pub uri: String,
    /// That address as an SVG QR code.
    pub qr_svg: String,
}

/// Body of `POST /api/v1/auth/totp/confirm`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TotpConfirm {
    /// What the app shows now: six digits.
    #[validate(length(min = 6, max = 7))]
    pub code: String,
}

/// Codes that stand in for the app, shown once; each holds once.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RecoveryCodes {
    /// Ten of them, 10 Crockford characters each in two groups of five.
    pub codes: Vec<String>,
}

/// Body of `POST /api/v1/auth/totp/off`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TotpOff {
    /// The own password, asked again.
    #[validate(length(min = 1, max = 256))]
    pub password: String,
    /// Six digits of the app, or a recovery code.
    #[validate(length(min = 6, max = 20))]
    pub code: String,
}
