//! Who logs in and with what, for whoever looks it through after a restore.

use uuid::Uuid;

use super::{factor, store};
use crate::db::{ConnectionTrait, StoreError};

/// How somebody logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginView {
    /// Person.
    pub worker: Uuid,
    /// Log-in name.
    pub login: String,
    /// Recovery codes that are left, of somebody with an authenticator app.
    pub recovery: Option<u64>,
}

/// Every log-in of a programme, by name.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn list_logins(db: &impl ConnectionTrait, programme: Uuid) -> Result<Vec<LoginView>, StoreError> {
    let mut all = Vec::new();
    for row in store::logins(db, programme).await? {
        let recovery = if factor::has_totp(db, programme, row.worker_id).await? {
            Some(store::recovery_left(db, programme, row.worker_id).await?)
        } else {
            None
        };
        all.push(LoginView {
            worker: row.worker_id,
            login: row.login,
            recovery,
        });
    }
    Ok(all)
}
