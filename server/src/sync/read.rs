//! The inside of an op: open, decode, validate. Pure functions of the op, the keys and the catalogue.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{Days, NaiveDate};
use rounds_shared::auth::Level;
use rounds_shared::catalogue::Catalogue;
use rounds_shared::client_code;
use rounds_shared::record::{BodyError, ClientCode, PutPlaintext, RecordBody, VoidPlaintext};
use rounds_shared::sync::{FieldError, OpType};
use rounds_shared::validation::{check_record, field_errors, record_warnings};
use uuid::Uuid;
use validator::Validate;

use super::envelope::Envelope;
use crate::failpoint;
use crate::records::Facts;
use crate::secrets::ProgrammeSecrets;

/// Days ahead for which staff may plan a shift.
const PLAN_DAYS: u64 = 366;

/// What an op says of the person behind its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeState {
    /// Nothing: the register keeps its value.
    Keep,
    /// That there is no code.
    None,
    /// This person.
    Set(Uuid),
}

impl CodeState {
    /// Number in the log.
    pub(crate) fn number(self) -> i16 {
        match self {
            Self::Keep => 0,
            Self::None => 1,
            Self::Set(_) => 2,
        }
    }

    /// Person in the log.
    pub(crate) fn person(self) -> Option<Uuid> {
        match self {
            Self::Set(person) => Some(person),
            Self::Keep | Self::None => None,
        }
    }
}

/// What an op states, once read.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub code: CodeState,
    /// Absent for a void.
    pub put: Option<Put>,
}

/// What a put states.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub facts: Facts,
    pub warnings: Vec<&'static str>,
}

/// Why an op goes to quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quarantined {
    pub reason: &'static str,
    pub errors: Vec<FieldError>,
}

impl Quarantined {
    pub(crate) fn because(reason: &'static str) -> Self {
        Self {
            reason,
            errors: Vec::new(),
        }
    }
}

/// Everything that reading an op depends on beside the op.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReadContext<'a> {
    pub secrets: &'a ProgrammeSecrets,
    pub catalogue: &'a Catalogue,
    /// Today in the programme's zone.
    pub today: NaiveDate,
    /// The pushing phone's clock is off by more than the bound.
    pub clock_off: bool,
    /// What the author is unlocked for; `None` when staff write.
    pub level: Option<Level>,
}

/// Opens and reads an op. A panic in here is that op's own misfortune, not the batch's.
pub(crate) fn read(envelope: &Envelope, context: ReadContext<'_>) -> Result<Statement, Quarantined> {
    catch_unwind(AssertUnwindSafe(|| read_unguarded(envelope, context))).unwrap_or_else(|_| Err(Quarantined::because("unreadable")))
}

fn read_unguarded(envelope: &Envelope, context: ReadContext<'_>) -> Result<Statement, Quarantined> {
    if !envelope.has_known_suite() {
        return Err(Quarantined::because("unknown_suite"));
    }
    failpoint::reach("read").map_err(|_| Quarantined::because("unreadable"))?;
    let plaintext = context
        .secrets
        .open(&envelope.header.kid, &envelope.hdr, envelope.ek.clone(), &envelope.ct)
        .ok_or_else(|| Quarantined::because("cannot_open"))?;
    match envelope.header.kind {
        OpType::Void => {
            let void: VoidPlaintext = serde_json::from_slice(&plaintext).map_err(|_| Quarantined::because("malformed"))?;
            void.validate().map_err(|e| Quarantined {
                reason: "invalid",
                errors: field_errors(&e),
            })?;
            Ok(Statement {
                code: CodeState::Keep,
                put: None,
            })
        }
        OpType::Put => {
            let record = decode_put(&plaintext)?;
            if record.common().worker != envelope.header.author {
                return Err(Quarantined {
                    reason: "invalid",
                    errors: vec![FieldError::new("worker", "not_author")],
                });
            }
            state_record(&record, context)
        }
    }
}

/// Reads the plaintext of a put of any released schema version.
pub(crate) fn decode_put(plaintext: &[u8]) -> Result<RecordBody, Quarantined> {
    let put: PutPlaintext = serde_json::from_slice(plaintext).map_err(|_| Quarantined::because("malformed"))?;
    RecordBody::read(&put.kind, put.schema, put.body).map_err(|error| match error {
        BodyError::UnknownKind => Quarantined::because("unknown_kind"),
        BodyError::NewerSchema => Quarantined::because("newer_schema"),
        BodyError::Malformed => Quarantined::because("malformed_body"),
    })
}

/// Checks a record and computes what it states.
pub(crate) fn state_record(record: &RecordBody, context: ReadContext<'_>) -> Result<Statement, Quarantined> {
    // Staff plan shifts ahead; everything else has happened.
    let ahead = if context.level.is_none() && matches!(record, RecordBody::Shift(_)) {
        PLAN_DAYS
    } else {
        1
    };
    let latest = context.today.checked_add_days(Days::new(ahead)).unwrap_or(context.today);
    let errors = check_record(record, context.catalogue, latest, context.level);
    if !errors.is_empty() {
        let reason = if errors.iter().any(|e| e.path == "service_date" && e.code == "future") {
            "future_date"
        } else {
            "invalid"
        };
        return Err(Quarantined { reason, errors });
    }
    if has_nul(record) {
        return Err(Quarantined::because("malformed_text"));
    }
    let mut warnings = record_warnings(record, context.catalogue, context.today);
    if context.clock_off && record.common().captured.is_some() {
        warnings.push("clock_off");
    }
    recall_record(record, context.secrets, context.catalogue, warnings)
}

/// What a record states, without asking whether it may: it was let in before.
pub(crate) fn recall_record(
    record: &RecordBody,
    secrets: &ProgrammeSecrets,
    catalogue: &Catalogue,
    warnings: Vec<&'static str>,
) -> Result<Statement, Quarantined> {
    let code = match record.as_contact().map(|contact| &contact.code) {
        None | Some(ClientCode::Keep) => CodeState::Keep,
        Some(ClientCode::None) => CodeState::None,
        Some(ClientCode::Set(code)) => {
            let normal = client_code::normalise(code).ok_or_else(|| Quarantined::because("invalid"))?;
            CodeState::Set(secrets.person(&normal))
        }
    };
    Ok(Statement {
        code,
        put: Some(Put {
            facts: Facts::of(record, catalogue),
            warnings,
        }),
    })
}

/// PostgreSQL takes no NUL in text; the only free texts of a record are the units of what was measured.
fn has_nul(record: &RecordBody) -> bool {
    record
        .lines()
        .iter()
        .filter_map(|line| line.measured.as_ref())
        .any(|measured| measured.unit.contains('\0'))
}
