//! The snapshot of all wire types as JSON Schema 2020-12, from which OpenAPI and the TypeScript types are made.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::{
    auth, catalogue, client_code, console, indicator, own, phone, problem, quarantine, record, report, slip, sync, team, totp, validation,
};

macro_rules! collect {
    ($generator:expr; $($kind:ty),+ $(,)?) => { $( let _ = $generator.subschema_for::<$kind>(); )+ };
}

/// Builds the contract: `$defs` with every wire type, and `constants` with the data of rules that schemas can't state.
#[must_use]
pub fn contract() -> Value {
    let mut generator: SchemaGenerator = SchemaSettings::draft2020_12().into();
    collect!(generator;
        auth::EnrolRequest, auth::EnrolResponse, auth::Challenge, auth::TokenRequest, auth::TokenResponse, auth::LoginRequest,
        auth::JoinRequest, auth::SessionView, auth::InviteRequest, auth::InviteView,
        totp::TotpBegin, totp::TotpSecret, totp::TotpConfirm, totp::RecoveryCodes, totp::TotpOff,
        phone::PinShareRequest, phone::PinTry, phone::PinShare,
        catalogue::Catalogue,
        console::WorkerView, console::NewWorker, console::StatusChange, console::NewSite, console::DeviceView, console::Board, console::RecordQuery, console::RecordPage,
        console::Correction, console::VoidRequest, quarantine::QuarantineList, quarantine::QuarantineDetail, quarantine::Repair, quarantine::Decision, console::ImportQuery, console::ImportResult,
        console::AuditPage, console::PageQuery, console::Health,
        indicator::IndicatorQuery, indicator::IndicatorTable, indicator::IndicatorChoices, indicator::Trend, indicator::TrendQuery,
        problem::Problem,
        record::PutPlaintext, record::VoidPlaintext, record::RecordBody,
        report::ReportQuery, report::Report,
        own::Own,
        team::NewShift, team::ShiftView, team::ShiftQuery, team::ShiftCancel, team::LevelChange, team::NewThanks, team::NewQualification,
        team::Development, team::TallyQuery, team::TallyTable, team::NewQuestion, team::QuestionView, team::QuestionQuery,
        sync::OpHeader, sync::SealedOp, sync::PushRequest, sync::PushResponse, sync::PullQuery, sync::PullResponse,
    );
    let definitions: Map<String, Value> = generator.take_definitions(true);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rounds contract",
        "$defs": definitions,
        "constants": {
            "PROTO": sync::PROTO,
            "HEADER_VERSION": sync::HEADER_VERSION,
            "SUITE": sync::SUITE,
            "PADDING": sync::PADDING,
            "MAX_OPS": sync::MAX_OPS,
            "MAX_PUSH_BYTES": sync::MAX_PUSH_BYTES,
            "OP_INFO": String::from_utf8_lossy(sync::OP_INFO),
            "AUTH_PREFIX": String::from_utf8_lossy(sync::AUTH_PREFIX),
            "SEALING_PREFIX": String::from_utf8_lossy(sync::SEALING_PREFIX),
            "SCHEMAS": record::RecordBody::KINDS.iter().map(|(kind, schema)| ((*kind).to_owned(), json!(schema))).collect::<Map<String, Value>>(),
            "SLIP_ALPHABET": String::from_utf8_lossy(slip::ALPHABET),
            "DIGIT_ZEROS": client_code::DIGIT_ZEROS,
            "CODE_MIN_CHARACTERS": client_code::MIN_CHARACTERS,
            "WARN_SYRINGES_OUT": validation::WARN_SYRINGES_OUT,
            "WARN_SYRINGES_IN": validation::WARN_SYRINGES_IN,
            "WARN_NALOXONE": validation::WARN_NALOXONE,
            "WARN_DAYS_OLD": validation::WARN_DAYS_OLD,
            "WARN_CLOCK_MINUTES": validation::WARN_CLOCK_MINUTES,
        },
    })
}
