//! Keys of one programme: sealing, root signature, code pepper, publication.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use rounds_shared::sync::{OP_INFO, SEALING_PREFIX};
use rustls::crypto::aws_lc_rs::hpke::DH_KEM_P256_HKDF_SHA256_AES_256;
use rustls::crypto::hpke::{EncapsulatedSecret, Hpke, HpkePrivateKey, HpkePublicKey};
use uuid::Uuid;

use super::files::{self, SecretError};
use super::{hmac256, sha256};
use crate::wiring::Random;

struct SealingPair {
    public: Vec<u8>,
    private: HpkePrivateKey,
}

/// Encapsulated key and ciphertext.
#[derive(Debug, Clone)]
pub struct SealedParts {
    /// 65 bytes.
    pub ek: Vec<u8>,
    /// Plaintext and 16 bytes.
    pub ct: Vec<u8>,
}

/// Keys of a programme.
pub struct ProgrammeSecrets {
    root: EcdsaKeyPair,
    pepper: Vec<u8>,
    publication: Vec<u8>,
    sealing: BTreeMap<String, SealingPair>,
}

impl fmt::Debug for ProgrammeSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProgrammeSecrets")
            .field("kids", &self.sealing.keys())
            .finish_non_exhaustive()
    }
}

impl ProgrammeSecrets {
    pub(super) fn create(dir: &Path, random: &Random) -> Result<(), SecretError> {
        files::make_dir(dir)?;
        let root = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).map_err(|_| SecretError::Crypto)?;
        files::write_new(&dir.join("root.p8"), root.as_ref())?;
        for name in ["pepper.key", "publication.key"] {
            let key = random.bytes::<32>().map_err(|_| SecretError::Crypto)?;
            files::write_new(&dir.join(name), &key)?;
        }
        let (public, private) = DH_KEM_P256_HKDF_SHA256_AES_256
            .generate_key_pair()
            .map_err(|_| SecretError::Crypto)?;
        let mut bytes = public.0;
        bytes.extend_from_slice(private.secret_bytes());
        files::write_new(&dir.join("seal-k1.key"), &bytes)
    }

    pub(super) fn load(dir: &Path) -> Result<Self, SecretError> {
        let root_path = dir.join("root.p8");
        let root = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &files::read(&root_path)?)
            .map_err(|_| SecretError::Malformed(root_path))?;
        let mut sealing = BTreeMap::new();
        let entries = fs::read_dir(dir).map_err(|source| SecretError::Io {
            path: dir.to_owned(),
            source,
        })?;
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(kid) = name
                .to_str()
                .and_then(|n| n.strip_prefix("seal-"))
                .and_then(|n| n.strip_suffix(".key"))
            else {
                continue;
            };
            let bytes = files::read(&entry.path())?;
            let Some((public, private)) = bytes.split_at_checked(65).filter(|(_, private)| private.len() == 32) else {
                return Err(SecretError::Malformed(entry.path()));
            };
            sealing.insert(
                kid.to_owned(),
                SealingPair {
                    public: public.to_vec(),
                    private: HpkePrivateKey::from(private.to_vec()),
                },
            );
        }
        if sealing.is_empty() {
            return Err(SecretError::Missing(dir.join("seal-k1.key")));
        }
        Ok(Self {
            root,
            pepper: files::read(&dir.join("pepper.key"))?,
            publication: files::read(&dir.join("publication.key"))?,
            sealing,
        })
    }

    /// Keys that are the same in every run, with one given sealing key.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn fixed(kid: &str, public: Vec<u8>, private: Vec<u8>) -> Result<Self, SecretError> {
        let root = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| SecretError::Crypto)?;
        let pair = SealingPair {
            public,
            private: HpkePrivateKey::from(private),
        };
        Ok(Self {
            root,
            pepper: vec![1; 32],
            publication: vec![2; 32],
            sealing: BTreeMap::from([(kid.to_owned(), pair)]),
        })
    }

    /// Root public key, 65 bytes uncompressed.
    #[must_use]
    pub fn root_public(&self) -> Vec<u8> {
        self.root.public_key().as_ref().to_vec()
    }

    /// First 16 bytes of the SHA-256 of the root key, which links pin.
    #[must_use]
    pub fn root_fingerprint(&self) -> Vec<u8> {
        sha256(self.root.public_key().as_ref()).iter().take(16).copied().collect()
    }

    /// Ids of the sealing keys and their public halves, 65 bytes each, oldest first.
    pub fn sealing_keys(&self) -> impl DoubleEndedIterator<Item = (&str, &[u8])> {
        self.sealing.iter().map(|(kid, pair)| (kid.as_str(), pair.public.as_slice()))
    }

    /// Root signature of a sealing key, r‖s.
    ///
    /// # Errors
    /// [`SecretError::Crypto`] when signing fails.
    pub fn sign_sealing_key(&self, kid: &str, public: &[u8]) -> Result<Vec<u8>, SecretError> {
        let message = [SEALING_PREFIX, kid.as_bytes(), b"\n", public].concat();
        let signature = self.root.sign(&SystemRandom::new(), &message).map_err(|_| SecretError::Crypto)?;
        Ok(signature.as_ref().to_vec())
    }

    /// Opens an op. `None` when the key is unknown or anything was tampered with.
    #[must_use]
    pub fn open(&self, kid: &str, hdr: &[u8], ek: Vec<u8>, ct: &[u8]) -> Option<Vec<u8>> {
        let pair = self.sealing.get(kid)?;
        DH_KEM_P256_HKDF_SHA256_AES_256
            .open(&EncapsulatedSecret(ek), OP_INFO, hdr, ct, &pair.private)
            .ok()
    }

    /// Newest sealing key id.
    ///
    /// # Errors
    /// [`SecretError::Crypto`] never in practice: loading refuses a programme without one.
    pub fn current_kid(&self) -> Result<&str, SecretError> {
        self.sealing.keys().next_back().map(String::as_str).ok_or(SecretError::Crypto)
    }

    /// Seals a padded plaintext to a key of this programme, as the console and imports do.
    ///
    /// # Errors
    /// [`SecretError::Crypto`] when the key is unknown or sealing fails.
    pub fn seal(&self, kid: &str, hdr: &[u8], plaintext: &[u8]) -> Result<SealedParts, SecretError> {
        let pair = self.sealing.get(kid).ok_or(SecretError::Crypto)?;
        let (ek, ct) = DH_KEM_P256_HKDF_SHA256_AES_256
            .seal(OP_INFO, hdr, plaintext, &HpkePublicKey(pair.public.clone()))
            .map_err(|_| SecretError::Crypto)?;
        Ok(SealedParts { ek: ek.0, ct })
    }

    /// Person id of a code in normal form, version 1: the first 16 bytes of its HMAC. A later normalisation must prefix what it hashes.
    #[must_use]
    pub fn person(&self, normalised: &str) -> Uuid {
        first_uuid_bytes(hmac256(&self.pepper, &[normalised.as_bytes()])).into_uuid()
    }

    /// Id that an import gives a row, as UUIDv8.
    #[must_use]
    pub fn import_id(&self, parts: &[&[u8]]) -> Uuid {
        first_uuid_bytes(self.import_hash(parts))
            .with_version(uuid::Version::Custom)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
    }

    /// Keyed hash of an imported row; a plain one of a seven-character code could be guessed.
    #[must_use]
    pub fn import_hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut all: Vec<&[u8]> = vec![b"import"];
        all.extend_from_slice(parts);
        hmac256(&self.pepper, &all)
    }

    /// Record key of publication for a record or person id: a number whose remainder by a rounding base is uniform.
    #[must_use]
    pub fn record_key(&self, id: Uuid) -> u64 {
        let tag = hmac256(&self.publication, &[id.as_bytes()]);
        tag.iter().take(8).fold(0, |n, byte| (n << 8) | u64::from(*byte))
    }
}

fn first_uuid_bytes(tag: [u8; 32]) -> uuid::Builder {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(tag) {
        *to = from;
    }
    uuid::Builder::from_bytes(bytes)
}
