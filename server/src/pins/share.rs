//! Setting, opening and destroying shares.
//!
//! A share is an HMAC under a key of the secrets directory over a random seed of the database, so neither of the two gives it alone.
//! Opening runs under the programme's lock: tries at the same time are counted one after the other.

use std::time::Duration;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rounds_shared::phone::{PinShare, PinShareRequest};
use uuid::Uuid;

use super::store::{self, Share};
use crate::audit::Entry;
use crate::db::{StoreError, Tx};
use crate::programmes::Lock;
use crate::secrets::PinMac;
use crate::state::State;

/// From this many wrong tries on, each further one has to wait.
const FREE_TRIES: i64 = 5;
/// This many wrong tries destroy the share.
const MOST_TRIES: i64 = 10;
/// The first wait; each further one is twice as long.
const FIRST_WAIT_MS: i64 = 60_000;
/// No try is answered sooner, whatever comes of it: longer than the commit and the links of the audit chain take.
const FLOOR: Duration = Duration::from_millis(150);

/// Whose share it is: a person's on a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner {
    pub programme: Uuid,
    pub device: Uuid,
    pub worker: Uuid,
}

/// Why there is no share.
#[derive(Debug, thiserror::Error)]
pub(super) enum PinError {
    /// A field is not 32 bytes.
    #[error("{0} is no proof")]
    Form(&'static str),
    /// Both PINs are the same.
    #[error("the duress PIN is the PIN")]
    Same,
    /// Wrong PIN; seconds that the next try has to wait, if any.
    #[error("wrong PIN")]
    Wrong(Option<u64>),
    /// Too early; seconds to wait.
    #[error("too early")]
    Wait(u64),
    /// There is none, or none any more.
    #[error("no share")]
    Gone,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sets the share of a person on a phone, in place of the one before, and forgets wrong tries.
pub(super) async fn set(state: &State, owner: Owner, request: &PinShareRequest) -> Result<PinShare, PinError> {
    let right = proof_mac(state, owner, &request.proof).ok_or(PinError::Form("proof"))?;
    let duress = proof_mac(state, owner, &request.duress_proof).ok_or(PinError::Form("duress_proof"))?;
    if right == duress {
        return Err(PinError::Same);
    }
    let seed = state.random.bytes::<32>().map_err(StoreError::from)?;
    let decoy = state.random.bytes::<32>().map_err(StoreError::from)?;
    let tx = state.db.begin().await?;
    let mut lock = take(&tx, state, owner).await?;
    let row = Share {
        programme_id: owner.programme,
        device_id: owner.device,
        worker_id: owner.worker,
        seed: Some(seed.to_vec()),
        decoy: decoy.to_vec(),
        proof_mac: right.to_vec(),
        duress_mac: duress.to_vec(),
        tries: 0,
        wait_until: None,
        created_at: lock.now_ms,
    };
    store::put(&tx, row).await?;
    lock.audit(Entry::device(owner.device, "share.set", owner.worker.to_string()));
    lock.commit(tx).await?;
    Ok(share(state, owner, &seed))
}

/// Gives the share for the right PIN. The duress PIN destroys it and gives another of the same looks, the same one however often it is asked.
pub(super) async fn open(state: &State, owner: Owner, proof: &str) -> Result<PinShare, PinError> {
    let given = proof_mac(state, owner, proof).ok_or(PinError::Form("proof"))?;
    let floor = tokio::time::sleep(FLOOR);
    let outcome = open_once(state, owner, &given).await;
    floor.await;
    outcome
}

async fn open_once(state: &State, owner: Owner, given: &[u8; 32]) -> Result<PinShare, PinError> {
    let tx = state.db.begin().await?;
    let mut lock = take(&tx, state, owner).await?;
    let row = store::find(&tx, owner).await?.ok_or(PinError::Gone)?;
    let is = |mac: &[u8]| verify_slices_are_equal(given, mac).is_ok();
    let (right, duress) = (is(&row.proof_mac), is(&row.duress_mac));
    if duress && row.seed.is_some() {
        store::drop_seed(&tx, owner).await?;
        lock.audit(destroyed(owner.device, owner.worker, "duress"));
    }
    let wait_ms = row.wait_until.map_or(0, |until| until - lock.now_ms);
    let outcome = if wait_ms > 0 {
        Err(PinError::Wait(seconds(wait_ms)))
    } else {
        // After the duress PIN the right one is wrong, as any other: its answer must not tell that it once was the right one.
        let seed = if duress {
            Some(&row.decoy)
        } else {
            row.seed.as_ref().filter(|_| right)
        };
        match seed {
            Some(seed) => {
                store::set_tries(&tx, owner, 0, None).await?;
                Ok(share(state, owner, seed))
            }
            None => count_wrong(&tx, &mut lock, owner, row.tries + 1).await,
        }
    };
    lock.commit(tx).await?;
    outcome
}

async fn count_wrong(tx: &Tx, lock: &mut Lock, owner: Owner, tries: i64) -> Result<PinShare, PinError> {
    if tries >= MOST_TRIES {
        store::remove(tx, owner).await?;
        lock.audit(destroyed(owner.device, owner.worker, "tries"));
        return Err(PinError::Gone);
    }
    let wait_ms = (tries >= FREE_TRIES).then(|| FIRST_WAIT_MS << (tries - FREE_TRIES));
    store::set_tries(tx, owner, tries, wait_ms.map(|ms| lock.now_ms + ms)).await?;
    Err(PinError::Wrong(wait_ms.map(seconds)))
}

/// Destroys the share: its person turned the PIN off.
pub(super) async fn forget(state: &State, owner: Owner) -> Result<(), PinError> {
    let tx = state.db.begin().await?;
    let mut lock = take(&tx, state, owner).await?;
    if store::remove(&tx, owner).await? {
        lock.audit(destroyed(owner.device, owner.worker, "off"));
    }
    Ok(lock.commit(tx).await?)
}

/// Destroys every share of a phone that is revoked.
pub(crate) async fn destroy_of_device(tx: &Tx, lock: &mut Lock, device: Uuid) -> Result<(), StoreError> {
    let all = store::of_device(tx, lock.programme, device).await?;
    destroy_all(tx, lock, all, "revoked").await
}

/// Destroys every share of somebody who leaves.
pub(crate) async fn destroy_of_worker(tx: &Tx, lock: &mut Lock, worker: Uuid) -> Result<(), StoreError> {
    let all = store::of_worker(tx, lock.programme, worker).await?;
    destroy_all(tx, lock, all, "left").await
}

async fn destroy_all(tx: &Tx, lock: &mut Lock, all: Vec<(Uuid, Uuid)>, why: &str) -> Result<(), StoreError> {
    for (device, worker) in all {
        let programme = lock.programme;
        store::remove(tx, Owner { programme, device, worker }).await?;
        lock.audit(destroyed(device, worker, why));
    }
    Ok(())
}

/// Why is for the administrator alone: no answer to the phone tells it.
fn destroyed(device: Uuid, worker: Uuid, why: &str) -> Entry {
    Entry::device(device, "share.destroyed", worker.to_string()).because(why)
}

async fn take(tx: &Tx, state: &State, owner: Owner) -> Result<Lock, StoreError> {
    let lock = Lock::take(tx, owner.programme, state.clock.now_ms()).await?;
    lock.ok_or_else(|| StoreError::corrupt("programme", "vanished"))
}

fn seconds(ms: i64) -> u64 {
    u64::try_from(ms.max(0)).unwrap_or(0).div_ceil(1000)
}

fn share(state: &State, owner: Owner, seed: &[u8]) -> PinShare {
    PinShare {
        share: BASE64_URL_SAFE_NO_PAD.encode(mac(state, PinMac::Share, owner, seed)),
    }
}

/// What is stored of a proof: keyed, so that the database and the phone together don't let anybody try PINs either.
fn proof_mac(state: &State, owner: Owner, proof: &str) -> Option<[u8; 32]> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(proof).ok().filter(|bytes| bytes.len() == 32)?;
    Some(mac(state, PinMac::Proof, owner, &bytes))
}

fn mac(state: &State, what: PinMac, owner: Owner, bytes: &[u8]) -> [u8; 32] {
    let Owner { programme, device, worker } = owner;
    state
        .secrets
        .pin_mac(what, &[programme.as_bytes(), device.as_bytes(), worker.as_bytes(), bytes])
}
