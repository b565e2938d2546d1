//! What each client will push, sealed and signed before the clock starts.

use chrono::{DateTime, Utc};
use rounds::demo::{self, Dice, Outing, Phone};
use rounds::wiring::Clock;
use rounds_shared::record::Contact;
use rounds_shared::sync::SealedOp;
use uuid::Uuid;

use crate::world::Failure;

/// A push that is ready to go.
pub struct Prepared {
    pub programme: Uuid,
    pub device: Uuid,
    pub public_key: Vec<u8>,
    pub body: Vec<u8>,
    pub signature: String,
    pub device_header: String,
    pub ops: Vec<(Uuid, Contact, SealedOp)>,
}

/// Seals and signs `batches` pushes of `size` records for every client.
pub fn prepare(phones: &mut [Phone], dice: &mut Dice, size: usize, batches: usize) -> Result<Vec<Vec<Prepared>>, Failure> {
    let now = Clock::system().now();
    let day = now.date_naive();
    let contacts = (0..phones.len() * batches * size)
        .map(|_| {
            demo::contact(
                dice,
                Outing {
                    worker: Uuid::nil(),
                    site: "market",
                    day,
                    catalogue: 1,
                },
            )
        })
        .collect::<Result<Vec<_>, _>>()?;
    let mut contacts = contacts.chunks(batches * size);
    // Sealing is the clients' work and not measured, so both cores do it.
    std::thread::scope(|scope| {
        let work: Vec<_> = phones
            .iter_mut()
            .map(|phone| (phone, contacts.next().unwrap_or_default()))
            .collect();
        let (mut even, mut odd) = (Vec::new(), Vec::new());
        for (n, item) in work.into_iter().enumerate() {
            if n % 2 == 0 { even.push((n, item)) } else { odd.push((n, item)) }
        }
        let running = [even, odd].map(|lane| {
            scope.spawn(move || {
                lane.into_iter()
                    .map(|(n, (phone, contacts))| Ok((n, seal(phone, contacts, size, now)?)))
                    .collect::<Result<Vec<_>, Failure>>()
            })
        });
        let mut all = Vec::new();
        for lane in running {
            all.extend(lane.join().map_err(|_| "a sealing thread panicked")??);
        }
        all.sort_by_key(|(n, _)| *n);
        Ok(all.into_iter().map(|(_, prepared)| prepared).collect())
    })
}

fn seal(phone: &mut Phone, contacts: &[Contact], size: usize, now: DateTime<Utc>) -> Result<Vec<Prepared>, Failure> {
    let mut prepared = Vec::new();
    for batch in contacts.chunks(size) {
        let mut ops = Vec::new();
        for contact in batch {
            let mut contact = contact.clone();
            contact.worker = phone.author.into();
            let (id, op) = phone.record(contact.clone(), now.timestamp_millis())?;
            ops.push((id, contact, op));
        }
        let (body, signature) = phone.push(ops.iter().map(|(_, _, op)| op.clone()).collect(), now)?;
        prepared.push(Prepared {
            programme: phone.programme,
            device: phone.device,
            public_key: phone.key.public(),
            body,
            signature,
            device_header: phone.device_header(),
            ops,
        });
    }
    Ok(prepared)
}
