//! Loads the demonstration: people, phones, and two hundred days of contacts pushed day by day under a clock of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Africa::Nairobi;
use rounds_shared::auth::{Level, Role};
use rounds_shared::sync::SealedOp;
use uuid::Uuid;

use super::extras::Extras;
use super::phone::Phone;
use super::season::{Dice, Outing, contact, contacts_on};
use super::stage::{self, StageError};
use crate::auth;
use crate::db::StoreError;
use crate::programmes;
use crate::publication;
use crate::state::{OpenError, Places, State};
use crate::sync::{Push, base64url, push};
use crate::wiring::{Clock, instant};

/// Days of contacts, yesterday the last.
const DAYS: u64 = 200;
/// Seed of the season.
const SEED: u64 = 0x0052_6f75_6e64_7331;
/// Number of a phone that never arrives.
const LOST: i64 = 41;
const SITES: [(&str, &str); 3] = [("market", "Market"), ("old-port", "Old port"), ("drop-in", "Drop-in")];
/// Handle, home site, supervisor's place in the list of supervisors, level.
const PEERS: [(&str, &str, usize, Level); 6] = [
    ("amina", "old-port", 0, Level::Facilitation),
    ("brian", "market", 0, Level::Mentoring),
    ("chidi", "drop-in", 0, Level::Outreach),
    ("eshe", "market", 1, Level::Facilitation),
    ("farid", "drop-in", 1, Level::Outreach),
    ("grace", "old-port", 1, Level::Outreach),
];
/// Number of a phone's record after which it records more than contacts: the lost one before it stays a contact.
const EXTRAS_AFTER: i64 = 60;
const SUPERVISORS: [&str; 2] = ["dora", "samir"];

/// A log-in of the demonstration.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Login {
    /// Role.
    pub role: Role,
    /// Handle.
    pub handle: String,
    /// Login name.
    pub login: String,
    /// Password, random.
    pub password: String,
}

/// What was loaded.
#[derive(Debug, Clone)]
pub struct Demo {
    /// The programme.
    pub programme: Uuid,
    /// Log-ins of staff.
    pub logins: Vec<Login>,
    /// Contacts recorded.
    pub contacts: u64,
}

/// A clock that the loader turns.
#[derive(Debug, Clone)]
pub struct Turned(Arc<AtomicI64>);

impl Turned {
    fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_millis(), Ordering::Relaxed);
    }
}

/// Opens a state whose clock the loader turns.
///
/// # Errors
/// [`OpenError`] with what to do.
pub async fn open(places: &Places) -> Result<(Arc<State>, Turned), OpenError> {
    let turned = Turned(Arc::new(AtomicI64::new(0)));
    let read = Arc::clone(&turned.0);
    let clock = Clock::from_fn(move || instant(read.load(Ordering::Relaxed)));
    Ok((State::open(places, clock).await?, turned))
}

/// Loads the demonstration into a database without a programme; `None` when there is one.
///
/// # Errors
/// [`StageError`] when something could not be stored.
pub async fn load(state: &Arc<State>, clock: &Turned, now: DateTime<Utc>, days: u64) -> Result<Option<Demo>, StageError> {
    if !programmes::all(state.db.read()).await?.is_empty() {
        return Ok(None);
    }
    let today = now.with_timezone(&Nairobi).date_naive();
    let first = today.checked_sub_days(Days::new(days)).unwrap_or(today);
    clock.set(evening(first, 6));
    let programme = stage::programme(state, "Harbour", Nairobi, stage::furnished("Harbour", &SITES)?).await?;
    let mut logins = Vec::new();
    let mut supervisors = Vec::new();
    for handle in SUPERVISORS {
        supervisors.push(staff(state, programme, handle, Role::Supervisor, &mut logins).await?);
    }
    staff(state, programme, "eva", Role::Evaluator, &mut logins).await?;
    staff(state, programme, "admin", Role::Administrator, &mut logins).await?;
    let mut phones = Vec::new();
    for (handle, site, team, level) in PEERS {
        let worker = stage::peer(state, programme, handle, level, supervisors.get(team).copied()).await?;
        phones.push((stage::phone(state, programme, worker).await?, site, level));
    }
    let contacts = season(state, clock, &mut phones, first, today).await?;
    clock.set(now);
    let team: Vec<Uuid> = phones.iter().take(3).map(|(phone, ..)| phone.author).collect();
    if let Some(supervisor) = supervisors.first() {
        stage::team_life(state, programme, *supervisor, &team, today).await?;
    }
    publication::publish_due(state, programme)
        .await
        .map_err(|e| StageError::Other(e.to_string()))?;
    Ok(Some(Demo {
        programme,
        logins,
        contacts,
    }))
}

async fn staff(state: &State, programme: Uuid, handle: &str, role: Role, logins: &mut Vec<Login>) -> Result<Uuid, StageError> {
    let id = stage::person(state, programme, handle, role, None).await?;
    let password = state
        .random
        .bytes::<12>()
        .map(|bytes| base64url(&bytes))
        .map_err(StoreError::from)?;
    auth::create_login(state, programme, id, handle, &password)
        .await
        .map_err(|e| StageError::Other(e.to_string()))?;
    logins.push(Login {
        role,
        handle: handle.to_owned(),
        login: handle.to_owned(),
        password,
    });
    Ok(id)
}

async fn season(
    state: &Arc<State>,
    clock: &Turned,
    phones: &mut [(Phone, &'static str, Level)],
    first: NaiveDate,
    today: NaiveDate,
) -> Result<u64, StageError> {
    let mut dice = Dice::new(SEED);
    let mut recorded = 0;
    let mut extras: Vec<Extras> = (0_u64..)
        .zip(phones.iter())
        .map(|(n, (.., level))| Extras::new(SEED + 1 + n, *level >= Level::Facilitation))
        .collect();
    for day in first.iter_days().take_while(|day| *day < today) {
        for ((n, (phone, site, _)), extras) in (0_u64..).zip(phones.iter_mut()).zip(extras.iter_mut()) {
            let at = evening(day, 20);
            clock.set(at);
            let mut ops = Vec::new();
            for _ in 0..contacts_on(&mut dice, day, n) {
                let outing = Outing {
                    worker: phone.author,
                    site,
                    day,
                    catalogue: 1,
                };
                let contact = contact(&mut dice, outing)?;
                extras.heard_of(&contact);
                let (_, op) = phone.record(contact, at.timestamp_millis())?;
                // The phone of one worker lost a record: the board must name the gap.
                if !(n == 3 && phone.dseq == LOST) {
                    ops.push(op);
                    recorded += 1;
                }
            }
            if !ops.is_empty() && phone.dseq > EXTRAS_AFTER {
                let outing = Outing {
                    worker: phone.author,
                    site,
                    day,
                    catalogue: 1,
                };
                for body in extras.on(outing)? {
                    ops.push(phone.record(body, at.timestamp_millis())?.1);
                }
            }
            deliver(state, phone, ops, at).await?;
        }
    }
    Ok(recorded)
}

/// Pushes ops of a phone as its own request, signature and all, within this process.
///
/// # Errors
/// [`StageError`] when anything but acceptance is answered.
pub async fn deliver(state: &Arc<State>, phone: &mut Phone, ops: Vec<SealedOp>, now: DateTime<Utc>) -> Result<(), StageError> {
    if ops.is_empty() {
        return Ok(());
    }
    let (body, signature) = phone.push(ops, now)?;
    let signature = super::phone::decode(&signature).ok_or(StageError::Missing("signature"))?;
    let answer = push(
        state,
        Push {
            programme: phone.programme,
            device: phone.device,
            signature: &signature,
            body: &body,
            copy: false,
        },
    )
    .await;
    let answer = answer.map_err(|e| StageError::Other(e.to_string()))?;
    phone.seen = answer.seen;
    match answer
        .results
        .iter()
        .find(|result| !matches!(result.code, rounds_shared::sync::OpCode::Accepted))
    {
        Some(refused) => Err(StageError::Other(format!(
            "a made-up record was {}: {:?}",
            refused.code.as_str(),
            refused.errors
        ))),
        None => Ok(()),
    }
}

fn evening(day: NaiveDate, hour_utc: u32) -> DateTime<Utc> {
    day.and_hms_opt(hour_utc, 0, 0).unwrap_or_default().and_utc()
}

/// Days of contacts that the demonstration has by default.
#[must_use]
pub fn default_days() -> u64 {
    DAYS
}
