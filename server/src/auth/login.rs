//! Staff: log-in, taking up an invite, sessions.

use std::net::IpAddr;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::auth::{JoinRequest, LoginRequest, Role, SessionView};
use uuid::Uuid;

use super::gate::{ACCOUNT_FAILURES, Key};
use super::store::{self, Login, Session};
use super::{AuthError, factor, invites, password};
use crate::audit::Entry;
use crate::db::{StoreError, Tx};
use crate::people;
use crate::programmes::{self, Lock};
use crate::secrets::sha256;
use crate::state::State;

/// A session ends after this, whatever happens.
const SESSION_MS: i64 = 7 * 86_400_000;
/// A log-in with too many wrong passwords waits this long, on every server.
const LOCKED_MS: i64 = 10 * 60_000;

/// A new session: its token for the cookie, and whose it is.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Token, base64url.
    pub token: String,
    /// Programme.
    pub programme: Uuid,
    /// Person.
    pub worker: Uuid,
    /// Their role.
    pub role: Role,
}

/// Logs somebody in.
///
/// # Errors
/// [`AuthError::Login`] for an unknown name, a wrong password and a locked log-in alike, in the same time.
pub async fn login(state: &State, peer: Option<IpAddr>, request: &LoginRequest) -> Result<NewSession, AuthError> {
    let account = Key::account(&request.login);
    let keys: Vec<Key> = peer.map(Key::Address).into_iter().chain([account.clone()]).collect();
    let session = state.gate.guard(&keys, state.clock.now_ms(), login_once(state, request)).await?;
    state.gate.succeeded(&account);
    Ok(session)
}

async fn login_once(state: &State, request: &LoginRequest) -> Result<NewSession, AuthError> {
    let known = store::login(state.db.read(), &request.login).await?;
    let known = right_password(state, known, &request.password).await?;
    let person = people::find(state.db.read(), known.programme_id, known.worker_id).await?;
    let person = person.filter(|person| !person.has_left() && person.role != Role::Peer);
    let person = person.ok_or(AuthError::Login)?;
    let now_ms = state.clock.now_ms();
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, known.programme_id, now_ms).await?.ok_or(AuthError::Login)?;
    // Read again under the lock: codes that are tried at the same time are counted one after the other.
    let locked = store::login(&tx, &known.login).await?.is_none_or(|row| is_locked(&row, now_ms));
    if locked {
        return Err(AuthError::Login);
    }
    let (tx, mut lock) = right_code(state, (tx, lock), &known, request.code.as_deref()).await?;
    store::clear_failures(&tx, &known.login).await?;
    lock.audit(Entry::person(person.id, "session.start", person.id.to_string()));
    let token = start_session(&tx, state, known.programme_id, person.id, now_ms).await?;
    lock.commit(tx).await?;
    Ok(NewSession {
        token,
        programme: known.programme_id,
        worker: person.id,
        role: person.role,
    })
}

/// The log-in that a password is right for, unless it is locked; wrong ones are counted.
pub(super) async fn right_password(state: &State, known: Option<Login>, given: &str) -> Result<Login, AuthError> {
    let now_ms = state.clock.now_ms();
    let right = password::verify(&state.gate, given, known.as_ref().map(|row| row.password_hash.as_str())).await?;
    let known = known.ok_or(AuthError::Login)?;
    if !right {
        let tx = state.db.begin().await?;
        note_failure(&tx, &known, now_ms).await?;
        tx.commit().await.map_err(StoreError::from)?;
        return Err(AuthError::Login);
    }
    if is_locked(&known, now_ms) {
        Err(AuthError::Login)
    } else {
        Ok(known)
    }
}

/// Asks for the code of the log-in's app, if it has one; wrong ones are counted with the wrong passwords, on every server.
pub(super) async fn right_code(
    state: &State,
    (tx, mut lock): (Tx, Lock),
    known: &Login,
    given: Option<&str>,
) -> Result<(Tx, Lock), AuthError> {
    let checked = factor::check_code(&tx, state, &mut lock, known.worker_id, given).await;
    if let Err(AuthError::TotpWrong) = checked {
        note_failure(&tx, known, lock.now_ms).await?;
        lock.commit(tx).await?;
        return Err(AuthError::TotpWrong);
    }
    checked.map(|()| (tx, lock))
}

async fn note_failure(tx: &Tx, login: &Login, now_ms: i64) -> Result<(), StoreError> {
    store::note_failure(tx, &login.login, i64::from(ACCOUNT_FAILURES), now_ms + LOCKED_MS).await
}

fn is_locked(login: &Login, now_ms: i64) -> bool {
    login.locked_until.is_some_and(|until| until > now_ms)
}

async fn start_session(tx: &Tx, state: &State, programme: Uuid, worker: Uuid, now_ms: i64) -> Result<String, StoreError> {
    let token: [u8; 32] = state.random.bytes()?;
    let row = Session {
        token_hash: sha256(&token).to_vec(),
        programme_id: programme,
        worker_id: worker,
        created_at: now_ms,
        seen_at: now_ms,
        expires_at: now_ms + SESSION_MS,
    };
    store::insert_session(tx, row).await?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(token))
}

/// Takes up an invite of the console: the person chooses name and password, also to replace forgotten ones, and is logged in.
///
/// # Errors
/// [`AuthError`]; unknown codes and wrong digits are one answer that takes one time.
pub async fn join(state: &State, peer: Option<IpAddr>, request: &JoinRequest) -> Result<NewSession, AuthError> {
    let keys: Vec<Key> = peer.map(Key::Address).into_iter().collect();
    state.gate.guard(&keys, state.clock.now_ms(), join_once(state, request)).await
}

async fn join_once(state: &State, request: &JoinRequest) -> Result<NewSession, AuthError> {
    if !is_login_name(&request.login) {
        return Err(AuthError::LoginName);
    }
    let invite = invites::redeem(state, &request.code, &request.digits).await?;
    let (programme, worker) = (invite.programme_id, invite.worker_id);
    let person = people::find(state.db.read(), programme, worker).await?;
    let person = person.filter(|person| !person.has_left()).ok_or(AuthError::InviteUnknown)?;
    if person.role == Role::Peer {
        return Err(AuthError::InviteForPhone);
    }
    if invite.used_at.is_some() {
        return Err(AuthError::InviteUsed);
    }
    let password_hash = password::hash(&state.gate, &state.random, &request.password).await?;
    let now_ms = state.clock.now_ms();
    let tx = state.db.begin().await?;
    let mut lock = Lock::take(&tx, programme, now_ms).await?.ok_or(AuthError::InviteUnknown)?;
    let invite = store::invite(&tx, &invite.code_hash).await?.ok_or(AuthError::InviteUnknown)?;
    if invite.used_at.is_some() {
        return Err(AuthError::InviteUsed);
    }
    if let Err(error) = factor::check_code(&tx, state, &mut lock, worker, request.totp.as_deref()).await {
        if matches!(error, AuthError::TotpNeeded) {
            // Code and digits were right, so this was no wrong try.
            store::forgive_try(&tx, &invite.code_hash).await?;
            lock.commit(tx).await?;
        }
        return Err(error);
    }
    set_login(&tx, &mut lock, worker, &request.login, password_hash).await?;
    store::finish_invite(&tx, &invite.code_hash, None, now_ms).await?;
    store::forgive_try(&tx, &invite.code_hash).await?;
    let token = start_session(&tx, state, programme, worker, now_ms).await?;
    lock.commit(tx).await?;
    Ok(NewSession {
        token,
        programme,
        worker,
        role: person.role,
    })
}

async fn set_login(tx: &Tx, lock: &mut Lock, worker: Uuid, login: &str, password_hash: String) -> Result<(), AuthError> {
    let row = Login {
        login: login.to_owned(),
        programme_id: lock.programme,
        worker_id: worker,
        password_hash,
        failures: 0,
        locked_until: None,
        created_at: lock.now_ms,
    };
    if !store::put_login(tx, row).await? {
        return Err(AuthError::LoginTaken);
    }
    store::end_sessions_of(tx, lock.programme, worker).await?;
    lock.audit(Entry::person(worker, "login.set", worker.to_string()));
    Ok(())
}

/// Gives a member of staff a log-in without an invite, for whoever runs the server.
///
/// # Errors
/// [`AuthError::LoginName`] and [`AuthError::LoginTaken`].
pub async fn create_login(state: &State, programme: Uuid, worker: Uuid, login: &str, password: &str) -> Result<(), AuthError> {
    if !is_login_name(login) {
        return Err(AuthError::LoginName);
    }
    let password_hash = password::hash(&state.gate, &state.random, password).await?;
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, programme, state.clock.now_ms()).await?;
    let mut lock = lock.ok_or_else(|| StoreError::corrupt("programme", "there is none"))?;
    set_login(&tx, &mut lock, worker, login, password_hash).await?;
    Ok(lock.commit(tx).await?)
}

fn is_login_name(login: &str) -> bool {
    let alphabet = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-');
    (3..=64).contains(&login.len()) && login.bytes().all(alphabet)
}

/// Ends the session of a token, if there is one.
///
/// # Errors
/// [`AuthError::Store`].
pub async fn logout(state: &State, token: &str) -> Result<(), AuthError> {
    let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(token) else {
        return Ok(());
    };
    let tx = state.db.begin().await?;
    store::end_session(&tx, &sha256(&bytes)).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// What the console shows of who is logged in: programme, person, role and whether this server demands an authenticator app. `None` when the person or the programme is gone.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn session_view(
    state: &State,
    (programme, worker, role): (Uuid, Uuid, Role),
    totp_required: bool,
) -> Result<Option<SessionView>, StoreError> {
    let db = state.db.read();
    let (Some(found), Some(person)) = (programmes::find(db, programme).await?, people::find(db, programme, worker).await?) else {
        return Ok(None);
    };
    Ok(Some(SessionView {
        programme: programme.into(),
        programme_name: found.name,
        tz: found.tz.name().to_owned(),
        today: state.clock.today(found.tz),
        worker: worker.into(),
        handle: person.handle,
        role,
        totp: factor::has_totp(db, programme, worker).await?,
        totp_required,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn login_names_are_plain() {
        assert!(is_login_name("ana.b-2"));
        for name in ["an", "Ana", "ana b", "añb", "ana@b", &"a".repeat(65)] {
            assert!(!is_login_name(name), "{name}");
        }
    }
}
