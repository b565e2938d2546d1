//! The part of the golden corpus that needs cryptography: what the phone sealed and signed, read by the server's own code and, against
//! the day when one back end is wrong, by a second implementation of HPKE.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable as _, Kem as _, OpModeR, single_shot_open};
use rounds::secrets::{ProgrammeSecrets, Secrets};
use rounds::wiring::Random;
use rounds_shared::sync::{OP_INFO, OpHeader, digest_input, pad};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use uuid::Uuid;

fn corpus(name: &str) -> Value {
    let path = format!("{}/../shared/corpus/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn cases(document: &Value) -> &Vec<Value> {
    let cases = document["cases"].as_array().unwrap();
    assert!(!cases.is_empty());
    cases
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn bytes(value: &Value) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A programme's secrets with the corpus' sealing key.
fn secrets(document: &Value) -> Arc<ProgrammeSecrets> {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("secrets");
    let id = Uuid::from_u128(1);
    Secrets::open(&place, &Random::default())
        .unwrap()
        .create_programme(id, &Random::default())
        .unwrap();
    let file = place.join(id.to_string()).join("seal-k1.key");
    std::fs::write(&file, [bytes(&document["public_key"]), bytes(&document["private_key"])].concat()).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    Secrets::open(&place, &Random::default()).unwrap().programme(id).unwrap()
}

/// Opens by the second implementation.
fn second_open(private_key: &[u8], hdr: &[u8], ek: &[u8], ct: &[u8]) -> Option<Vec<u8>> {
    type Kem = DhP256HkdfSha256;
    let key = <Kem as hpke::Kem>::PrivateKey::from_bytes(private_key).ok()?;
    let ek = <Kem as hpke::Kem>::EncappedKey::from_bytes(ek).ok()?;
    single_shot_open::<AesGcm256, HkdfSha256, Kem>(&OpModeR::Base, &key, &ek, OP_INFO, ct, hdr).ok()
}

#[test]
fn what_the_phone_sealed_is_opened_by_both_implementations() {
    let document = corpus("sealing");
    let (secrets, private_key) = (secrets(&document), bytes(&document["private_key"]));
    let public = DhP256HkdfSha256::sk_to_pk(&hpke::Deserializable::from_bytes(&private_key).unwrap());
    assert_eq!(hpke::Serializable::to_bytes(&public).to_vec(), bytes(&document["public_key"]));
    for case in cases(&document) {
        let (hdr, ek, ct) = (bytes(&case["hdr"]), bytes(&case["ek"]), bytes(&case["ct"]));
        assert_eq!(hdr, text(&case["header"]).into_bytes());
        let header: OpHeader = serde_json::from_slice(&hdr).unwrap();
        let expected = pad(text(&case["plaintext"]).into_bytes());
        assert_eq!(secrets.open(&header.kid, &hdr, ek.clone(), &ct).unwrap(), expected);
        assert_eq!(second_open(&private_key, &hdr, &ek, &ct).unwrap(), expected);
        assert_eq!(hex(digest(&SHA256, &digest_input(&hdr, &ek, &ct)).as_ref()), text(&case["digest"]));
        let mut other = hdr.clone();
        *other.last_mut().unwrap() ^= 1;
        assert!(secrets.open(&header.kid, &other, ek.clone(), &ct).is_none(), "bound to its header");
        assert!(secrets.open("k2", &hdr, ek, &ct).is_none());
    }
}

#[test]
fn what_the_server_seals_is_opened_by_the_second_implementation() {
    let document = corpus("sealing");
    let (secrets, private_key) = (secrets(&document), bytes(&document["private_key"]));
    let plaintext = pad(b"{}".to_vec());
    let sealed = secrets.seal("k1", b"header", &plaintext).unwrap();
    assert_eq!((sealed.ek.len(), sealed.ct.len()), (65, plaintext.len() + 16));
    assert_eq!(second_open(&private_key, b"header", &sealed.ek, &sealed.ct).unwrap(), plaintext);
    assert!(second_open(&private_key, b"heades", &sealed.ek, &sealed.ct).is_none());
}

#[test]
fn signatures_are_good_or_not() {
    let document = corpus("signatures");
    for case in cases(&document) {
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes(&case["key"]));
        let good = key.verify(&bytes(&case["message"]), &bytes(&case["sig"])).is_ok();
        assert_eq!(good, case["valid"].as_bool().unwrap(), "{}", case["name"]);
    }
    let pin = digest(&SHA256, &bytes(&document["root_key"]));
    assert_eq!(BASE64_URL_SAFE_NO_PAD.encode(&pin.as_ref()[..16]), text(&document["pin"]));
}

#[test]
fn padded_plaintexts_have_their_hash() {
    for case in cases(&corpus("padding")) {
        let padded = pad(text(&case["text"]).into_bytes());
        assert_eq!(hex(digest(&SHA256, &padded).as_ref()), text(&case["sha256"]));
    }
}
