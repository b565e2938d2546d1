//! What the database keeps encrypted: AES-256-GCM, stored as nonce, ciphertext and tag.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::SecretError;

fn cipher(key: &[u8]) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key).ok().map(LessSafeKey::new)
}

/// Encrypts; `whose` is bound to it, so that a row copied to somebody else does not open.
pub(super) fn seal(key: &[u8], whose: &[u8], nonce: [u8; NONCE_LEN], plain: &[u8]) -> Result<Vec<u8>, SecretError> {
    let mut sealed = plain.to_vec();
    let cipher = cipher(key).ok_or(SecretError::Crypto)?;
    cipher
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(whose), &mut sealed)
        .map_err(|_| SecretError::Crypto)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Decrypts. `None` when the key or the owner is another, or anything was changed.
pub(super) fn open(key: &[u8], whose: &[u8], stored: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = stored.split_at_checked(NONCE_LEN)?;
    let mut sealed = sealed.to_vec();
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let plain = cipher(key)?.open_in_place(nonce, Aad::from(whose), &mut sealed).ok()?;
    Some(plain.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_with_its_key_for_its_owner_and_unchanged_only() {
        let stored = seal(&[1; 32], b"ana", [2; 12], b"a secret").unwrap();
        assert_eq!(open(&[1; 32], b"ana", &stored).unwrap(), b"a secret");
        assert!(!stored.windows(8).any(|part| part == b"a secret"));
        assert!(open(&[3; 32], b"ana", &stored).is_none());
        assert!(open(&[1; 32], b"ben", &stored).is_none());
        for at in 0..stored.len() {
            let mut changed = stored.clone();
            changed[at] ^= 1;
            assert!(open(&[1; 32], b"ana", &changed).is_none(), "{at}");
        }
        assert!(open(&[1; 32], b"ana", &stored[..11]).is_none());
    }
}
