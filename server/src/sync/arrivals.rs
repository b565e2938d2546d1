//! Which numbers of which phones have come, and how far a phone says that it has numbered.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::ranges;
use super::store::{self, DeviceProgress};
use crate::db::{StoreError, Tx};
use crate::programmes::Lock;

/// The pushing device, what it says of itself, and how far its clock is off.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    pub device: Uuid,
    pub high: i64,
    /// None when it is not the device itself that is in touch now.
    pub skew_ms: Option<i64>,
}

/// Devices and numbers of ops that are now durable.
pub(super) type Arrived = Vec<(Uuid, i64)>;

/// Notes which numbers of which devices have arrived, and returns the pushing device's progress.
pub(super) async fn note_arrivals(tx: &Tx, lock: &Lock, arrived: Arrived, arrival: Option<Arrival>) -> Result<DeviceProgress, StoreError> {
    let mut numbers: BTreeMap<Uuid, Vec<i64>> = arrival.iter().map(|arrival| (arrival.device, Vec::new())).collect();
    // The console numbers nothing.
    for (device, dseq) in arrived.into_iter().filter(|(_, dseq)| *dseq > 0) {
        numbers.entry(device).or_default().push(dseq);
    }
    let devices: Vec<Uuid> = numbers.keys().copied().collect();
    let mut own = DeviceProgress::default();
    for (device, before) in store::progress(tx, lock.programme, &devices).await? {
        let new = numbers.remove(&device).unwrap_or_default();
        let pushing = arrival.filter(|arrival| arrival.device == device);
        let said = pushing.map_or(0, |arrival| arrival.high);
        let high = new.iter().copied().fold(before.high.max(said), i64::max);
        let after = DeviceProgress {
            high,
            received: ranges::insert(&before.received, new),
        };
        if let Some(arrival) = pushing {
            store::save_progress(
                tx,
                lock.programme,
                device,
                &after,
                arrival.skew_ms.map(|skew_ms| (lock.now_ms, skew_ms)),
            )
            .await?;
            own = after;
        } else if after != before {
            store::save_progress(tx, lock.programme, device, &after, None).await?;
        }
    }
    Ok(own)
}
