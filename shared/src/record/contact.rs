//! Kind `contact`, schema 1: one meeting with a person, valid even if nothing was handed over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::common::record_body;
use super::enums::{Injects, Returning, TestResult};
use super::parts::{Line, Referral};
use crate::ids::Code;

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

/// What happened about one kind of test. Never a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TestAnswer {
    /// Test kind, a service code such as `hiv_test`.
    pub kind: Code,
    /// The answer.
    pub result: TestResult,
}

record_body! {
    /// Body of a contact, schema 1. What was not tapped is `unknown` or `not_asked`; saving is never blocked.
    Contact {
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
}
