//! What supervisors do for their team beside records: planned shifts, thanks, qualifications, levels, and every exact tally.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::auth::Level;
use crate::ids::{Code, RecordId, WorkerId};
use crate::own::Question;
use crate::record::{Mode, Reply, Setting, ShiftState};

/// Body of `POST /api/v1/shifts`: plans one shift for each worker that it names.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewShift {
    /// Who goes out, 1 to 10.
    #[validate(length(min = 1, max = 10))]
    pub workers: Vec<WorkerId>,
    /// Service date, from today to a year ahead.
    pub day: NaiveDate,
    /// Site.
    pub site: Code,
    /// How they go out.
    pub mode: Mode,
    /// Kind of place.
    pub setting: Setting,
    /// Beginning, programme-local, such as `19:30:00`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub from: Option<NaiveTime>,
    /// End, programme-local.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<NaiveTime>,
}

/// A shift in the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShiftView {
    /// Record.
    pub id: RecordId,
    /// Revision.
    pub rev: i64,
    /// Handle of the worker.
    pub handle: String,
    /// Worker.
    pub worker: WorkerId,
    /// Handles of who else is out.
    pub with: Vec<String>,
    /// How far it is.
    pub state: ShiftState,
    /// Service date.
    pub day: NaiveDate,
    /// Site.
    pub site: Code,
    /// How the worker goes out.
    pub mode: Mode,
    /// Planned beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub from: Option<NaiveTime>,
    /// Planned end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub until: Option<NaiveTime>,
    /// Nobody stopped it: it closed itself at the programme's hour.
    pub closed_by_itself: bool,
}

/// Query of `GET /api/v1/shifts`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftQuery {
    /// First service date; a week ago if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last service date; four weeks ahead if absent, at most a year after `from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

/// Body of `POST /api/v1/shifts/{id}/cancel`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ShiftCancel {
    /// Revision that was on the screen; another one now is a conflict.
    #[validate(range(min = 1, max = 1_000_000))]
    pub rev: i64,
}

/// Body of `POST /api/v1/workers/{id}/level`: what a worker is unlocked for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct LevelChange {
    /// The level from now on.
    pub level: Level,
}

/// Body of `POST /api/v1/workers/{id}/thanks`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewThanks {
    /// What for, 3 to 200 characters. The worker reads it on the phone without a lock, so it names nobody.
    #[validate(length(min = 3, max = 200))]
    pub words: String,
}

/// Body of `POST /api/v1/workers/{id}/qualifications`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewQualification {
    /// Module of the catalogue.
    pub module: Code,
    /// When it was passed.
    pub on: NaiveDate,
    /// When it has to be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<NaiveDate>,
}

/// A qualification in the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QualificationView {
    /// Id.
    pub id: Uuid,
    /// Module of the catalogue.
    pub module: Code,
    /// When it was passed.
    pub on: NaiveDate,
    /// When it has to be renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<NaiveDate>,
    /// Handle of who confirmed it.
    pub confirmed_by: String,
}

/// Thanks in the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ThanksView {
    /// Id.
    pub id: Uuid,
    /// Day.
    pub on: NaiveDate,
    /// Handle of who gave them.
    pub by: String,
    /// Words.
    pub words: String,
}

/// Answer of `GET /api/v1/workers/{id}/development`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Development {
    /// What the worker is unlocked for.
    pub level: Level,
    /// Qualifications, newest first.
    pub qualifications: Vec<QualificationView>,
    /// Thanks, newest first, 50 at most.
    pub thanks: Vec<ThanksView>,
}

/// Query of `GET /api/v1/tallies`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TallyQuery {
    /// First service date.
    pub from: NaiveDate,
    /// Last service date, included.
    pub to: NaiveDate,
    /// Only this site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Code>,
    /// Only this worker of the team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<WorkerId>,
}

/// Answer of `GET /api/v1/tallies`: every exact measure that is not zero, by its stable name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TallyTable {
    /// First service date.
    pub from: NaiveDate,
    /// Last service date, included.
    pub to: NaiveDate,
    /// Sums by measure, such as `overdose`, `incident.kind.theft`, `referral.completed.hiv_test`.
    pub measures: BTreeMap<String, i64>,
}

/// Body of `POST /api/v1/records/{id}/questions`: asks the worker about a record of theirs.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewQuestion {
    /// The question, such that yes, no or a number answers it. It names nobody: a phone shows it.
    #[validate(length(min = 3, max = 200))]
    pub words: String,
}

/// What a worker answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerView {
    /// Yes, no, unsure or a number.
    pub reply: Reply,
    /// The number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Date of the answer.
    pub on: NaiveDate,
}

/// A question to a worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionView {
    /// The question as the phone gets it.
    pub question: Question,
    /// Handle of the worker who is asked.
    pub handle: String,
    /// Revision that the record has now.
    pub rev: i64,
    /// Answers, oldest first; a worker may answer again.
    pub answers: Vec<AnswerView>,
    /// Nobody waits for an answer any more.
    pub closed: bool,
}

/// Query of `GET /api/v1/questions`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionQuery {
    /// Of this record, open or not; absent for all open ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
}
