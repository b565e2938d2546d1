//! Bearer tokens of scripts: made and revoked on the command line, each for a person and a role that the person has.

use chrono::{DateTime, Utc};
use rounds_shared::auth::{Claims, Role};
use uuid::Uuid;

use super::identity::may_act_as;
use super::store::{self, Script};
use super::{AuthError, jwt};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::people::Person;
use crate::programmes::Lock;
use crate::state::State;
use crate::wiring::instant;

/// A token in the list; the token itself is shown once, when it is made.
#[derive(Debug, Clone)]
pub struct ScriptView {
    /// Id, for revocation.
    pub jti: Uuid,
    /// Name.
    pub name: String,
    /// Role that it acts in.
    pub scope: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// Revoked.
    pub revoked: bool,
}

/// Makes a token for a script that acts for a person. `None` when the person's role does not allow the scope.
///
/// # Errors
/// [`AuthError::Store`].
pub async fn create_script(
    state: &State,
    programme: Uuid,
    person: &Person,
    name: &str,
    scope: Role,
    days: i64,
) -> Result<Option<(Uuid, String)>, AuthError> {
    if !may_act_as(person.role, scope) {
        return Ok(None);
    }
    let now_ms = state.clock.now_ms();
    let jti = state.random.uuid()?;
    let expires_at = now_ms + days * 86_400_000;
    let claims = Claims {
        iss: jwt::ISSUER.to_owned(),
        aud: jwt::SCRIPT.to_owned(),
        sub: person.id.into(),
        dev: None,
        prg: programme.into(),
        scope: scope.as_str().to_owned(),
        jti,
        iat: now_ms / 1000,
        exp: expires_at / 1000,
    };
    let token = jwt::sign(state.secrets.token_key(), &claims)?;
    let tx = state.db.begin().await?;
    let mut lock = take(&tx, programme, now_ms).await?;
    let row = Script {
        programme_id: programme,
        jti,
        worker_id: person.id,
        name: name.to_owned(),
        scope: claims.scope,
        created_at: now_ms,
        expires_at,
        revoked_at: None,
    };
    store::insert_script(&tx, row).await?;
    lock.audit(Entry::system("token.create", jti.to_string()));
    lock.commit(tx).await?;
    Ok(Some((jti, token)))
}

/// Every script token of a programme, newest first.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn list_scripts(state: &State, programme: Uuid) -> Result<Vec<ScriptView>, StoreError> {
    let rows = store::scripts(state.db.read(), programme).await?;
    Ok(rows
        .into_iter()
        .map(|row| ScriptView {
            jti: row.jti,
            name: row.name,
            scope: row.scope,
            expires_at: instant(row.expires_at),
            revoked: row.revoked_at.is_some(),
        })
        .collect())
}

/// Revokes a token; `false` when it is unknown or revoked already.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn revoke_script(state: &State, programme: Uuid, jti: Uuid) -> Result<bool, StoreError> {
    let now_ms = state.clock.now_ms();
    let tx = state.db.begin().await?;
    let mut lock = take(&tx, programme, now_ms).await?;
    let revoked = store::revoke_script(&tx, programme, jti, now_ms).await?;
    if revoked {
        lock.audit(Entry::system("token.revoke", jti.to_string()));
    }
    lock.commit(tx).await?;
    Ok(revoked)
}

async fn take(tx: &crate::db::Tx, programme: Uuid, now_ms: i64) -> Result<Lock, StoreError> {
    let lock = Lock::take(tx, programme, now_ms).await?;
    lock.ok_or_else(|| StoreError::corrupt("programme", "there is none"))
}
