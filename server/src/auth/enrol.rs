//! A phone becomes a device of a programme; on a phone that is one already, another person becomes an author.

use std::net::IpAddr;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::auth::{EnrolRequest, EnrolResponse, Role};
use uuid::Uuid;

use super::gate::Key;
use super::store::{self, Invite};
use super::{AuthError, invites};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::devices::{self, NewDevice};
use crate::people::{self, Person};
use crate::programmes::{self, Lock};
use crate::state::State;
use crate::sync;

/// Signature of a device over the raw bytes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Programme that the device says it is of.
    pub programme: Uuid,
    /// Device.
    pub device: Uuid,
    /// r‖s, 64 bytes.
    pub signature: Vec<u8>,
}

/// Enrols a phone. `raw` are the bytes of the request, which `signed` is over when an enrolled phone takes another author.
///
/// # Errors
/// [`AuthError`]; unknown codes and wrong digits are one answer that takes one time.
pub async fn enrol(
    state: &State,
    peer: Option<IpAddr>,
    request: &EnrolRequest,
    raw: &[u8],
    signed: Option<&Signed>,
) -> Result<EnrolResponse, AuthError> {
    let keys: Vec<Key> = peer.map(Key::Address).into_iter().collect();
    let work = enrol_once(state, request, raw, signed);
    state.gate.guard(&keys, state.clock.now_ms(), work).await
}

async fn enrol_once(state: &State, request: &EnrolRequest, raw: &[u8], signed: Option<&Signed>) -> Result<EnrolResponse, AuthError> {
    let key = BASE64_URL_SAFE_NO_PAD.decode(&request.device_key).map_err(|_| AuthError::Key)?;
    if key.len() != 65 || ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &key).is_err() {
        return Err(AuthError::Key);
    }
    let invite = invites::redeem(state, &request.code, &request.digits).await?;
    let person = people::find(state.db.read(), invite.programme_id, invite.worker_id).await?;
    let person = person.filter(|person| !person.has_left()).ok_or(AuthError::InviteUnknown)?;
    if person.role != Role::Peer {
        return Err(AuthError::InviteForConsole);
    }
    let device = match signed {
        Some(signed) => Some(check_signer(state, &invite, &key, raw, signed).await?),
        None => None,
    };
    let device = write(state, &invite, &person, device, key, &request.app).await?;
    answer(state, invite.programme_id, device, person).await
}

/// The enrolled phone that signed the request: of this programme, with this key, not revoked.
async fn check_signer(state: &State, invite: &Invite, key: &[u8], raw: &[u8], signed: &Signed) -> Result<Uuid, AuthError> {
    let found = devices::find(state.db.read(), invite.programme_id, signed.device).await?;
    let good = signed.programme == invite.programme_id
        && found.is_some_and(|found| !found.revoked && found.public_key == key && found.signed(raw, &signed.signature));
    if good { Ok(signed.device) } else { Err(AuthError::Signature) }
}

async fn write(state: &State, invite: &Invite, person: &Person, known: Option<Uuid>, key: Vec<u8>, app: &str) -> Result<Uuid, AuthError> {
    let (programme, now_ms) = (invite.programme_id, state.clock.now_ms());
    let tx = state.db.begin().await?;
    let mut lock = Lock::take(&tx, programme, now_ms).await?.ok_or(AuthError::InviteUnknown)?;
    // Read again under the lock: two phones may have come with the same code.
    let invite = store::invite(&tx, &invite.code_hash).await?.ok_or(AuthError::InviteUnknown)?;
    let device = match (invite.used_at, invite.device_id) {
        (Some(_), Some(device)) if invite.device_key.as_ref() == Some(&key) => device,
        (Some(_), _) => return Err(AuthError::InviteUsed),
        (None, _) => {
            let device = known.map_or_else(|| state.random.uuid(), Ok)?;
            store::finish_invite(&tx, &invite.code_hash, Some((device, key.clone())), now_ms).await?;
            let new = known.is_none().then(|| NewDevice {
                public_key: key,
                app: app.to_owned(),
            });
            devices::enrol(&tx, programme, device, new, person.id, now_ms).await?;
            lock.audit(Entry::person(person.id, "device.enrol", device.to_string()));
            device
        }
    };
    store::forgive_try(&tx, &invite.code_hash).await?;
    lock.commit(tx).await?;
    Ok(device)
}

async fn answer(state: &State, programme: Uuid, device: Uuid, person: Person) -> Result<EnrolResponse, AuthError> {
    let db = state.db.read();
    let missing = || StoreError::corrupt("programme", "vanished");
    let found = programmes::find(db, programme).await?.ok_or_else(missing)?;
    let catalogue = state.catalogues.current(db, programme).await?.ok_or_else(missing)?;
    let secrets = state
        .secrets
        .programme(programme)
        .map_err(|error| StoreError::Secret(error.to_string()))?;
    let text = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    Ok(EnrolResponse {
        programme: programme.into(),
        device: device.into(),
        author: person.id.into(),
        handle: person.handle,
        epoch: found.epoch,
        root_key: text(&secrets.root_public()),
        sealing: sync::sealing_keys(db, programme).await?,
        catalogue: catalogue.as_ref().clone(),
        tz: found.tz.name().to_owned(),
    })
}
