//! What handlers need to know of how the server was started.

use uuid::Uuid;

use crate::skin::Skin;

/// The server as others see it.
#[derive(Debug, Clone)]
pub struct Site {
    /// Scheme, host and port of links, without a slash at the end.
    pub public_url: String,
    /// Id of this process.
    pub instance: Uuid,
    /// Staff must log in with an authenticator app.
    pub require_totp: bool,
    /// Name and icon of the app.
    pub skin: Skin,
}

impl Site {
    /// Whether people reach it over TLS.
    #[must_use]
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
