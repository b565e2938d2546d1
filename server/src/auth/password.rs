//! Passwords of staff: argon2id, 19 MiB, two passes, one lane, off the workers' threads and few at a time.

use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;

use super::Gate;
use crate::db::StoreError;
use crate::wiring::Random;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A hash that no password has, for names that nobody has: it costs the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hash of a new password in the usual string form.
pub(super) async fn hash(gate: &Gate, random: &Random, password: &str) -> Result<String, StoreError> {
    let salt: [u8; 16] = random.bytes()?;
    let hash = derive(gate, password.to_owned(), salt.to_vec()).await?;
    let (salt, hash) = (BASE64_STANDARD_NO_PAD.encode(salt), BASE64_STANDARD_NO_PAD.encode(hash));
    Ok(format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${hash}"))
}

/// Whether a password has a stored hash; without one it takes as long and says no.
pub(super) async fn verify(gate: &Gate, password: &str, stored: Option<&str>) -> Result<bool, StoreError> {
    let (salt, expected) = parts(stored.unwrap_or(NOBODY)).ok_or_else(|| StoreError::corrupt("staff_login", "password hash"))?;
    let hash = derive(gate, password.to_owned(), salt).await?;
    Ok(stored.is_some() && verify_slices_are_equal(&hash, &expected).is_ok())
}

fn parts(stored: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let rest = stored.strip_prefix(&format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$"))?;
    let (salt, hash) = rest.split_once('$')?;
    Some((BASE64_STANDARD_NO_PAD.decode(salt).ok()?, BASE64_STANDARD_NO_PAD.decode(hash).ok()?))
}

async fn derive(gate: &Gate, password: String, salt: Vec<u8>) -> Result<[u8; 32], StoreError> {
    let failed = |what: &dyn std::fmt::Display| StoreError::Secret(format!("a password could not be hashed: {what}"));
    let _turn = gate.hashing.acquire().await.map_err(|error| failed(&error))?;
    let work = move || {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(32))?;
        let mut out = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(password.as_bytes(), &salt, &mut out)?;
        Ok::<_, argon2::Error>(out)
    };
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| failed(&error))?;
    done.map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_has_the_hash() {
        let gate = Gate::default();
        let stored = hash(&gate, &Random::default(), "long enough words").await.unwrap();
        assert!(verify(&gate, "long enough words", Some(&stored)).await.unwrap());
        assert!(!verify(&gate, "long enough word", Some(&stored)).await.unwrap());
        assert!(!verify(&gate, "long enough words", None).await.unwrap());
    }
}
