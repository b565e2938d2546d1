//! Kind `contact`, schema 1: one meeting with a person, valid even if nothing was handed over.

use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::enums::{Direction, Injects, Mode, NaloxoneReason, ReferralStatus, ReferralWay, ReturnMethod, Returning, Setting, TestResult};
use crate::ids::{Code, WorkerId};

/// Name of this kind in an op's plaintext.
pub const KIND_CONTACT: &str = "contact";
/// Newest schema version of this kind.
pub const SCHEMA_CONTACT: u32 = 1;

/// A client code as an op states it. The person behind a record is its own register: the value of
/// the greatest revision that is not `keep`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientCode {
    /// The code as the person said it, 1 to 64 characters; at least 4 count after normalisation.
    Set(#[schemars(length(min = 1, max = 64))] String),
    /// No code was given.
    None,
    /// Leave the person as an earlier revision had it.
    Keep,
}

/// The phone's own wall clock at the tap, with its offset, kept beside the service date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Captured {
    /// Local date and time, such as `2026-06-09T21:14:05`.
    #[schemars(with = "String", regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$"))]
    pub local: NaiveDateTime,
    /// Minutes east of UTC, −840 to 840.
    #[validate(range(min = -840, max = 840))]
    pub offset_minutes: i32,
}

/// What was measured when a returned quantity was estimated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// Value in `unit`, above 0.
    #[validate(range(min = 0.0, max = 100_000.0))]
    pub value: f64,
    /// Unit of the value, such as `kg`, `lb`, `l`.
    #[validate(length(min = 1, max = 16))]
    pub unit: String,
    /// Pieces per unit; quantity = value × factor, round half up.
    #[validate(range(min = 0.0, max = 100_000.0))]
    pub factor: f64,
}

/// An item handed out or taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Item of the catalogue.
    pub item: Code,
    /// Out or in.
    pub direction: Direction,
    /// Whole items, 1 to 100,000.
    #[validate(range(min = 1, max = 100_000))]
    pub quantity: i64,
    /// For `in`: how the quantity was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<ReturnMethod>,
    /// For `in` by container or weight: what was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub measured: Option<Measured>,
    /// For naloxone: why it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<NaloxoneReason>,
}

/// A person pointed to a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// Random short number on the slip: 5 Crockford characters and a check character.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[0-9A-HJKMNP-TV-Z]{6}$"))]
    pub slip: Option<String>,
    /// Service of the catalogue.
    pub service: Code,
    /// Provider of the catalogue, if one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Code>,
    /// How it was made.
    pub way: ReferralWay,
    /// How far it came at this contact.
    pub status: ReferralStatus,
}

/// What happened about one kind of test. Never a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TestAnswer {
    /// Test kind, a service code such as `hiv_test`.
    pub kind: Code,
    /// The answer.
    pub result: TestResult,
}

/// Body of a contact, schema 1. What was not tapped is `unknown` or `not_asked`; saving is never blocked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Whose contact it is; in a push equal to the header's author.
    pub worker: WorkerId,
    /// Version of the catalogue that it was made with, from 1.
    #[validate(range(min = 1, max = 1_000_000))]
    pub catalogue: i64,
    /// Site code.
    pub site: Code,
    /// Programme-local date of the tap, or the date that was chosen.
    pub service_date: NaiveDate,
    /// The phone's wall clock at the tap; absent on imported rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub captured: Option<Captured>,
    /// Shift that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Uuid>,
    /// How the worker was out.
    pub mode: Mode,
    /// Kind of place.
    pub setting: Setting,
    /// New or returning.
    pub returning: Returning,
    /// Gender code of the programme.
    pub gender: Code,
    /// Age band code of the programme.
    pub age_band: Code,
    /// Whether the person injects.
    pub injects: Injects,
    /// People served through this one, 0 to 99.
    #[serde(default)]
    #[validate(range(min = 0, max = 99))]
    pub for_others: i64,
    /// Client code, or that there is none, or that it stays.
    pub code: ClientCode,
    /// The person was asked for a code and refused.
    #[serde(default)]
    pub code_refused: bool,
    /// Topics of the talk.
    #[serde(default)]
    #[validate(length(max = 40))]
    pub topics: Vec<Code>,
    /// Items asked for and not to be had.
    #[serde(default)]
    #[validate(length(max = 40))]
    pub unmet: Vec<Code>,
    /// Items out and in.
    #[serde(default)]
    #[validate(length(max = 80), nested)]
    pub lines: Vec<Line>,
    /// Referrals made.
    #[serde(default)]
    #[validate(length(max = 20), nested)]
    pub referrals: Vec<Referral>,
    /// Tests spoken of.
    #[serde(default)]
    #[validate(length(max = 20), nested)]
    pub tests: Vec<TestAnswer>,
}
