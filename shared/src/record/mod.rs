//! Records as they stand in an op's plaintext: `{kind, schema, body}` for a put, `{reason}` for a void.
//!
//! One file per kind. A released schema version never changes; a new one gets an upcaster here.

mod contact;
mod enums;

pub use contact::{Captured, ClientCode, Contact, KIND_CONTACT, Line, Measured, Referral, SCHEMA_CONTACT, TestAnswer};
pub use enums::{Direction, Injects, Mode, NaloxoneReason, ReferralStatus, ReferralWay, ReturnMethod, Returning, Setting, TestResult};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Plaintext of a `put` op before its body is read: which kind and which schema version it is.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPlaintext {
    /// Kind of record, such as `contact`.
    #[schemars(length(min = 1, max = 32))]
    pub kind: String,
    /// Schema version of the body, from 1.
    #[schemars(range(min = 1, max = 1000))]
    pub schema: u32,
    /// The body, read by kind and schema.
    pub body: serde_json::Value,
}

/// Plaintext of a `void` op.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, validator::Validate)]
#[serde(deny_unknown_fields)]
pub struct VoidPlaintext {
    /// Why the record is removed, at most 200 characters; `undo` when the worker took a tap back.
    #[validate(length(min = 1, max = 200))]
    pub reason: String,
}
