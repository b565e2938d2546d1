//! Problem responses (RFC 9457). `code` is stable and is the translation key; a rejected value never comes back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::sync::FieldError;

/// Body of every answer of status 400 and above under `/api`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// `about:blank`; the code says what it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// Short English title of the status.
    pub title: String,
    /// HTTP status.
    #[schemars(range(min = 400, max = 599))]
    pub status: u16,
    /// Stable code, such as `invite_unknown`.
    pub code: String,
    /// What is wrong and what to do, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Fields that did not pass.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}
