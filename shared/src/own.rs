//! What a pull tells a worker of their own work: the phone keeps the week, the next shifts and the thanks; months stay in memory.

use chrono::{NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::auth::Level;
use crate::ids::{Code, RecordId};
use crate::record::{Mode, Setting, ShiftState};
use crate::sync::DaySums;

/// A shift that is planned for the worker, or that one of their phones has started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedShift {
    /// The shift's record; a start or stop is a `put` of it with the next revision.
    pub record: RecordId,
    /// Its revision.
    pub rev: i64,
    /// How far it is.
    pub state: ShiftState,
    /// Service date.
    pub day: NaiveDate,
    /// Site.
    pub site: Code,
    /// How the worker goes out.
    pub mode: Mode,
    /// Kind of place.
    pub setting: Setting,
    /// Planned beginning, programme-local.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub from: Option<NaiveTime>,
    /// Planned end, programme-local.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<NaiveTime>,
    /// Who else is out on it.
    #[serde(default)]
    pub with: Vec<Colleague>,
}

/// Somebody of the programme with whom the worker may be out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Colleague {
    /// Id.
    pub id: crate::ids::WorkerId,
    /// Handle.
    pub handle: String,
}

/// Sums of a week that begins on a Monday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnWeek {
    /// Its Monday.
    pub start: NaiveDate,
    /// Sums of live records.
    pub sums: DaySums,
}

/// Recognition of good work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Thanks {
    /// Id.
    pub id: uuid::Uuid,
    /// Day.
    pub on: NaiveDate,
    /// Handle of who gave it.
    pub by: String,
    /// Words, at most 200 characters.
    pub words: String,
}

/// A training module that the worker has passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnQualification {
    /// Module of the catalogue.
    pub module: Code,
    /// When it was confirmed.
    pub on: NaiveDate,
    /// When it has to be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<NaiveDate>,
}

/// What moved in the worker's bag today, by item. The phone never stores it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BagLine {
    /// Item.
    pub item: Code,
    /// Put into the bag, less what was given back to the store.
    pub carried: i64,
    /// Handed out.
    pub given: i64,
    /// Lost, damaged, expired or taken away.
    pub lost: i64,
}

/// The worker's own part of a pull.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Own {
    /// What the worker is unlocked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Handle of the supervisor, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<String>,
    /// Shifts from yesterday to two weeks ahead, earliest first.
    pub shifts: Vec<PlannedShift>,
    /// Those with whom the worker may be out: the team of the same supervisor.
    pub colleagues: Vec<Colleague>,
    /// The last five weeks, this one included, oldest first.
    pub weeks: Vec<OwnWeek>,
    /// This month.
    pub month: DaySums,
    /// Thanks of the last 90 days, newest first, 20 at most.
    pub thanks: Vec<Thanks>,
    /// Qualifications that hold.
    pub qualifications: Vec<OwnQualification>,
    /// Slips of the last 30 days that are settled, so that the phone forgets them. Nothing but their random numbers.
    pub settled: Vec<String>,
    /// The bag of today's shift.
    pub bag: Vec<BagLine>,
}

/// A supervisor's question about a record of the worker. A phone keeps it in memory only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// Id; the answer names it.
    pub id: uuid::Uuid,
    /// The record that it is about.
    pub record: RecordId,
    /// Kind of that record.
    pub kind: String,
    /// Service date of that record.
    pub day: NaiveDate,
    /// Handle of who asks.
    pub asked_by: String,
    /// When, as a date of the programme.
    pub asked_on: NaiveDate,
    /// The question, at most 200 characters, such that yes, no or a number answers it.
    pub words: String,
}
