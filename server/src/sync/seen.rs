//! The opaque string by which a phone tells which state of the server it has seen.
//!
//! Epoch, sequence number, a link of the audit chain, and a MAC whose key is outside the database. A genuine one that is ahead of the
//! programme's sequence, or whose link is not in its chain, means that the database was put back to an older state; a broken phone can't
//! claim that.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::audit::{self, Head};
use crate::db::{StoreError, Tx};
use crate::programmes::Lock;
use crate::secrets::Secrets;

/// Bytes of the state: epoch, sequence number, number of the link, start of its hash.
const STATE: usize = 16 + 8 + 8 + 8;
/// Bytes of the MAC.
const MAC: usize = 16;

/// A state of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    epoch: Uuid,
    seq: i64,
    link: i64,
    hash: [u8; 8],
}

impl Seen {
    /// The state after a transaction.
    pub(crate) fn new(epoch: Uuid, seq: i64, head: &Head) -> Self {
        Self {
            epoch,
            seq,
            link: head.n,
            hash: start(&head.hash),
        }
    }

    /// The string for a phone.
    pub(crate) fn sealed(&self, secrets: &Secrets, programme: Uuid) -> String {
        let mut bytes = Vec::with_capacity(STATE + MAC);
        bytes.extend_from_slice(self.epoch.as_bytes());
        bytes.extend_from_slice(&self.seq.to_be_bytes());
        bytes.extend_from_slice(&self.link.to_be_bytes());
        bytes.extend_from_slice(&self.hash);
        let mac = secrets.seen_mac(programme, &bytes);
        bytes.extend_from_slice(mac.get(..MAC).unwrap_or_default());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a genuine one.
    pub(crate) fn read(secrets: &Secrets, programme: Uuid, text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == STATE + MAC)?;
        let (state, mac) = bytes.split_at_checked(STATE)?;
        aws_lc_rs::constant_time::verify_slices_are_equal(mac, secrets.seen_mac(programme, state).get(..MAC)?).ok()?;
        Some(Self {
            epoch: Uuid::from_slice(state.get(..16)?).ok()?,
            seq: i64::from_be_bytes(state.get(16..24)?.try_into().ok()?),
            link: i64::from_be_bytes(state.get(24..32)?.try_into().ok()?),
            hash: state.get(32..)?.try_into().ok()?,
        })
    }

    /// Whether this programme, in this epoch, never came to this state. An earlier epoch was dealt with when it ended.
    pub(crate) async fn is_lost(&self, tx: &Tx, lock: &Lock) -> Result<bool, StoreError> {
        if self.epoch != lock.epoch {
            return Ok(false);
        }
        // The lock has taken its own number already.
        if self.seq >= lock.seq {
            return Ok(true);
        }
        let head = lock.audit_head();
        let there = if self.link == head.n {
            Some(head.hash.clone())
        } else {
            audit::store::hash_of(tx, lock.programme, self.link).await?
        };
        Ok(there.is_none_or(|hash| start(&hash) != self.hash))
    }
}

/// The first bytes of a hash; a chain without links has none.
fn start(hash: &[u8]) -> [u8; 8] {
    hash.first_chunk().copied().unwrap_or_default()
}
