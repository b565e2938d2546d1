//! A phone in Rust: seals, numbers and signs as the application does. The demonstration, the tests and the benchmark record with it.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use rounds_shared::ids::{BatchId, DeviceId, OpId, ProgrammeId, RecordId, WorkerId};
use rounds_shared::record::{PutPlaintext, RecordBody, VoidPlaintext};
use rounds_shared::sync::{
    AUTH_PREFIX, Client, ClientClock, HEADER_VERSION, OP_INFO, OpHeader, OpType, PROTO, PushRequest, SUITE, SealedOp, pad,
};
use rustls::crypto::aws_lc_rs::hpke::DH_KEM_P256_HKDF_SHA256_AES_256;
use rustls::crypto::hpke::{Hpke, HpkePublicKey};
use uuid::Uuid;

use crate::wiring::{Random, RandomError};

/// Why a phone could not do something.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// The crypto library refused.
    #[error("a key or seal could not be made")]
    Crypto,
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// A document could not be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Key pair of a device.
pub struct DeviceKey(EcdsaKeyPair);

impl std::fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeviceKey")
    }
}

impl DeviceKey {
    /// A new key.
    ///
    /// # Errors
    /// [`PhoneError::Crypto`] when none can be made.
    pub fn generate() -> Result<Self, PhoneError> {
        EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
            .map(Self)
            .map_err(|_| PhoneError::Crypto)
    }

    /// Raw public key, 65 bytes.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        self.0.public_key().as_ref().to_vec()
    }

    /// Public key as enrolment takes it.
    #[must_use]
    pub fn public_base64url(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.public())
    }

    /// Signature r‖s over bytes, base64url.
    ///
    /// # Errors
    /// [`PhoneError::Crypto`] when signing fails.
    pub fn sign(&self, bytes: &[u8]) -> Result<String, PhoneError> {
        let signature = self.0.sign(&SystemRandom::new(), bytes).map_err(|_| PhoneError::Crypto)?;
        Ok(URL_SAFE_NO_PAD.encode(signature.as_ref()))
    }

    /// Answer to a challenge.
    ///
    /// # Errors
    /// [`PhoneError::Crypto`] when signing fails.
    pub fn answer(&self, nonce: &str) -> Result<String, PhoneError> {
        self.sign(&[AUTH_PREFIX, nonce.as_bytes()].concat())
    }
}

/// An enrolled phone.
#[derive(Debug)]
pub struct Phone {
    /// Programme.
    pub programme: Uuid,
    /// Device.
    pub device: Uuid,
    /// Who records on it.
    pub author: Uuid,
    /// Its key.
    pub key: DeviceKey,
    /// Sealing key id.
    pub kid: String,
    /// Sealing key, 65 bytes.
    pub sealing_key: Vec<u8>,
    /// Greatest number used.
    pub dseq: i64,
    /// What the last answer gave.
    pub seen: String,
    /// Randomness.
    pub random: Random,
}

impl Phone {
    /// Header value that names the device.
    #[must_use]
    pub fn device_header(&self) -> String {
        format!("{}.{}", self.programme, self.device)
    }

    /// Seals a new record; returns the record's id too.
    ///
    /// # Errors
    /// [`PhoneError`] when it can't be sealed.
    pub fn record(&mut self, body: impl Into<RecordBody>, now_ms: i64) -> Result<(Uuid, SealedOp), PhoneError> {
        let op = self.random.day_uuid(now_ms)?;
        Ok((op, self.put(op, op, 1, body)?))
    }

    /// Seals a put of a record's revision.
    ///
    /// # Errors
    /// [`PhoneError`] when it can't be sealed.
    pub fn put(&mut self, op: Uuid, record: Uuid, rev: i64, body: impl Into<RecordBody>) -> Result<SealedOp, PhoneError> {
        let body = body.into();
        let put = PutPlaintext {
            kind: body.kind().to_owned(),
            schema: body.schema(),
            body: body.to_value()?,
        };
        self.seal(op, record, rev, OpType::Put, serde_json::to_vec(&put)?)
    }

    /// Seals a void of a record.
    ///
    /// # Errors
    /// [`PhoneError`] when it can't be sealed.
    pub fn void(&mut self, op: Uuid, record: Uuid, rev: i64, reason: &str) -> Result<SealedOp, PhoneError> {
        self.seal(
            op,
            record,
            rev,
            OpType::Void,
            serde_json::to_vec(&VoidPlaintext { reason: reason.to_owned() })?,
        )
    }

    /// Seals any plaintext under the next number.
    ///
    /// # Errors
    /// [`PhoneError`] when it can't be sealed.
    pub fn seal(&mut self, op: Uuid, record: Uuid, rev: i64, kind: OpType, plaintext: Vec<u8>) -> Result<SealedOp, PhoneError> {
        self.dseq += 1;
        let header = OpHeader {
            v: HEADER_VERSION,
            suite: SUITE,
            kid: self.kid.clone(),
            programme: ProgrammeId(self.programme),
            device: DeviceId(self.device),
            op: OpId(op),
            record: RecordId(record),
            rev,
            kind,
            dseq: self.dseq,
            author: WorkerId(self.author),
        };
        self.seal_with_header(&serde_json::to_vec(&header)?, plaintext)
    }

    /// Seals a plaintext under header bytes of the caller's.
    ///
    /// # Errors
    /// [`PhoneError`] when it can't be sealed.
    pub fn seal_with_header(&self, hdr: &[u8], plaintext: Vec<u8>) -> Result<SealedOp, PhoneError> {
        let (ek, ct) = DH_KEM_P256_HKDF_SHA256_AES_256
            .seal(OP_INFO, hdr, &pad(plaintext), &HpkePublicKey(self.sealing_key.clone()))
            .map_err(|_| PhoneError::Crypto)?;
        Ok(SealedOp {
            hdr: URL_SAFE_NO_PAD.encode(hdr),
            ek: URL_SAFE_NO_PAD.encode(ek.0),
            ct: URL_SAFE_NO_PAD.encode(ct),
        })
    }

    /// Request bytes of a push of ops, and their signature.
    ///
    /// # Errors
    /// [`PhoneError`] when it can't be signed.
    pub fn push(&self, ops: Vec<SealedOp>, now: DateTime<Utc>) -> Result<(Vec<u8>, String), PhoneError> {
        let request = PushRequest {
            proto: PROTO,
            programme: ProgrammeId(self.programme),
            batch: BatchId(self.random.uuid()?),
            device: DeviceId(self.device),
            seen: self.seen.clone(),
            dseq_high: self.dseq,
            client: Client {
                app: concat!("rounds-rust/", env!("CARGO_PKG_VERSION")).to_owned(),
                schemas: RecordBody::KINDS
                    .iter()
                    .map(|(kind, schema)| ((*kind).to_owned(), *schema))
                    .collect(),
            },
            clock: ClientClock { now, tz: "UTC".to_owned() },
            ops,
        };
        let body = serde_json::to_vec(&request)?;
        let signature = self.key.sign(&body)?;
        Ok((body, signature))
    }
}

/// Bytes of base64url.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
