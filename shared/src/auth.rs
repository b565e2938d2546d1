//! Enrolment, tokens, staff sessions and invites.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::catalogue::Catalogue;
use crate::ids::{DeviceId, ProgrammeId, WorkerId};
use crate::sync::SealingKey;

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes records on a phone and sees own sums.
    Peer,
    /// Sees programme totals, and workers and records of the own team.
    Supervisor,
    /// Sees published cells only.
    Evaluator,
    /// Runs the programme.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Peer, Self::Supervisor, Self::Evaluator, Self::Administrator];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Peer => "peer",
            Self::Supervisor => "supervisor",
            Self::Evaluator => "evaluator",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a word, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// Level of peer work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Contacts, equipment, talk, referral.
    Outreach,
    /// Leads groups with staff or another experienced peer.
    Facilitation,
    /// Accompanies other peers.
    Mentoring,
}

impl Level {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outreach => "outreach",
            Self::Facilitation => "facilitation",
            Self::Mentoring => "mentoring",
        }
    }

    /// The level of a word, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Outreach, Self::Facilitation, Self::Mentoring]
            .into_iter()
            .find(|level| level.as_str() == text)
    }
}

/// Whether somebody works at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WorkerStatus {
    /// Works.
    Active,
    /// Rests for a while; everything of theirs goes on working.
    Break,
    /// Has left: no log-in, no token, and what their phone still sends goes to quarantine.
    Left,
}

impl WorkerStatus {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Break => "break",
            Self::Left => "left",
        }
    }

    /// The status of a word, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Active, Self::Break, Self::Left]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}

/// Body of `POST /api/v1/auth/enrol`: a phone becomes a device of a programme.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// Code of the link or of the card: 12 Crockford characters; case, spaces, hyphens and look-alikes (O, I, L) are forgiven.
    #[validate(length(min = 12, max = 20))]
    pub code: String,
    /// Six digits that the supervisor says.
    #[validate(length(min = 6, max = 6))]
    #[schemars(regex(pattern = r"^[0-9]{6}$"))]
    pub digits: String,
    /// Raw P-256 public key of the device, 65 bytes, base64url.
    #[validate(length(min = 87, max = 87))]
    pub device_key: String,
    /// Name and version of the application.
    #[validate(length(min = 1, max = 64))]
    pub app: String,
}

/// Answer to an enrolment; the same code with the same key gets it again for 72 hours.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct EnrolResponse {
    /// Programme of the phone.
    pub programme: ProgrammeId,
    /// The phone.
    pub device: DeviceId,
    /// The person who records on it.
    pub author: WorkerId,
    /// Handle of that person.
    pub handle: String,
    /// Epoch of the programme.
    pub epoch: Uuid,
    /// Root key, 65 bytes uncompressed P-256, base64url; signs sealing keys. A link pins the first 16 bytes of its SHA-256.
    pub root_key: String,
    /// Sealing keys in use, newest first.
    pub sealing: Vec<SealingKey>,
    /// The catalogue.
    pub catalogue: Catalogue,
    /// Zone of the programme, an IANA name.
    pub tz: String,
}

/// Answer of `GET /api/v1/auth/challenge`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Challenge {
    /// 32 random bytes, base64url; single use within 60 seconds.
    pub nonce: String,
}

/// Body of `POST /api/v1/auth/token`: a device proves its key.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    /// Programme of the device.
    pub programme: ProgrammeId,
    /// The device.
    pub device: DeviceId,
    /// Who is using it.
    pub author: WorkerId,
    /// Nonce of the challenge.
    #[validate(length(min = 43, max = 43))]
    pub nonce: String,
    /// Device signature over `rounds/auth/1\n` and the nonce's characters; base64url r‖s.
    #[validate(length(min = 86, max = 86))]
    pub sig: String,
}

/// A short-lived bearer token.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct TokenResponse {
    /// JWT, HS256, 10 minutes.
    pub token: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// Body of `POST /api/v1/auth/login`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    /// Login name.
    #[validate(length(min = 1, max = 64))]
    pub login: String,
    /// Password.
    #[validate(length(min = 1, max = 256))]
    pub password: String,
    /// Six digits of the authenticator app, or a recovery code; asked for by the problem `totp_needed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 6, max = 20))]
    pub code: Option<String>,
}

/// Body of `POST /api/v1/auth/join`: a member of staff takes up an invite and chooses a password.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct JoinRequest {
    /// Code of the link.
    #[validate(length(min = 12, max = 20))]
    pub code: String,
    /// Six digits that came by another way.
    #[validate(length(min = 6, max = 6))]
    #[schemars(regex(pattern = r"^[0-9]{6}$"))]
    pub digits: String,
    /// Login name to use, 3 to 64 characters of a–z, 0–9, dot and hyphen.
    #[validate(length(min = 3, max = 64))]
    #[schemars(regex(pattern = r"^[a-z0-9.-]{3,64}$"))]
    pub login: String,
    /// Password, at least 12 characters.
    #[validate(length(min = 12, max = 256))]
    pub password: String,
    /// Six digits of the authenticator app, or a recovery code, of whoever has set one up; asked for by the problem `totp_needed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(length(min = 6, max = 20))]
    pub totp: Option<String>,
}

/// Who is logged in; the answer of login, join and `GET /api/v1/auth/session`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SessionView {
    /// Programme.
    pub programme: ProgrammeId,
    /// Name of the programme.
    pub programme_name: String,
    /// Zone of the programme.
    pub tz: String,
    /// Today's date in that zone.
    pub today: chrono::NaiveDate,
    /// The person.
    pub worker: WorkerId,
    /// Their handle.
    pub handle: String,
    /// Their role.
    pub role: Role,
    /// They log in with an authenticator app.
    pub totp: bool,
    /// The server demands it: without, a session can do nothing but set it up.
    pub totp_required: bool,
}

/// Body of `POST /api/v1/invites`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct InviteRequest {
    /// Who is invited: a worker of the list.
    pub worker: WorkerId,
}

/// An invite, shown once.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct InviteView {
    /// Handle of the invited person.
    pub handle: String,
    /// Role of the invited person: peers enrol a phone, all others choose a password.
    pub role: Role,
    /// Link with code and key fingerprint in its fragment.
    pub link: String,
    /// Code, 12 Crockford characters in groups of four.
    pub code: String,
    /// Six digits to say aloud.
    pub digits: String,
    /// The link as an SVG QR code.
    pub qr_svg: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// Claims of a bearer token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer, `rounds`.
    pub iss: String,
    /// `device` or `script`.
    pub aud: String,
    /// Person that it speaks for.
    pub sub: WorkerId,
    /// Device, for `device`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dev: Option<DeviceId>,
    /// Programme.
    pub prg: ProgrammeId,
    /// What it may do: `pull`, or the role that a script acts in.
    pub scope: String,
    /// Id, for revocation.
    pub jti: Uuid,
    /// Issued at, seconds.
    pub iat: i64,
    /// Ends at, seconds.
    pub exp: i64,
}
