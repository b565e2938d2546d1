//! Invites: made for somebody of a programme, taken up once within 72 hours, with ten wrong tries at most.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use uuid::Uuid;

use super::store::{self, Invite};
use super::{AuthError, code};
use crate::db::{StoreError, Tx};
use crate::state::State;
use crate::wiring::Random;

const LASTS_MS: i64 = 72 * 3_600_000;
const MOST_TRIES: i64 = 10;

/// A new invite. The code and the digits are nowhere else.
#[derive(Debug, Clone)]
pub struct NewInvite {
    /// Code, 12 characters without gaps, for links.
    pub code: String,
    /// The same in groups of four.
    pub grouped: String,
    /// Six digits.
    pub digits: String,
    /// When it ends, UTC milliseconds.
    pub expires_at: i64,
}

/// Makes an invite within the caller's transaction; the caller writes the audit link.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn make(tx: &Tx, random: &Random, programme: Uuid, worker: Uuid, now_ms: i64) -> Result<NewInvite, StoreError> {
    let (code, digits) = code::make(random)?;
    let expires_at = now_ms + LASTS_MS;
    let row = Invite {
        code_hash: code::code_hash(&code),
        programme_id: programme,
        worker_id: worker,
        digits_hash: code::digits_hash(&code, &digits),
        tries: 0,
        created_at: now_ms,
        expires_at,
        used_at: None,
        device_id: None,
        device_key: None,
    };
    store::insert_invite(tx, row).await?;
    Ok(NewInvite {
        grouped: code::grouped(&code),
        code,
        digits,
        expires_at,
    })
}

/// The invite of a code with the right digits. The try is counted and committed before the digits are looked at; who takes the invite up
/// takes it back with [`store::forgive_try`].
pub(super) async fn redeem(state: &State, typed: &str, digits: &str) -> Result<Invite, AuthError> {
    let code = code::normalise(typed).ok_or(AuthError::InviteUnknown)?;
    let hash = code::code_hash(&code);
    let tx = state.db.begin().await?;
    let counted = store::count_try(&tx, &hash, MOST_TRIES, state.clock.now_ms()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    if !counted {
        return Err(AuthError::InviteUnknown);
    }
    let invite = store::invite(state.db.read(), &hash).await?.ok_or(AuthError::InviteUnknown)?;
    let given = code::digits_hash(&code, digits);
    verify_slices_are_equal(&given, &invite.digits_hash).map_err(|_| AuthError::InviteUnknown)?;
    Ok(invite)
}
