//! The server's share of the key that wraps a phone's list of the current shift. The other share is derived from the PIN on the phone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Body of `PUT /api/v1/phone/share`: the phone set or changed its PIN.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PinShareRequest {
    /// What the phone derives from the PIN, 32 bytes, base64url.
    #[validate(length(min = 43, max = 43))]
    pub proof: String,
    /// What it derives from the duress PIN; random bytes when there is none, so that nobody can tell.
    #[validate(length(min = 43, max = 43))]
    pub duress_proof: String,
}

/// Body of `POST /api/v1/phone/share/open`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PinTry {
    /// What the phone derives from the PIN that was typed, 32 bytes, base64url.
    #[validate(length(min = 43, max = 43))]
    pub proof: String,
}

/// The server's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PinShare {
    /// 32 bytes, base64url.
    pub share: String,
}
