//! Records as they stand in an op's plaintext: `{kind, schema, body}` for a put, `{reason}` for a void.
//!
//! One file per group of kinds. A released schema version never changes; a new one gets an upcaster here.

mod common;
mod contact;
mod enums;
mod events;
mod parts;
mod referral;
mod sheet;
mod work;

pub use common::{Captured, Common, HasCommon};
pub use contact::{ClientCode, Contact, TestAnswer};
pub use enums::{
    Affects, Answer, Direction, EventSource, ExpenseStatus, HeavyEvent, IncidentStatus, Injects, Mode, NaloxoneReason, NoAmbulance,
    Outcome, OverdosePlace, Precision, ReferralStatus, ReferralWay, Reply, ReportedBy, ReturnMethod, Returning, SessionType, Setting,
    ShiftState, StockPlace, StockReason, TestResult, WantsToTalk,
};
pub use events::{Dose, Incident, Overdose};
pub use parts::{Group, Line, Measured, Referral};
pub use referral::{ReferralEvent, ReferralRecord};
pub use sheet::{GroupSession, TallySheet};
pub use work::{Collection, Debrief, Expense, QuestionAnswer, Shift, StockLine, StockMove};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Plaintext of a `put` op before its body is read: which kind and which schema version it is.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPlaintext {
    /// Kind of record, such as `contact`.
    #[schemars(length(min = 1, max = 32))]
    pub kind: String,
    /// Schema version of the body, from 1.
    #[schemars(range(min = 1, max = 1000))]
    pub schema: u32,
    /// The body, read by kind and schema.
    pub body: Value,
}

/// Plaintext of a `void` op.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, validator::Validate)]
#[serde(deny_unknown_fields)]
pub struct VoidPlaintext {
    /// Why the record is removed, at most 200 characters; `undo` when the worker took a tap back.
    #[validate(length(min = 1, max = 200))]
    pub reason: String,
}

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// No kind of this version.
    #[error("unknown kind")]
    UnknownKind,
    /// A schema version that is newer than this program.
    #[error("newer schema")]
    NewerSchema,
    /// Not a body of its kind and schema.
    #[error("malformed body")]
    Malformed,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident($type:ty) = $text:literal, $schema:literal);+ $(;)?) => {
        /// A record of any kind.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "kind", content = "body")]
        pub enum RecordBody {
            $($(#[$doc])* #[serde(rename = $text)] $variant(Box<$type>)),+
        }

        impl RecordBody {
            /// Every kind with the newest schema version of its body.
            pub const KINDS: &'static [(&'static str, u32)] = &[$(($text, $schema)),+];

            /// Kind on the wire.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $text),+ }
            }

            /// Schema version in which this program writes the kind.
            #[must_use]
            pub fn schema(&self) -> u32 {
                match self { $(Self::$variant(_) => $schema),+ }
            }

            /// The circumstances.
            #[must_use]
            pub fn common(&self) -> Common<'_> {
                match self { $(Self::$variant(body) => body.common()),+ }
            }

            /// Reads a body of any released schema version of its kind.
            ///
            /// # Errors
            /// [`BodyError`] with what is wrong.
            pub fn read(kind: &str, schema: u32, body: Value) -> Result<Self, BodyError> {
                match kind {
                    $($text if schema == 0 => Err(BodyError::Malformed),
                    $text if schema > $schema => Err(BodyError::NewerSchema),
                    $text => serde_json::from_value(body).map(Self::$variant).map_err(|_| BodyError::Malformed),)+
                    _ => Err(BodyError::UnknownKind),
                }
            }

            /// The body alone, as it stands in a plaintext.
            ///
            /// # Errors
            /// [`serde_json::Error`] only for numbers that JSON can't hold.
            pub fn to_value(&self) -> Result<Value, serde_json::Error> {
                match self { $(Self::$variant(body) => serde_json::to_value(body)),+ }
            }

            /// Errors of the limits that the fields state.
            ///
            /// # Errors
            /// [`validator::ValidationErrors`] by field.
            pub fn check_limits(&self) -> Result<(), validator::ValidationErrors> {
                match self { $(Self::$variant(body) => validator::Validate::validate(body.as_ref())),+ }
            }
        }

        $(impl From<$type> for RecordBody {
            fn from(body: $type) -> Self {
                Self::$variant(Box::new(body))
            }
        })+
    };
}

kinds! {
    /// One meeting with a person.
    Contact(Contact) = "contact", 1;
    /// A bulk count.
    TallySheet(TallySheet) = "tally_sheet", 1;
    /// A group, or mentoring.
    GroupSession(GroupSession) = "group_session", 1;
    /// An overdose.
    Overdose(Overdose) = "overdose", 1;
    /// An incident.
    Incident(Incident) = "incident", 1;
    /// A clean-up collection.
    Collection(Collection) = "collection", 1;
    /// A referral on its own.
    Referral(ReferralRecord) = "referral", 1;
    /// What became of a referral.
    ReferralEvent(ReferralEvent) = "referral_event", 1;
    /// A shift.
    Shift(Shift) = "shift", 1;
    /// A debrief.
    Debrief(Debrief) = "debrief", 1;
    /// An expense.
    Expense(Expense) = "expense", 1;
    /// A move of stock.
    StockMove(StockMove) = "stock_move", 1;
    /// An answer to a question.
    Answer(QuestionAnswer) = "answer", 1;
}

/// Name of the kind `contact`, which the exact cuts ask for.
pub const KIND_CONTACT: &str = "contact";

impl RecordBody {
    /// The contact, if it is one.
    #[must_use]
    pub fn as_contact(&self) -> Option<&Contact> {
        match self {
            Self::Contact(contact) => Some(contact),
            _ => None,
        }
    }

    /// Items out and in.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        match self {
            Self::Contact(contact) => &contact.lines,
            Self::TallySheet(sheet) => &sheet.lines,
            Self::GroupSession(session) => &session.lines,
            _ => &[],
        }
    }

    /// Referrals made.
    #[must_use]
    pub fn referrals(&self) -> &[Referral] {
        match self {
            Self::Contact(contact) => &contact.referrals,
            Self::Referral(record) => std::slice::from_ref(&record.referral),
            _ => &[],
        }
    }
}

impl validator::Validate for RecordBody {
    fn validate(&self) -> Result<(), validator::ValidationErrors> {
        self.check_limits()
    }
}
