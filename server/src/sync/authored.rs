//! Statements that the server seals for somebody: console corrections and imports.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rounds_shared::ids::{DeviceId, OpId, ProgrammeId, RecordId, WorkerId};
use rounds_shared::record::{PutPlaintext, VoidPlaintext};
use rounds_shared::sync::{HEADER_VERSION, OpCode, OpHeader, OpResult, OpType, SUITE, digest_input, pad};

use uuid::Uuid;

use super::apply::{Incoming, apply};
use super::read::{self, CodeState, Quarantined, ReadContext, Statement};
use super::{Authored, Content};
use crate::db::{StoreError, Tx};
use crate::programmes::{self, Lock};
use crate::secrets::{ProgrammeSecrets, sha256};
use crate::state::State;

/// Seals, logs and folds statements inside a transaction that holds the programme lock. One result per statement, in order; one
/// that does not pass validation is `rejected` with its errors and leaves nothing behind.
///
/// # Errors
/// [`StoreError`] of the database or the secrets.
pub async fn apply_authored(state: &State, tx: &Tx, lock: &Lock, ops: Vec<Authored>) -> Result<Vec<OpResult>, StoreError> {
    let programme = programmes::store::find(tx, lock.programme)
        .await?
        .ok_or_else(|| StoreError::corrupt("programme", "vanished"))?;
    let catalogue = state
        .catalogues
        .current(tx, lock.programme)
        .await?
        .ok_or_else(|| StoreError::corrupt("catalogue", "current version missing"))?;
    let secrets = state
        .secrets
        .programme(lock.programme)
        .map_err(|e| StoreError::Secret(e.to_string()))?;
    let context = ReadContext {
        secrets: &secrets,
        catalogue: &catalogue,
        today: state.clock.today(programme.tz),
        clock_off: false,
        level: None,
    };
    let mut results: Vec<Option<OpResult>> = Vec::with_capacity(ops.len());
    let mut incoming = Vec::new();
    for op in ops {
        match state_content(&op.content, context) {
            Err(why) => results.push(Some(OpResult {
                op: Some(OpId(op.op)),
                code: OpCode::Rejected,
                seq: None,
                reason: Some(why.reason.to_owned()),
                by_supervisor: false,
                errors: why.errors,
            })),
            Ok(statement) => {
                incoming.push(seal(&op, statement, lock.programme, programme.console_device.into(), &secrets)?);
                results.push(None);
            }
        }
    }
    let applied = apply(tx, lock, &catalogue, incoming).await?;
    let mut applied = applied.into_iter();
    results
        .into_iter()
        .map(|r| {
            r.or_else(|| applied.next())
                .ok_or_else(|| StoreError::corrupt("op", "a statement has no result"))
        })
        .collect()
}

pub(super) fn state_content(content: &Content, context: ReadContext<'_>) -> Result<Statement, Quarantined> {
    match content {
        Content::Put(record) => read::state_record(record, context),
        Content::Void(_) => Ok(Statement {
            code: CodeState::Keep,
            put: None,
        }),
    }
}

pub(super) fn seal(
    op: &Authored,
    statement: Statement,
    programme: Uuid,
    device: DeviceId,
    secrets: &ProgrammeSecrets,
) -> Result<Incoming, StoreError> {
    let secret = |e: crate::secrets::SecretError| StoreError::Secret(e.to_string());
    let json = |e: serde_json::Error| StoreError::corrupt("op", e);
    let (kind, plaintext) = match &op.content {
        Content::Put(record) => {
            let put = PutPlaintext {
                kind: record.kind().to_owned(),
                schema: record.schema(),
                body: record.to_value().map_err(json)?,
            };
            (OpType::Put, serde_json::to_vec(&put).map_err(json)?)
        }
        Content::Void(reason) => (
            OpType::Void,
            serde_json::to_vec(&VoidPlaintext { reason: reason.clone() }).map_err(json)?,
        ),
    };
    let kid = secrets.current_kid().map_err(secret)?.to_owned();
    let header = OpHeader {
        v: HEADER_VERSION,
        suite: SUITE,
        kid: kid.clone(),
        programme: ProgrammeId(programme),
        device,
        op: OpId(op.op),
        record: RecordId(op.record),
        rev: op.rev,
        kind,
        dseq: 0,
        author: WorkerId(op.author),
    };
    let hdr = serde_json::to_vec(&header).map_err(json)?;
    let parts = secrets.seal(&kid, &hdr, &pad(plaintext)).map_err(secret)?;
    let digest = sha256(&digest_input(&hdr, &parts.ek, &parts.ct));
    Ok(Incoming {
        op: op.op,
        record: op.record,
        rev: op.rev,
        device: device.0,
        dseq: 0,
        author: op.author,
        by_supervisor: op.by_supervisor,
        kid,
        digest,
        hdr,
        ek: parts.ek,
        ct: parts.ct,
        content: Ok(statement),
    })
}

/// Base64url of bytes, the form of the wire.
pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
