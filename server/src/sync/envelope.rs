//! The outside of an op: base64, header, digest. Nothing is opened here.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rounds_shared::sync::{HEADER_VERSION, MAX_OP_BYTES, OpHeader, SUITE, SealedOp, digest_input};
use uuid::Uuid;

use crate::secrets::sha256;

/// Why an op is refused before it is stored; the words are those of the wire.
pub(crate) type Refusal = &'static str;

/// A sealed op whose header could be read.
#[derive(Debug, Clone)]
pub(crate) struct Envelope {
    pub header: OpHeader,
    pub digest: [u8; 32],
    pub hdr: Vec<u8>,
    pub ek: Vec<u8>,
    pub ct: Vec<u8>,
}

impl Envelope {
    /// Reads an op as it came.
    pub(crate) fn read(op: &SealedOp, programme: Uuid) -> Result<Self, (Option<Uuid>, Refusal)> {
        // Four characters of base64 carry three bytes; the test before decoding bounds the memory.
        if op.hdr.len() + op.ek.len() + op.ct.len() > MAX_OP_BYTES / 3 * 4 + 16 {
            return Err((None, "too_large"));
        }
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| (None, "malformed_base64"));
        let (hdr, ek, ct) = (decode(&op.hdr)?, decode(&op.ek)?, decode(&op.ct)?);
        let header: OpHeader = serde_json::from_slice(&hdr).map_err(|_| (None, "malformed_header"))?;
        let id = Some(header.op.0);
        if hdr.len() + ek.len() + ct.len() > MAX_OP_BYTES {
            return Err((id, "too_large"));
        }
        // Whoever reads the log in pages begins after the first of all ids and ends with the last.
        let bounds = [Uuid::nil(), Uuid::max()];
        if header.v != HEADER_VERSION
            || header.rev < 1
            || header.rev > 1_000_000
            || header.dseq < 1
            || bounds.contains(&header.op.0)
            || bounds.contains(&header.record.0)
        {
            return Err((id, "malformed_header"));
        }
        if header.programme.0 != programme {
            return Err((id, "foreign_programme"));
        }
        let digest = sha256(&digest_input(&hdr, &ek, &ct));
        Ok(Self {
            header,
            digest,
            hdr,
            ek,
            ct,
        })
    }

    /// An op as it was stored; `None` when its header can't be read, which was the case before it came here.
    pub(crate) fn stored(hdr: Vec<u8>, ek: Vec<u8>, ct: Vec<u8>) -> Option<Self> {
        let header: OpHeader = serde_json::from_slice(&hdr).ok()?;
        let digest = sha256(&digest_input(&hdr, &ek, &ct));
        Some(Self {
            header,
            digest,
            hdr,
            ek,
            ct,
        })
    }

    /// Whether this version can open its suite at all.
    pub(crate) fn has_known_suite(&self) -> bool {
        self.header.suite == SUITE && self.ek.len() == 65
    }
}
