//! What the console shows and asks: people, devices, team board, records, quarantine, imports, audit.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::auth::{Level, Role, WorkerStatus};
use crate::ids::{DeviceId, RecordId, WorkerId};
use crate::record::{HeavyEvent, RecordBody, ShiftState, WantsToTalk};
use crate::sync::DaySums;

/// A person of the programme, peer worker or staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WorkerView {
    /// Id.
    pub id: WorkerId,
    /// Handle, never a legal name.
    pub handle: String,
    /// Role.
    pub role: Role,
    /// Level, for peers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Their supervisor, for peers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<WorkerId>,
    /// Whether they work at present.
    pub status: WorkerStatus,
    /// Phones enrolled for them and not revoked.
    pub devices: Vec<DeviceId>,
}

/// Body of `POST /api/v1/workers`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewWorker {
    /// Handle, unique in the programme, 2 to 32 characters of a–z, 0–9 and hyphen.
    #[validate(length(min = 2, max = 32))]
    #[schemars(regex(pattern = r"^[a-z0-9-]{2,32}$"))]
    pub handle: String,
    /// Role.
    pub role: Role,
    /// Level, for peers; outreach if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Supervisor, for peers; a supervisor's own id if they add somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<WorkerId>,
}

/// Body of `POST /api/v1/workers/{id}/status`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct StatusChange {
    /// The status from now on.
    pub status: WorkerStatus,
}

/// Body of `POST /api/v1/sites`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewSite {
    /// Code, never reused.
    pub code: crate::ids::Code,
    /// Name in the programme's first language.
    #[validate(length(min = 1, max = 60))]
    pub label: String,
}

/// A device in the administrator's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeviceView {
    /// Id.
    pub id: DeviceId,
    /// Handle of the person it was enrolled for.
    pub handle: String,
    /// Application at the last contact.
    pub app: String,
    /// When it was enrolled.
    pub enrolled_at: DateTime<Utc>,
    /// Last push or pull.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<DateTime<Utc>>,
    /// Revoked: its deposits go to quarantine.
    pub revoked: bool,
}

/// Sums of a worker over some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardSums {
    /// The five sums of the pad.
    #[serde(flatten)]
    pub sums: DaySums,
    /// Referrals issued or further.
    pub referrals: i64,
}

/// Numbers that a device says it has used and the server has not received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeviceGap {
    /// Device.
    pub device: DeviceId,
    /// Missing ranges, both ends included.
    pub missing: Vec<[i64; 2]>,
    /// Greatest number known.
    pub high: i64,
}

/// A worker on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BoardRow {
    /// Worker.
    pub worker: WorkerId,
    /// Handle.
    pub handle: String,
    /// Level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Whether they work at present.
    pub status: WorkerStatus,
    /// Today.
    pub today: BoardSums,
    /// ISO week of today, in the programme's zone.
    pub week: BoardSums,
    /// Last push of a phone of theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sync: Option<DateTime<Utc>>,
    /// Gaps in their phones' sequences.
    pub gaps: Vec<DeviceGap>,
    /// Their ops in quarantine that wait.
    pub quarantined: i64,
    /// Where their shift of today stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_today: Option<ShiftState>,
    /// They want to talk, by the newest debrief of the last 7 days; for their own supervisor only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talk: Option<WantsToTalk>,
    /// Something heavy happened in the last 7 days; for their own supervisor only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heavy: Option<HeavyEvent>,
}

/// How old the newest backup is that was restored elsewhere and checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BackupState {
    /// When it was made; absent when none is checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<DateTime<Utc>>,
    /// When it was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<DateTime<Utc>>,
    /// No checked backup is younger than 30 days, which is as long as phones keep what they sent.
    pub overdue: bool,
}

/// Answer of `GET /api/v1/board`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Board {
    /// Today in the programme's zone.
    pub today: NaiveDate,
    /// Monday of this week.
    pub week_start: NaiveDate,
    /// Server's instant, for "4 min ago".
    pub now: DateTime<Utc>,
    /// The team, by handle.
    pub rows: Vec<BoardRow>,
    /// Sums of the team today.
    pub total_today: BoardSums,
    /// Sums of the team this week.
    pub total_week: BoardSums,
    /// Whether what phones sent is in a checked backup.
    pub backup: BackupState,
    /// Since when heads or tallies are known to differ from the records that were sent. Nothing is published meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift_at: Option<DateTime<Utc>>,
}

/// Query of `GET /api/v1/records`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordQuery {
    /// Only this worker's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<WorkerId>,
    /// First service date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last service date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Only this kind, such as `overdose`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 32))]
    pub kind: Option<String>,
    /// Cursor of the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 200))]
    pub cursor: Option<String>,
}

/// A record of the team. The code is never shown: only whether there is one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordView {
    /// Record.
    pub id: RecordId,
    /// Revision of the head.
    pub rev: i64,
    /// Removed.
    pub void: bool,
    /// Handle of the worker whose record it is.
    pub handle: String,
    /// Kind and body; a contact's `code` is always `keep`.
    pub record: RecordBody,
    /// The record has a client code.
    pub has_code: bool,
    /// Who wrote the head.
    pub author: String,
    /// Two ops claim the same revision.
    pub conflict: bool,
    /// Soft warnings, such as `many_syringes` and `clock_off`.
    pub warnings: Vec<String>,
    /// When the head arrived.
    pub received_at: DateTime<Utc>,
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecordPage {
    /// Records, newest service date first.
    pub records: Vec<RecordView>,
    /// Cursor of the next page, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Body of `PUT /api/v1/records/{id}`: a supervisor's correction.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Revision that was on the screen; another one now is a conflict.
    #[validate(range(min = 1, max = 1_000_000))]
    pub rev: i64,
    /// Why, 3 to 200 characters, kept in the audit.
    #[validate(length(min = 3, max = 200))]
    pub reason: String,
    /// The whole record as it should be, of the kind that it is.
    #[validate(nested)]
    pub record: RecordBody,
}

/// Body of `POST /api/v1/records/{id}/void`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct VoidRequest {
    /// Revision that was on the screen; another one now is a conflict.
    #[validate(range(min = 1, max = 1_000_000))]
    pub rev: i64,
    /// Why, 3 to 200 characters.
    #[validate(length(min = 3, max = 200))]
    pub reason: String,
}

/// Query of `POST /api/v1/imports/daysheet`; the body is the CSV.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportQuery {
    /// Name of the source, so that the same sheet is recognised; `daysheet` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 64))]
    pub source: Option<String>,
    /// Make unknown workers and sites.
    #[serde(default)]
    pub create: bool,
}

/// A row of a day sheet that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportError {
    /// Line of the file, the header being 1.
    pub line: u64,
    /// Column of the header.
    pub column: String,
    /// Stable code of what is wrong.
    pub code: String,
    /// What to do, in English.
    pub detail: String,
}

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportResult {
    /// Rows read.
    pub rows: i64,
    /// New records.
    pub created: i64,
    /// Rows that changed since the last import, now corrections.
    pub corrected: i64,
    /// Rows as they were.
    pub unchanged: i64,
    /// Rows changed here and in the console since: left as they are, for review.
    pub review: i64,
    /// Workers made.
    pub workers_created: Vec<String>,
    /// Sites made.
    pub sites_created: Vec<String>,
    /// Rows that were not taken.
    pub errors: Vec<ImportError>,
}

/// A line of the audit chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditEntry {
    /// Number in the programme, from 1.
    pub n: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: a handle, `system` or `device`.
    pub actor: String,
    /// What, such as `record.correct`.
    pub action: String,
    /// On what: an id, never content.
    pub subject: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Hash of the entry and all before it, hex.
    pub hash: String,
}

/// Answer of `GET /api/v1/audit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditPage {
    /// Newest first, 100 at most.
    pub entries: Vec<AuditEntry>,
    /// Cursor of the next page, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Query with a cursor only.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageQuery {
    /// Cursor of the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 200))]
    pub cursor: Option<String>,
}

/// Answer of `GET /api/health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Health {
    /// `ok`.
    pub status: String,
    /// Version of the server.
    pub version: String,
    /// Id of this process, to tell a restarted server.
    pub instance: Uuid,
}
