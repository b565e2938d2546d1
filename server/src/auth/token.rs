//! Device tokens: a phone answers a challenge with its key. The key is the refresh, so nothing rotates and nothing locks out.

use std::net::IpAddr;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::auth::{Challenge, Claims, TokenRequest, TokenResponse};
use rounds_shared::sync::AUTH_PREFIX;

use super::gate::Key;
use super::{AuthError, jwt, store};
use crate::db::StoreError;
use crate::devices;
use crate::people;
use crate::state::State;
use crate::wiring::instant;

const CHALLENGE_MS: i64 = 60_000;
const TOKEN_SECONDS: i64 = 600;

/// Makes a challenge.
///
/// # Errors
/// [`AuthError::Throttled`] when an address asks for too many.
pub async fn challenge(state: &State, peer: Option<IpAddr>) -> Result<Challenge, AuthError> {
    let keys: Vec<Key> = peer.map(Key::Challenge).into_iter().collect();
    state.gate.check(&keys, state.clock.now_ms())?;
    state.gate.count(&keys, state.clock.now_ms());
    let nonce: [u8; 32] = state.random.bytes()?;
    let tx = state.db.begin().await?;
    store::insert_challenge(&tx, &nonce, state.clock.now_ms() + CHALLENGE_MS).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(Challenge {
        nonce: BASE64_URL_SAFE_NO_PAD.encode(nonce),
    })
}

/// Gives a token for an answered challenge.
///
/// # Errors
/// [`AuthError::Token`] for anything that does not fit; [`AuthError::Revoked`] to a revoked phone that proved its key.
pub async fn token(state: &State, request: &TokenRequest) -> Result<TokenResponse, AuthError> {
    let now_ms = state.clock.now_ms();
    let nonce = BASE64_URL_SAFE_NO_PAD.decode(&request.nonce).map_err(|_| AuthError::Token)?;
    let tx = state.db.begin().await?;
    let fresh = store::take_challenge(&tx, &nonce, now_ms).await?;
    tx.commit().await.map_err(StoreError::from)?;
    if !fresh {
        return Err(AuthError::Token);
    }
    let (programme, author) = (request.programme.0, request.author.0);
    let db = state.db.read();
    let device = devices::find(db, programme, request.device.0).await?.ok_or(AuthError::Token)?;
    let signature = BASE64_URL_SAFE_NO_PAD.decode(&request.sig).map_err(|_| AuthError::Token)?;
    if !device.signed(&[AUTH_PREFIX, request.nonce.as_bytes()].concat(), &signature) {
        return Err(AuthError::Token);
    }
    if device.revoked {
        return Err(AuthError::Revoked);
    }
    let person = people::find(db, programme, author).await?;
    if !device.has_author(author, now_ms) || person.is_none_or(|person| person.has_left()) {
        return Err(AuthError::Token);
    }
    let tx = state.db.begin().await?;
    devices::touch(&tx, programme, request.device.0, now_ms).await?;
    tx.commit().await.map_err(StoreError::from)?;
    let iat = now_ms / 1000;
    let claims = Claims {
        iss: jwt::ISSUER.to_owned(),
        aud: jwt::DEVICE.to_owned(),
        sub: request.author,
        dev: Some(request.device),
        prg: request.programme,
        scope: jwt::PULL.to_owned(),
        jti: state.random.uuid()?,
        iat,
        exp: iat + TOKEN_SECONDS,
    };
    Ok(TokenResponse {
        token: jwt::sign(state.secrets.token_key(), &claims)?,
        expires_at: instant(claims.exp * 1000),
    })
}
