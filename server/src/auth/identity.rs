//! From what a request carries to a person in a role.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::auth::{Claims, Role};
use uuid::Uuid;

use super::{jwt, store};
use crate::db::StoreError;
use crate::devices;
use crate::people::{self, Person};
use crate::secrets::sha256;
use crate::state::State;

/// A session ends after this long without a request.
pub(super) const IDLE_MS: i64 = 12 * 3_600_000;
/// How often a session's last request is written down: often enough for the above, seldom enough to cost nothing.
const NOTE_MS: i64 = 60_000;

/// How somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// Session cookie.
    Session,
    /// Token of a phone.
    Device(Uuid),
    /// Token of a script, by its id.
    Script(Uuid),
}

/// A person in a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Programme.
    pub programme: Uuid,
    /// Person.
    pub worker: Uuid,
    /// Role that they act in.
    pub role: Role,
    /// How they came in.
    pub via: Via,
}

/// The person of a session token.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn by_session(state: &State, token: &str) -> Result<Option<Identity>, StoreError> {
    let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(token) else {
        return Ok(None);
    };
    let hash = sha256(&bytes);
    let db = state.db.read();
    let now_ms = state.clock.now_ms();
    let session = store::session(db, &hash).await?;
    let Some(session) = session.filter(|session| session.expires_at > now_ms && session.seen_at + IDLE_MS > now_ms) else {
        return Ok(None);
    };
    let Some(person) = present(state, session.programme_id, session.worker_id).await? else {
        return Ok(None);
    };
    if now_ms - session.seen_at > NOTE_MS {
        let tx = state.db.begin().await?;
        store::note_session(&tx, &hash, now_ms).await?;
        tx.commit().await.map_err(StoreError::from)?;
    }
    Ok(Some(Identity {
        programme: session.programme_id,
        worker: person.id,
        role: person.role,
        via: Via::Session,
    }))
}

/// The person of a bearer token.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn by_bearer(state: &State, token: &str) -> Result<Option<Identity>, StoreError> {
    let now = state.clock.now();
    let Some(claims) = jwt::read(state.secrets.token_key(), token, now.timestamp()) else {
        return Ok(None);
    };
    let Some(person) = present(state, claims.prg.0, claims.sub.0).await? else {
        return Ok(None);
    };
    let entry = if claims.aud == jwt::SCRIPT {
        script(state, &claims, &person).await?
    } else {
        phone(state, &claims, &person, now.timestamp_millis()).await?
    };
    Ok(entry.map(|(role, via)| Identity {
        programme: claims.prg.0,
        worker: person.id,
        role,
        via,
    }))
}

/// Somebody of the programme who has not left.
async fn present(state: &State, programme: Uuid, worker: Uuid) -> Result<Option<Person>, StoreError> {
    let person = people::find(state.db.read(), programme, worker).await?;
    Ok(person.filter(|person| !person.has_left()))
}

async fn phone(state: &State, claims: &Claims, person: &Person, now_ms: i64) -> Result<Option<(Role, Via)>, StoreError> {
    let Some(device) = claims.dev else { return Ok(None) };
    let found = devices::find(state.db.read(), claims.prg.0, device.0).await?;
    let good = found.is_some_and(|found| !found.revoked && found.has_author(person.id, now_ms));
    Ok(good.then_some((person.role, Via::Device(device.0))))
}

async fn script(state: &State, claims: &Claims, person: &Person) -> Result<Option<(Role, Via)>, StoreError> {
    let live = store::script_is_live(state.db.read(), claims.prg.0, claims.jti).await?;
    let role = Role::parse(&claims.scope).filter(|scope| may_act_as(person.role, *scope));
    Ok(role.filter(|_| live).map(|role| (role, Via::Script(claims.jti))))
}

/// Whether a script of somebody may act in a role: their own, or any staff role for an administrator's.
#[must_use]
pub fn may_act_as(own: Role, scope: Role) -> bool {
    scope != Role::Peer && (own == scope || own == Role::Administrator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_never_has_more_than_its_creator() {
        for own in Role::ALL {
            for scope in Role::ALL {
                let allowed = may_act_as(own, scope);
                match (own, scope) {
                    (_, Role::Peer) | (Role::Peer, _) => assert!(!allowed),
                    (Role::Administrator, _) => assert!(allowed),
                    _ => assert_eq!(allowed, own == scope),
                }
            }
        }
    }
}
