//! What pushes, seals and records of any bytes must keep to; run by the fuzzing targets and, over their seeds, by tests.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use rounds_shared::auth::Level;
use rounds_shared::ids::{DeviceId, OpId, ProgrammeId, RecordId, WorkerId};
use rounds_shared::record::{ClientCode, RecordBody};
use rounds_shared::sync::{
    FieldError, HEADER_VERSION, MAX_OP_BYTES, MAX_OPS, OpHeader, OpType, PushRequest, SUITE, SealedOp, digest_input,
};
use uuid::Uuid;

use super::envelope::Envelope;
use super::push::{Push, PushError, parse};
use super::read::{self, CodeState, Quarantined, ReadContext, Statement};
use super::{ranges, stored_body};
use crate::fuzzing::WORLD;
use crate::http::read_signature;
use crate::referrals::Furthest;
use crate::secrets::sha256;
use crate::tallies::Deltas;

/// Programme, device, op, record and author of what the targets make up: those of the golden cases.
const IDS: u128 = 0x0197_a3c0_0000_7000_8000_0000_0000_0000;
const PROGRAMME: Uuid = Uuid::from_u128(IDS + 1);
const DEVICE: Uuid = Uuid::from_u128(IDS + 2);
const OP: Uuid = Uuid::from_u128(IDS + 3);
const AUTHOR: Uuid = Uuid::from_u128(IDS + 4);

/// Every reason for which reading an op may send it to quarantine. `unreadable` is not among them: it stands for a panic.
const REASONS: [&str; 9] = [
    "unknown_suite",
    "cannot_open",
    "malformed",
    "invalid",
    "unknown_kind",
    "newer_schema",
    "malformed_body",
    "future_date",
    "malformed_text",
];

/// A push as it arrives: a line with the device header, a line with the signature header, the body. Op headers that begin with a brace are
/// encoded here, so that a fuzzer reaches into them.
///
/// # Panics
/// When the outcome breaks a promise.
pub fn push(data: &[u8]) {
    let mut parts = data.splitn(3, |byte| *byte == b'\n');
    let (Some(device), Some(signature), Some(body)) = (parts.next(), parts.next(), parts.next()) else {
        return;
    };
    let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
    let signed = read_signature(text(device), text(signature));
    let (programme, device) = signed.map_or((PROGRAMME, DEVICE), |signed| {
        assert_eq!(signed.signature.len(), 64);
        (signed.programme, signed.device)
    });
    let push = Push {
        programme,
        device,
        signature: &[],
        body,
        copy: false,
    };
    match parse(push) {
        Ok(request) => whole_push(&request, programme),
        Err(PushError::Malformed(field)) => {
            // A field of a document is no longer than the document, or one of the contract's own names is missing.
            assert!(field.is_none_or(|field| field.path.len() <= body.len() + 64));
        }
        Err(PushError::Invalid(errors)) => assert!(!errors.is_empty(), "refused for nothing"),
        Err(error) => panic_for(&error.to_string()),
    }
}

fn whole_push(request: &PushRequest, programme: Uuid) {
    assert!(request.ops.len() <= MAX_OPS);
    let again: PushRequest = read_back(request);
    assert_eq!(again.ops, request.ops);
    assert_eq!(again.clock.now, request.clock.now);
    // The difference of clocks is taken of any two instants that can be written.
    let _ = (request.clock.now - DateTime::<Utc>::UNIX_EPOCH).num_milliseconds().abs();
    let mut numbers = Vec::new();
    for op in &request.ops {
        let op = encoded(op);
        match Envelope::read(&op, programme) {
            Ok(envelope) => {
                numbers.push(envelope.header.dseq);
                whole_envelope(&envelope, &op, programme);
                plausible(&envelope, &read::read(&envelope, context(0)));
            }
            Err((_, reason)) => {
                assert!(["too_large", "malformed_base64", "malformed_header", "foreign_programme"].contains(&reason));
            }
        }
    }
    device_numbers(&numbers, request.dseq_high);
}

fn encoded(op: &SealedOp) -> SealedOp {
    let mut op = op.clone();
    if op.hdr.starts_with('{') {
        op.hdr = BASE64_URL_SAFE_NO_PAD.encode(&op.hdr);
    }
    op
}

fn whole_envelope(envelope: &Envelope, op: &SealedOp, programme: Uuid) {
    let bytes = envelope.hdr.len() + envelope.ek.len() + envelope.ct.len();
    assert!(bytes <= MAX_OP_BYTES, "{bytes} bytes were let in");
    assert_eq!(envelope.header.programme.0, programme);
    assert_eq!(envelope.digest, sha256(&digest_input(&envelope.hdr, &envelope.ek, &envelope.ct)));
    assert_eq!(read_back(&envelope.header), envelope.header);
    let again = Envelope::read(op, programme).map(|again| again.digest);
    assert_eq!(again, Ok(envelope.digest), "the same bytes have another digest");
}

/// What has arrived and what is missing make up every number to the highest, each once, in the form of the column too.
fn device_numbers(numbers: &[i64], high: i64) {
    let arrived = ranges::insert(&Vec::new(), numbers.iter().copied());
    assert_eq!(ranges::parse(&ranges::format(&arrived)), arrived);
    let missing = ranges::missing(&arrived, high);
    assert!(missing.len() <= arrived.len() + 1);
    let count = |ranges: &ranges::Ranges| {
        ranges
            .iter()
            .map(|[from, to]| i128::from(*to) - i128::from(*from) + 1)
            .sum::<i128>()
    };
    let distinct: BTreeSet<&i64> = numbers.iter().filter(|n| **n <= high).collect();
    assert_eq!(
        count(&missing) + i128::try_from(distinct.len()).unwrap_or_default(),
        i128::from(high.max(0))
    );
}

/// A seal. The first byte says whether it is a valid one of the rest as a plaintext, or whether the rest stands in its place.
///
/// # Panics
/// When the outcome breaks a promise.
pub fn unseal(data: &[u8]) {
    let Some((shape, rest)) = data.split_first() else { return };
    let kind = if shape & 2 == 0 { OpType::Put } else { OpType::Void };
    let hdr = serde_json::to_vec(&header(kind)).unwrap_or_default();
    let sealed = shape & 1 == 0;
    let (ek, ct) = if sealed {
        match WORLD.secrets.seal("k1", &hdr, rest) {
            Ok(parts) => (parts.ek, parts.ct),
            Err(error) => return panic_for(&error.to_string()),
        }
    } else {
        let (ek, ct) = rest.split_at(rest.len().min(65));
        (ek.to_vec(), ct.to_vec())
    };
    let envelope = Envelope {
        header: header(kind),
        digest: sha256(&digest_input(&hdr, &ek, &ct)),
        hdr,
        ek,
        ct,
    };
    let context = context(shape >> 2);
    if sealed {
        let opened = |hdr: &[u8], ct: &[u8]| WORLD.secrets.open("k1", hdr, envelope.ek.clone(), ct);
        assert_eq!(
            opened(&envelope.hdr, &envelope.ct).as_deref(),
            Some(rest),
            "a seal opens to something else"
        );
        assert_eq!(opened(b"{}", &envelope.ct), None, "a seal opens under another header");
        let mut bent = envelope.ct.clone();
        if let Some(byte) = bent.get_mut(rest.len() / 2) {
            *byte ^= 1;
        }
        assert_eq!(opened(&envelope.hdr, &bent), None, "a bent seal opens");
    }
    plausible(&envelope, &read::read(&envelope, context));
}

/// A record. The first byte is who writes it, the rest the plaintext of a put.
///
/// # Panics
/// When the outcome breaks a promise.
pub fn upcast(data: &[u8]) {
    let Some((shape, plaintext)) = data.split_first() else { return };
    let record = match read::decode_put(plaintext) {
        Ok(record) => record,
        Err(refused) => return expected(&refused),
    };
    let known = RecordBody::KINDS.iter().find(|(kind, _)| *kind == record.kind());
    assert_eq!(known.map(|(_, schema)| *schema), Some(record.schema()));
    let again = read_again(&record);
    assert_eq!(again.as_ref(), Some(&record), "a record is another one when it is read back");
    match read::state_record(&record, context(*shape)) {
        Ok(statement) => stated(&statement),
        Err(refused) => expected(&refused),
    }
}

fn read_again(record: &RecordBody) -> Option<RecordBody> {
    let text = record.to_value().and_then(|value| serde_json::to_string(&value)).ok()?;
    stored_body(record.kind(), record.schema().into(), &text).ok()
}

/// What reading an op came to.
fn plausible(envelope: &Envelope, outcome: &Result<Statement, Quarantined>) {
    match outcome {
        Ok(statement) => {
            assert_eq!(statement.put.is_some(), envelope.header.kind == OpType::Put);
            stated(statement);
        }
        Err(refused) => expected(refused),
    }
}

/// A statement that may be stored: it holds no code, counts and can be taken back to nothing.
fn stated(statement: &Statement) {
    let Some(put) = &statement.put else {
        assert_eq!(statement.code, CodeState::Keep);
        return;
    };
    let facts = &put.facts;
    assert!(
        facts.contact().is_none_or(|contact| contact.code == ClientCode::Keep),
        "a code is in the body"
    );
    assert_eq!(
        read_again(&facts.body).as_ref(),
        Some(&facts.body),
        "a body is another one when it is read back"
    );
    let groups: i64 = facts.groups().iter().map(|(_, _, n)| n).sum();
    assert!(facts.groups().is_empty() || groups == facts.contacts, "groups and contacts differ");
    let (coded, furthest) = (statement.code.person().is_some(), Furthest::default());
    let mut deltas = Deltas::default();
    deltas.add(facts, coded, &furthest, 1);
    deltas.add(facts, coded, &furthest, -1);
    assert_eq!(deltas.into_cells().next(), None, "a record that is taken back leaves something");
}

/// A refusal names one of the reasons, and fields of the contract rather than values.
fn expected(refused: &Quarantined) {
    assert!(REASONS.contains(&refused.reason), "{}", refused.reason);
    for FieldError { path, code } in &refused.errors {
        let named = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_.[]".contains(&b))
        };
        assert!(named(path) && named(code), "{path} {code}");
    }
}

fn context(shape: u8) -> ReadContext<'static> {
    ReadContext {
        secrets: &WORLD.secrets,
        catalogue: &WORLD.catalogue,
        today: WORLD.today,
        clock_off: shape & 4 != 0,
        level: match shape & 3 {
            0 => None,
            1 => Some(Level::Outreach),
            2 => Some(Level::Facilitation),
            _ => Some(Level::Mentoring),
        },
    }
}

fn header(kind: OpType) -> OpHeader {
    OpHeader {
        v: HEADER_VERSION,
        suite: SUITE,
        kid: "k1".into(),
        programme: ProgrammeId(PROGRAMME),
        device: DeviceId(DEVICE),
        op: OpId(OP),
        record: RecordId(OP),
        rev: 1,
        kind,
        dseq: 1,
        author: WorkerId(AUTHOR),
    }
}

#[expect(clippy::expect_used, reason = "what was read from JSON can be written as JSON")]
fn read_back<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_vec(value).expect("it is written");
    serde_json::from_slice(&text).expect("what was written is read")
}

#[expect(clippy::panic, reason = "a broken promise ends the target")]
fn panic_for(what: &str) {
    panic!("{what}");
}
