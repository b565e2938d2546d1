//! Parts that several kinds of record share: lines, measured returns, referrals, groups of people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::enums::{Direction, NaloxoneReason, ReferralStatus, ReferralWay, ReturnMethod};
use crate::ids::Code;

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

/// People of one gender and age band, counted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Gender code of the programme.
    pub gender: Code,
    /// Age band code of the programme.
    pub age_band: Code,
    /// How many, 1 to 5,000.
    #[validate(range(min = 1, max = 5_000))]
    pub n: i64,
}
