//! Why somebody does not get in. What an attacker could learn from a difference has one variant.

use crate::db::StoreError;

/// Why somebody does not get in.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// The code is unknown, over or tried too often, or the digits are wrong.
    #[error("no such invite")]
    InviteUnknown,
    /// The invite was used by another phone or person.
    #[error("the invite was used")]
    InviteUsed,
    /// The invite is for the console, not for a phone.
    #[error("the invite is for the console")]
    InviteForConsole,
    /// The invite is for a phone, not for the console.
    #[error("the invite is for a phone")]
    InviteForPhone,
    /// The device key is no P-256 point.
    #[error("no key")]
    Key,
    /// The signature is not of an enrolled phone.
    #[error("not signed by an enrolled phone")]
    Signature,
    /// The challenge was not answered rightly.
    #[error("the challenge was not answered")]
    Token,
    /// The phone was revoked.
    #[error("the phone is revoked")]
    Revoked,
    /// Unknown name or wrong password.
    #[error("unknown name or wrong password")]
    Login,
    /// The own password, asked again, was wrong.
    #[error("wrong password")]
    Password,
    /// The password is right and a code of the authenticator app is missing.
    #[error("a code is needed")]
    TotpNeeded,
    /// The code is wrong or was used before.
    #[error("wrong code")]
    TotpWrong,
    /// There is an authenticator app already.
    #[error("the authenticator app is on")]
    TotpOn,
    /// There is no authenticator app.
    #[error("there is no authenticator app")]
    TotpOff,
    /// The log-in name has another form.
    #[error("not a log-in name")]
    LoginName,
    /// Somebody has the log-in name.
    #[error("the log-in name is taken")]
    LoginTaken,
    /// Too many tries; seconds to wait.
    #[error("too many tries")]
    Throttled(u64),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<crate::wiring::RandomError> for AuthError {
    fn from(error: crate::wiring::RandomError) -> Self {
        Self::Store(error.into())
    }
}
