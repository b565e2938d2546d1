//! The opaque string by which a phone tells which state of the server it has seen.
//!
//! Epoch, sequence number and a MAC whose key is outside the database. A genuine one ahead of the programme's sequence means that the
//! database was put back to an older state; a broken phone can't claim that.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::secrets::Secrets;

/// Makes the string.
pub(crate) fn make(secrets: &Secrets, programme: Uuid, epoch: Uuid, seq: i64) -> String {
    let mut bytes = Vec::with_capacity(40);
    bytes.extend_from_slice(epoch.as_bytes());
    bytes.extend_from_slice(&seq.to_be_bytes());
    bytes.extend_from_slice(secrets.seen_mac(programme, epoch, seq).get(..16).unwrap_or_default());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads a genuine one.
pub(crate) fn read(secrets: &Secrets, programme: Uuid, text: &str) -> Option<(Uuid, i64)> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == 40)?;
    let epoch = Uuid::from_slice(bytes.get(..16)?).ok()?;
    let seq = i64::from_be_bytes(bytes.get(16..24)?.try_into().ok()?);
    let mac = secrets.seen_mac(programme, epoch, seq);
    aws_lc_rs::constant_time::verify_slices_are_equal(bytes.get(24..)?, mac.get(..16)?).ok()?;
    Some((epoch, seq))
}
