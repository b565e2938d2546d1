//! The server's own keys and the cache of programmes' keys.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use uuid::Uuid;

use super::at_rest;
use super::files::{self, SecretError};
use super::hmac256;
use super::programme::ProgrammeSecrets;
use crate::wiring::Random;

/// The server's own keys, 32 random bytes each.
const KEYS: [&str; 4] = ["token.key", "seen.key", "pin.key", "totp.key"];

/// What is made with the key of phones' shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinMac {
    /// A share, from its seed.
    Share,
    /// What is stored of a proof.
    Proof,
}

/// Keys of the server and, loaded when first asked for, of its programmes.
#[derive(Debug)]
pub struct Secrets {
    dir: PathBuf,
    token: Vec<u8>,
    seen: Vec<u8>,
    pin: Vec<u8>,
    totp: Vec<u8>,
    programmes: RwLock<HashMap<Uuid, Arc<ProgrammeSecrets>>>,
}

impl Secrets {
    /// Opens the directory, making it and the server's keys on the very first start.
    ///
    /// # Errors
    /// [`SecretError`] when a file is missing, readable by others or malformed.
    pub fn open(dir: &Path, random: &Random) -> Result<Self, SecretError> {
        if !dir.exists() {
            // Made elsewhere and moved into place, so that of two servers that start at once neither sees half of it.
            let made = dir.with_extension(random.uuid().map_err(|_| SecretError::Crypto)?.simple().to_string());
            files::make_dir(&made)?;
            for name in KEYS {
                let key = random.bytes::<32>().map_err(|_| SecretError::Crypto)?;
                files::write_new(&made.join(name), &key)?;
            }
            files::move_or_drop(&made, dir)?;
        }
        let key = |name: &str| -> Result<Vec<u8>, SecretError> {
            let path = dir.join(name);
            let bytes = files::read(&path)?;
            if bytes.len() == 32 {
                Ok(bytes)
            } else {
                Err(SecretError::Malformed(path))
            }
        };
        Ok(Self {
            token: key("token.key")?,
            seen: key("seen.key")?,
            pin: key("pin.key")?,
            totp: key("totp.key")?,
            dir: dir.to_owned(),
            programmes: RwLock::default(),
        })
    }

    /// Makes the keys of a new programme.
    ///
    /// # Errors
    /// [`SecretError`] when they exist already or can't be written.
    pub fn create_programme(&self, programme: Uuid, random: &Random) -> Result<Arc<ProgrammeSecrets>, SecretError> {
        ProgrammeSecrets::create(&self.dir.join(programme.to_string()), random)?;
        self.programme(programme)
    }

    /// The keys of a programme.
    ///
    /// # Errors
    /// [`SecretError`] when they are missing, readable by others or malformed.
    pub fn programme(&self, programme: Uuid) -> Result<Arc<ProgrammeSecrets>, SecretError> {
        if let Some(found) = self.programmes.read().unwrap_or_else(PoisonError::into_inner).get(&programme) {
            return Ok(Arc::clone(found));
        }
        let loaded = Arc::new(ProgrammeSecrets::load(&self.dir.join(programme.to_string()))?);
        self.programmes
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(programme, Arc::clone(&loaded));
        Ok(loaded)
    }

    /// Key of bearer tokens.
    #[must_use]
    pub fn token_key(&self) -> &[u8] {
        &self.token
    }

    /// MAC of what a phone is told that it has seen of a programme, so that a broken phone can't force a new epoch.
    #[must_use]
    pub fn seen_mac(&self, programme: Uuid, state: &[u8]) -> [u8; 32] {
        hmac256(&self.seen, &[b"seen", programme.as_bytes(), state])
    }

    /// MAC of phones' shares and of the proofs that open them.
    #[must_use]
    pub fn pin_mac(&self, what: PinMac, parts: &[&[u8]]) -> [u8; 32] {
        let label: &[u8] = match what {
            PinMac::Share => b"share",
            PinMac::Proof => b"proof",
        };
        hmac256(&self.pin, &[&[label], parts].concat())
    }

    /// Key of the encryption, apart from that of the codes' MAC.
    fn totp_sealing(&self) -> [u8; 32] {
        hmac256(&self.totp, &[b"sealing"])
    }

    /// Encrypts the secret of somebody's authenticator app; `nonce` is random and used once.
    ///
    /// # Errors
    /// [`SecretError::Crypto`] never in practice.
    pub fn seal_totp(&self, whose: &[u8], nonce: [u8; 12], secret: &[u8]) -> Result<Vec<u8>, SecretError> {
        at_rest::seal(&self.totp_sealing(), whose, nonce, secret)
    }

    /// Decrypts the secret of somebody's authenticator app. `None` when it is another's or was changed.
    #[must_use]
    pub fn open_totp(&self, whose: &[u8], stored: &[u8]) -> Option<Vec<u8>> {
        at_rest::open(&self.totp_sealing(), whose, stored)
    }

    /// What is stored of somebody's recovery code.
    #[must_use]
    pub fn recovery_mac(&self, whose: &[u8], code: &str) -> [u8; 32] {
        hmac256(&self.totp, &[b"recovery", whose, code.as_bytes()])
    }
}
