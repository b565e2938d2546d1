//! The second factor of staff: an authenticator app, set up by the person, asked for at log-in, with ten recovery codes in its place.

use std::net::IpAddr;

use rounds_shared::slip::ALPHABET;
use rounds_shared::totp::{RecoveryCodes, TotpBegin, TotpConfirm, TotpOff, TotpSecret};
use uuid::Uuid;

use super::gate::Key;
use super::login::{right_code, right_password};
use super::store::{self, Factor, Login};
use super::{AuthError, totp};
use crate::audit::Entry;
use crate::db::{ConnectionTrait, StoreError, Tx};
use crate::programmes::Lock;
use crate::qr;
use crate::secrets::sha256;
use crate::state::State;

/// Recovery codes that somebody gets.
const RECOVERY_CODES: usize = 10;
/// Characters of each: 50 bits, and only who has the server's key could try them on a copy of the database.
const RECOVERY_LENGTH: usize = 10;

/// Somebody of the staff who is logged in.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Programme.
    pub programme: Uuid,
    /// Person.
    pub worker: Uuid,
    /// Where they ask from, for throttling.
    pub peer: Option<IpAddr>,
}

/// Whether somebody logs in with an authenticator app.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn has_totp(db: &impl ConnectionTrait, programme: Uuid, worker: Uuid) -> Result<bool, StoreError> {
    let found = store::factor(db, programme, worker).await?;
    Ok(found.is_some_and(|found| found.confirmed_at.is_some()))
}

/// Gives a secret for an app, which counts once a code of it was confirmed.
///
/// # Errors
/// [`AuthError::Password`]; [`AuthError::TotpOn`] when there is an app already.
pub async fn begin_totp(state: &State, member: Member, request: &TotpBegin) -> Result<TotpSecret, AuthError> {
    let login = asked_again(state, member, &request.password).await?;
    let secret: [u8; totp::SECRET_BYTES] = state.random.bytes()?;
    let sealed = state
        .secrets
        .seal_totp(&whose(member.programme, member.worker), state.random.bytes()?, &secret);
    let (tx, lock) = begin(state, member.programme).await?;
    if has_totp(&tx, member.programme, member.worker).await? {
        return Err(AuthError::TotpOn);
    }
    let row = Factor {
        programme_id: member.programme,
        worker_id: member.worker,
        secret: sealed.map_err(|error| StoreError::Secret(error.to_string()))?,
        confirmed_at: None,
        last_step: 0,
    };
    store::put_factor(&tx, row).await?;
    lock.commit(tx).await?;
    let secret = totp::base32(&secret);
    // The issuer is what the app lists: the neutral name, because others see that list.
    let uri = format!(
        "otpauth://totp/Rounds:{}?secret={secret}&issuer=Rounds&algorithm=SHA1&digits=6&period=30",
        login.login
    );
    Ok(TotpSecret {
        qr_svg: qr::svg(&uri)?,
        secret,
        uri,
    })
}

/// Turns the app on by a code of it and ends every other session of the person. `session` is the token of the own one.
///
/// # Errors
/// [`AuthError::TotpWrong`]; [`AuthError::TotpOff`] when none was begun, [`AuthError::TotpOn`] when it was confirmed before.
pub async fn confirm_totp(state: &State, member: Member, session: &[u8], request: &TotpConfirm) -> Result<RecoveryCodes, AuthError> {
    let work = confirm_once(state, member, session, &request.code);
    state.gate.guard(&keys(state, member).await?, state.clock.now_ms(), work).await
}

async fn confirm_once(state: &State, member: Member, session: &[u8], code: &str) -> Result<RecoveryCodes, AuthError> {
    let Member { programme, worker, .. } = member;
    let (tx, mut lock) = begin(state, programme).await?;
    let found = store::factor(&tx, programme, worker).await?.ok_or(AuthError::TotpOff)?;
    if found.confirmed_at.is_some() {
        return Err(AuthError::TotpOn);
    }
    if !use_code(&tx, state, &found, &digits(code), lock.now_ms).await? {
        return Err(AuthError::TotpWrong);
    }
    let codes = new_codes(state)?;
    let macs = codes.iter().map(|code| recovery_mac(state, programme, worker, code)).collect();
    store::confirm_factor(&tx, programme, worker, lock.now_ms).await?;
    store::insert_recovery(&tx, programme, worker, macs).await?;
    store::end_other_sessions(&tx, programme, worker, &sha256(session)).await?;
    lock.audit(Entry::person(worker, "totp.on", worker.to_string()));
    lock.commit(tx).await?;
    Ok(RecoveryCodes {
        codes: codes.iter().map(|code| grouped(code)).collect(),
    })
}

/// Turns the app off, by the password and a code.
///
/// # Errors
/// [`AuthError::Password`] and [`AuthError::TotpWrong`]; [`AuthError::TotpOff`] when there is no app.
pub async fn end_totp(state: &State, member: Member, request: &TotpOff) -> Result<(), AuthError> {
    let login = asked_again(state, member, &request.password).await?;
    let work = async {
        let (tx, lock) = begin(state, member.programme).await?;
        if !has_totp(&tx, member.programme, member.worker).await? {
            return Err(AuthError::TotpOff);
        }
        let (tx, mut lock) = right_code(state, (tx, lock), &login, Some(&request.code)).await?;
        store::remove_factor(&tx, member.programme, member.worker).await?;
        lock.audit(Entry::person(member.worker, "totp.off", member.worker.to_string()));
        Ok(lock.commit(tx).await?)
    };
    state.gate.guard(&keys(state, member).await?, state.clock.now_ms(), work).await
}

/// Takes the app off a log-in and ends its sessions, for whoever runs the server. `false` when it has none.
///
/// # Errors
/// [`AuthError::Login`] when nobody has the log-in name.
pub async fn reset_totp(state: &State, login: &str) -> Result<bool, AuthError> {
    let found = store::login(state.db.read(), login).await?.ok_or(AuthError::Login)?;
    let (programme, worker) = (found.programme_id, found.worker_id);
    let (tx, mut lock) = begin(state, programme).await?;
    let removed = store::remove_factor(&tx, programme, worker).await?;
    if removed {
        store::end_sessions_of(&tx, programme, worker).await?;
        lock.audit(Entry::system("totp.reset", worker.to_string()));
    }
    lock.commit(tx).await?;
    Ok(removed)
}

/// Asks whoever has an app for a code of it or a recovery code, and uses that up. The caller holds the programme's lock, so that two
/// requests can't use the same one.
///
/// # Errors
/// [`AuthError::TotpNeeded`] without a code, [`AuthError::TotpWrong`] for a wrong or used one.
pub(super) async fn check_code(tx: &Tx, state: &State, lock: &mut Lock, worker: Uuid, given: Option<&str>) -> Result<(), AuthError> {
    let found = store::factor(tx, lock.programme, worker).await?;
    let Some(found) = found.filter(|found| found.confirmed_at.is_some()) else {
        return Ok(());
    };
    let given = given.ok_or(AuthError::TotpNeeded)?;
    if use_code(tx, state, &found, &digits(given), lock.now_ms).await? {
        return Ok(());
    }
    let mac = recovery_mac(state, lock.programme, worker, &recovery(given));
    let left = store::use_recovery(tx, lock.programme, worker, &mac).await?;
    let left = left.ok_or(AuthError::TotpWrong)?;
    lock.audit(Entry::person(worker, "totp.recovery", format!("{worker} {left} left")));
    Ok(())
}

/// Uses the step of a code up; `false` when it is wrong or was used before.
async fn use_code(tx: &Tx, state: &State, found: &Factor, code: &str, now_ms: i64) -> Result<bool, AuthError> {
    let (programme, worker) = (found.programme_id, found.worker_id);
    let secret = state.secrets.open_totp(&whose(programme, worker), &found.secret);
    let secret = secret.ok_or_else(|| StoreError::corrupt("totp", "the secret does not open with totp.key"))?;
    match totp::step_of(&secret, code, now_ms) {
        Some(step) => Ok(store::use_step(tx, programme, worker, step).await?),
        None => Ok(false),
    }
}

/// The log-in of somebody who gave the own password again; wrong ones count as at log-in.
async fn asked_again(state: &State, member: Member, password: &str) -> Result<Login, AuthError> {
    let known = store::login_of(state.db.read(), member.programme, member.worker).await?;
    let work = async {
        let right = right_password(state, known, password).await;
        right.map_err(|error| {
            if matches!(error, AuthError::Login) {
                AuthError::Password
            } else {
                error
            }
        })
    };
    state.gate.guard(&keys(state, member).await?, state.clock.now_ms(), work).await
}

async fn keys(state: &State, member: Member) -> Result<Vec<Key>, AuthError> {
    let login = store::login_of(state.db.read(), member.programme, member.worker).await?;
    let account = login.map(|login| Key::account(&login.login));
    Ok(member.peer.map(Key::Address).into_iter().chain(account).collect())
}

async fn begin(state: &State, programme: Uuid) -> Result<(Tx, Lock), StoreError> {
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, programme, state.clock.now_ms()).await?;
    Ok((tx, lock.ok_or_else(|| StoreError::corrupt("programme", "there is none"))?))
}

fn whose(programme: Uuid, worker: Uuid) -> Vec<u8> {
    [programme.as_bytes().as_slice(), worker.as_bytes()].concat()
}

fn recovery_mac(state: &State, programme: Uuid, worker: Uuid, code: &str) -> Vec<u8> {
    state.secrets.recovery_mac(&whose(programme, worker), code).to_vec()
}

fn new_codes(state: &State) -> Result<Vec<String>, AuthError> {
    let letter = |byte: u8| ALPHABET.get(usize::from(byte % 32)).map_or('0', |letter| char::from(*letter));
    let code = |_| Ok(state.random.bytes::<RECOVERY_LENGTH>()?.map(letter).iter().collect());
    (0..RECOVERY_CODES).map(code).collect()
}

fn grouped(code: &str) -> String {
    match code.split_at_checked(RECOVERY_LENGTH / 2) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}

/// A code of the app as typed: apps show it in two groups.
fn digits(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A recovery code as typed, look-alikes read as the alphabet has them.
fn recovery(typed: &str) -> String {
    let read = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        assert_eq!(digits(" 123 456"), "123456");
        assert_eq!(recovery("oil4a-bcd 7x"), "0114ABCD7X");
        assert_eq!(recovery(&grouped("0114ABCD7X")), "0114ABCD7X");
    }
}
