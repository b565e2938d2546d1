//! Invites as people see them: link, code in groups, digits to say, QR.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::auth::{InviteView, Role};
use uuid::Uuid;

use super::Person;
use crate::audit::Entry;
use crate::auth;
use crate::db::StoreError;
use crate::programmes::Lock;
use crate::qr;
use crate::state::State;
use crate::wiring::instant;

/// Makes an invite for somebody. `by` is who invites; `None` is the command line.
///
/// # Errors
/// [`StoreError`] of the database or the secrets.
pub async fn invite(state: &State, public_url: &str, programme: Uuid, person: &Person, by: Option<Uuid>) -> Result<InviteView, StoreError> {
    let secrets = state.secrets.programme(programme);
    let secrets = secrets.map_err(|error| StoreError::Secret(error.to_string()))?;
    let now_ms = state.clock.now_ms();
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, programme, now_ms).await?;
    let mut lock = lock.ok_or_else(|| StoreError::corrupt("programme", "there is none"))?;
    let new = auth::make_invite(&tx, &state.random, programme, person.id, now_ms).await?;
    let subject = person.id.to_string();
    lock.audit(match by {
        Some(by) => Entry::person(by, "invite.create", subject),
        None => Entry::system("invite.create", subject),
    });
    lock.commit(tx).await?;
    let fingerprint = BASE64_URL_SAFE_NO_PAD.encode(secrets.root_fingerprint());
    // A fragment never reaches a server or its logs.
    let page = if person.role == Role::Peer { "/" } else { "/console/join" };
    let link = format!("{public_url}{page}#{}.{fingerprint}", new.code);
    Ok(InviteView {
        handle: person.handle.clone(),
        role: person.role,
        qr_svg: qr::svg(&link)?,
        link,
        code: new.grouped,
        digits: new.digits,
        expires_at: instant(new.expires_at),
    })
}
