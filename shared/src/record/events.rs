//! Kinds `overdose` and `incident`: what happened. Never who it happened to.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use super::common::record_body;
use super::enums::{Affects, Answer, IncidentStatus, NoAmbulance, Outcome, OverdosePlace, Precision, ReportedBy};
use crate::ids::Code;

/// Naloxone doses of one product given to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Dose {
    /// Item of the catalogue that holds naloxone.
    pub item: Code,
    /// Doses, 1 to 100.
    #[validate(range(min = 1, max = 100))]
    pub n: i64,
}

record_body! {
    /// Body of an overdose, schema 1. The service date is its day, or any day of its month.
    Overdose {
        /// Whether the day or only the month is known.
        pub precision: Precision,
        /// Kind of place where it happened.
        pub place: OverdosePlace,
        /// Who tells of it.
        pub reported_by: ReportedBy,
        /// Whether naloxone was given.
        pub naloxone: Answer,
        /// Doses by product, as far as known.
        #[serde(default)]
        #[validate(length(max = 10), nested)]
        pub doses: Vec<Dose>,
        /// Whether an ambulance was called.
        pub ambulance: Answer,
        /// Why none was called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub no_ambulance: Option<NoAmbulance>,
        /// Whether police came.
        pub police: Answer,
        /// How it ended.
        pub outcome: Outcome,
        /// Gender code, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub gender: Option<Code>,
        /// Age band code, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub age_band: Option<Code>,
    }
}

record_body! {
    /// Body of an incident, schema 1: a stub that a supervisor follows up. It has no free text.
    Incident {
        /// Whom it affects; absent when not asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub affects: Option<Affects>,
        /// Kinds of incident, of the catalogue.
        #[validate(length(min = 1, max = 10))]
        pub kinds: Vec<Code>,
        /// Perpetrators, of the catalogue.
        #[serde(default)]
        #[validate(length(max = 10))]
        pub by: Vec<Code>,
        /// 1 light to 3 severe.
        #[validate(range(min = 1, max = 3))]
        pub severity: i64,
        /// Support given, of the catalogue.
        #[serde(default)]
        #[validate(length(max = 10))]
        pub support: Vec<Code>,
        /// How far it is dealt with.
        pub status: IncidentStatus,
        /// When a response is due.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub response_due: Option<NaiveDate>,
    }
}
