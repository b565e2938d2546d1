//! What waits in quarantine, and what a supervisor decides about it.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::ids::{DeviceId, OpId, RecordId};
use crate::record::RecordBody;
use crate::sync::FieldError;

/// An op in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantineView {
    /// Op.
    pub op: OpId,
    /// SHA-256 of its bytes, base64url. Two may wait under one id; id and digest name one of them.
    pub digest: String,
    /// Device that made it.
    pub device: DeviceId,
    /// Number of the device.
    pub dseq: i64,
    /// Handle of its author, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// Why.
    pub reason: String,
    /// Fields that did not pass; none where what it says is not shown.
    pub errors: Vec<FieldError>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// `waiting`, `released`, `repaired` or `discarded`.
    pub status: String,
}

/// An op in quarantine with what can be read of it. The look is audited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantineDetail {
    /// The op.
    pub op: QuarantineView,
    /// Record that it is about.
    pub about: RecordId,
    /// Its revision.
    pub rev: i64,
    /// It removes the record.
    pub void: bool,
    /// Revision that the record has now; absent when nothing of it was taken yet, or when it is of another team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_rev: Option<i64>,
    /// What it says, where that can be read. A contact's code stands as `keep`: a repair keeps the one that the op names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordBody>,
    /// Fields that would not pass now, were it taken as it stands.
    pub errors: Vec<FieldError>,
    /// What it says is for others: a debrief, for the worker's own supervisor, or the record of somebody of another team.
    pub hidden: bool,
    /// It would pass as it stands.
    pub may_release: bool,
    /// A record can be stated in its place.
    pub may_repair: bool,
}

/// Body of `POST /api/v1/quarantine/{op}/{digest}/repair`: the record as it should be. The supervisor states it as the worker's.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    /// The whole record.
    #[validate(nested)]
    pub record: RecordBody,
    /// Why, for the audit.
    #[validate(length(min = 3, max = 200))]
    pub reason: String,
}

/// Body of `POST /api/v1/quarantine/{op}/{digest}/release` and `/discard`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Why, for the audit.
    #[validate(length(min = 3, max = 200))]
    pub reason: String,
}

/// Answer of `GET /api/v1/quarantine`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuarantineList {
    /// Waiting ones, newest first.
    pub ops: Vec<QuarantineView>,
    /// Cursor of the next page, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
