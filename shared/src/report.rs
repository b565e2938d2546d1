//! Exact reports for supervisors and administrators.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Query of `GET /api/v1/reports`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportQuery {
    /// First service date, inclusive.
    pub from: NaiveDate,
    /// Last service date, inclusive.
    pub to: NaiveDate,
    /// Up to two of `month`, `day`, `site`, `worker`, `gender`, `age_band`, `setting`, `service`, `item`, joined by a comma.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub by: String,
}

/// Figures of a group of live contacts, under the names of the paper day sheet's totals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportValues {
    /// Contacts (I1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts: Option<i64>,
    /// Contacts with somebody new (I2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_contacts: Option<i64>,
    /// Distinct client codes (I3); never add these up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unique_codes: Option<i64>,
    /// Contacts with a code (I4 numerator).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts_with_code: Option<i64>,
    /// Contacts and people served through them (I5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<i64>,
    /// Syringes handed out (I6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub syringes_out: Option<i64>,
    /// Syringes taken back (I6), partly estimated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub syringes_in: Option<i64>,
    /// Naloxone kits (I11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub naloxone_kits: Option<i64>,
    /// Naloxone doses (I11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub naloxone_doses: Option<i64>,
    /// Units out per item; zeros are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items_out: Option<BTreeMap<String, i64>>,
    /// Units out of the row's item, for `by=item`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity_out: Option<i64>,
    /// Units in of the row's item, for `by=item`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity_in: Option<i64>,
    /// Referrals issued or further (I15).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrals: Option<i64>,
    /// Distinct codes with, on one contact, injecting yes or assumed and a syringe out (I9 numerator).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prv8_codes: Option<i64>,
}

/// One group of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportRow {
    /// The group: by-name to code or handle.
    pub key: BTreeMap<String, String>,
    /// Its figures.
    pub values: ReportValues,
}

/// Answer of `GET /api/v1/reports`. Only groups that have contacts are listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Groups, sorted by key.
    pub rows: Vec<ReportRow>,
    /// Figures of everything in range.
    pub total: ReportValues,
}
