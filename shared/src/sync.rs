//! The op envelope and the push and pull messages. Bytes are base64url without padding.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::catalogue::Catalogue;
use crate::ids::{BatchId, DeviceId, OpId, ProgrammeId, RecordId, WorkerId};
use crate::own::{Own, Question};

/// Version of the push and pull messages.
pub const PROTO: u32 = 1;
/// Version of the op header.
pub const HEADER_VERSION: u32 = 1;
/// HPKE suite 1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
pub const SUITE: u32 = 1;
/// HPKE info of an op.
pub const OP_INFO: &[u8] = b"rounds/op/1";
/// What a device signs before the nonce when it asks for a token.
pub const AUTH_PREFIX: &[u8] = b"rounds/auth/1\n";
/// What the root key signs before the 65 bytes of a sealing key: the prefix, the kid, a newline, the key.
pub const SEALING_PREFIX: &[u8] = b"rounds/sealing/1\n";
/// Plaintexts are padded with spaces to a multiple of this many bytes.
pub const PADDING: usize = 256;
/// Ops in a push at most.
pub const MAX_OPS: usize = 200;
/// Bytes of a push body at most.
pub const MAX_PUSH_BYTES: usize = 512 * 1024;
/// Bytes of one op (header, key and ciphertext, decoded) at most.
pub const MAX_OP_BYTES: usize = 16 * 1024;
/// Header that names the pushing device: `<programme>.<device>`.
pub const DEVICE_HEADER: &str = "x-rounds-device";
/// Header with the device's signature over the raw request bytes.
pub const SIGNATURE_HEADER: &str = "x-rounds-signature";
/// Header of a push that somebody else delivers from a copy: whoever signed it is not there, so that its clock and its being in touch say nothing.
pub const COPY_HEADER: &str = "x-rounds-copy";
/// Header that marks a genuine answer of the sync routes.
pub const SYNC_HEADER: &str = "x-sync";

/// What an op does to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpType {
    /// States the whole record.
    Put,
    /// Removes the record.
    Void,
}

/// Header of an op: the exact bytes of this object are the HPKE additional data.
/// Unknown and repeated keys are refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpHeader {
    /// Header version, 1.
    pub v: u32,
    /// HPKE suite, 1.
    pub suite: u32,
    /// Id of the sealing key, 1 to 32 characters.
    #[schemars(length(min = 1, max = 32))]
    pub kid: String,
    /// Programme that the op belongs to.
    pub programme: ProgrammeId,
    /// Device that made it.
    pub device: DeviceId,
    /// Id of the op.
    pub op: OpId,
    /// Id of the record; equal to the id of the record's first op on phones.
    pub record: RecordId,
    /// Revision, from 1; a correction or removal is the greatest known + 1.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub rev: i64,
    /// Put or void.
    #[serde(rename = "type")]
    pub kind: OpType,
    /// Contiguous number per device, from 1; 0 for console and import.
    #[schemars(range(min = 0, max = 9_007_199_254_740_991i64))]
    pub dseq: i64,
    /// Who wrote it.
    pub author: WorkerId,
}

/// A sealed op, re-sent byte for byte for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SealedOp {
    /// Header JSON, base64url.
    #[schemars(length(min = 1, max = 2000))]
    pub hdr: String,
    /// Encapsulated key, 65 bytes, base64url.
    #[schemars(length(min = 1, max = 100))]
    pub ek: String,
    /// Ciphertext, base64url.
    #[schemars(length(min = 1, max = 22000))]
    pub ct: String,
}

/// What the digest of an op is taken over: for each of header, key and ciphertext its length as 4 bytes big-endian and its bytes.
#[must_use]
pub fn digest_input(hdr: &[u8], ek: &[u8], ct: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(hdr.len() + ek.len() + ct.len() + 12);
    for part in [hdr, ek, ct] {
        // Sizes are bounded by MAX_OP_BYTES long before this; the cap only keeps the cast honest.
        bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// Pads a plaintext with spaces to the next multiple of [`PADDING`].
#[must_use]
pub fn pad(mut plaintext: Vec<u8>) -> Vec<u8> {
    let padded = plaintext.len().max(1).div_ceil(PADDING) * PADDING;
    plaintext.resize(padded, b' ');
    plaintext
}

/// The pushing application.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// Name and version of the application.
    #[validate(length(min = 1, max = 64))]
    pub app: String,
    /// Newest schema version that it writes, by kind.
    #[serde(default)]
    pub schemas: BTreeMap<String, u32>,
}

/// What the phone's clock says when it pushes.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ClientClock {
    /// Instant by the phone's clock.
    pub now: DateTime<Utc>,
    /// Zone name of the phone.
    #[validate(length(max = 64))]
    pub tz: String,
}

/// Body of `POST /api/v1/sync/push`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PushRequest {
    /// Protocol, 1.
    pub proto: u32,
    /// Programme; equal to the device header's.
    pub programme: ProgrammeId,
    /// Id of this request.
    pub batch: BatchId,
    /// Pushing device; equal to the device header's.
    pub device: DeviceId,
    /// Opaque string of the last answer, empty at first.
    #[serde(default)]
    #[validate(length(max = 200))]
    pub seen: String,
    /// Greatest `dseq` that this device has used.
    #[validate(range(min = 0, max = 9_007_199_254_740_991i64))]
    pub dseq_high: i64,
    /// The application.
    #[validate(nested)]
    pub client: Client,
    /// The phone's clock.
    #[validate(nested)]
    pub clock: ClientClock,
    /// The ops, 0 to 200.
    #[validate(length(max = 200))]
    pub ops: Vec<SealedOp>,
}

/// Fate of an op. All but `rejected` and `retry` are durable on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpCode {
    /// Stored, and it is the head of its record.
    Accepted,
    /// Known before, with the same bytes.
    Duplicate,
    /// Stored, but another op is the head.
    Superseded,
    /// Stored raw for the supervisor.
    Quarantined,
    /// Not of this programme, over size or with a malformed header; not stored.
    Rejected,
    /// Not stored now; send again.
    Retry,
}

impl OpCode {
    /// Whether the server has the op for good.
    #[must_use]
    pub fn is_durable(self) -> bool {
        !matches!(self, Self::Rejected | Self::Retry)
    }

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Superseded => "superseded",
            Self::Quarantined => "quarantined",
            Self::Rejected => "rejected",
            Self::Retry => "retry",
        }
    }
}

/// A field that did not pass, without its value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct FieldError {
    /// Path of the field, such as `lines[2].quantity`.
    pub path: String,
    /// Stable code of the rule, such as `range`.
    pub code: String,
}

impl FieldError {
    /// Builds an error for a path and a rule.
    #[must_use]
    pub fn new(path: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            code: code.into(),
        }
    }
}

/// Result of one op of a push; the answer has exactly one per op, in the order of the request.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct OpResult {
    /// Id of the op, or null when its header could not be read.
    pub op: Option<OpId>,
    /// Its fate.
    pub code: OpCode,
    /// Programme sequence number under which it was stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// Why, for quarantined, rejected and retry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The head that superseded it is a supervisor's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_supervisor: bool,
    /// Fields that did not pass.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// Answer to a push.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PushResponse {
    /// Protocol, 1.
    pub proto: u32,
    /// Batch id of the request.
    pub batch: BatchId,
    /// Epoch of the programme; a new one means: offer everything again.
    pub epoch: Uuid,
    /// Opaque, to be sent with the next request.
    pub seen: String,
    /// Server's instant.
    pub server_time: DateTime<Utc>,
    /// One result per op.
    pub results: Vec<OpResult>,
    /// Everything with `seq` up to this is in a checked backup; 0 when there is none.
    pub backup_watermark: i64,
    /// Ranges of `dseq` up to `dseq_high` that have not arrived from this device.
    pub missing: Vec<[i64; 2]>,
    /// Commands to the device: `wipe` (send what waits, then forget everything), `reoffer:N` (offer everything again, once per N).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<String>,
}

/// Query of `GET /api/v1/sync/pull`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PullQuery {
    /// Cursor of the last answer, 0 at first.
    #[serde(default)]
    #[schemars(range(min = 0, max = 9_007_199_254_740_991i64))]
    pub cursor: i64,
    /// Catalogue version that the phone has, 0 if none.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub catalogue: i64,
}

/// A sealing key, signed by the root key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SealingKey {
    /// Id of the key.
    pub kid: String,
    /// HPKE suite.
    pub suite: u32,
    /// Public key, 65 bytes uncompressed, base64url.
    pub key: String,
    /// Root signature over [`SEALING_PREFIX`], kid, newline and key; base64url r‖s.
    pub sig: String,
}

/// Five sums of an author's day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DaySums {
    /// Contacts.
    pub contacts: i64,
    /// Contacts with somebody new.
    pub new_contacts: i64,
    /// Syringes handed out.
    pub syringes_out: i64,
    /// Syringes taken back.
    pub syringes_in: i64,
    /// Naloxone kits handed out.
    pub naloxone_kits: i64,
}

/// An author's sums of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnDay {
    /// Service date.
    pub day: NaiveDate,
    /// Sums of live records.
    pub sums: DaySums,
}

/// What became of an op of this device after its receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpFate {
    /// Id of the op.
    pub op: OpId,
    /// Its fate now.
    pub code: OpCode,
    /// The head that superseded it is a supervisor's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_supervisor: bool,
}

/// Answer to a pull. It never holds a record's body.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PullResponse {
    /// Protocol, 1.
    pub proto: u32,
    /// Everything visible up to this programme sequence number is accounted for.
    pub cursor: i64,
    /// Epoch of the programme.
    pub epoch: Uuid,
    /// Opaque, to be sent with the next push.
    pub seen: String,
    /// Server's instant.
    pub server_time: DateTime<Utc>,
    /// The catalogue, when it is newer than the phone's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<Catalogue>,
    /// Sealing keys in use, newest first.
    pub sealing: Vec<SealingKey>,
    /// Own sums of the last 7 service dates, today's included.
    pub days: Vec<OwnDay>,
    /// The worker's own shifts, weeks, thanks, qualifications, slips and bag.
    pub own: Own,
    /// Own ops whose fate changed after the cursor.
    pub fates: Vec<OpFate>,
    /// Open questions to the worker, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// Commands to the device: `wipe` (send what waits, then forget everything), `reoffer:N` (offer everything again, once per N).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<String>,
    /// Everything with `seq` up to this is in a checked backup; 0 when there is none.
    pub backup_watermark: i64,
}
