//! Sets a stage: a programme with sites, people, and phones enrolled for them, without the walk through links and codes.
//!
//! The demonstration and the benchmark start from here; enrolment proper is the business of `auth`.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use rounds_shared::auth::{Level, Role};
use rounds_shared::catalogue::{Catalogue, Provider, Site, default_catalogue};
use rounds_shared::console::NewWorker;
use rounds_shared::ids::{Code, WorkerId};
use rounds_shared::record::{Mode, Setting};
use rounds_shared::team::NewShift;
use uuid::Uuid;

use super::phone::{DeviceKey, Phone, PhoneError};
use crate::audit::Entry;
use crate::db::StoreError;
use crate::devices::{self, NewDevice};
use crate::people::{self, AddError};
use crate::programmes::{self, Lock, NewProgramme};
use crate::state::State;
use crate::{development, shifts};

/// Why a stage could not be set.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody could not be added.
    #[error(transparent)]
    Add(#[from] AddError),
    /// A phone could not be made.
    #[error(transparent)]
    Phone(#[from] PhoneError),
    /// A built-in code is malformed.
    #[error(transparent)]
    Code(#[from] rounds_shared::ids::CodeError),
    /// The built-in catalogue is malformed.
    #[error(transparent)]
    Defaults(#[from] rounds_shared::catalogue::DefaultsError),
    /// Something that must be there is not.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// Something else refused.
    #[error("{0}")]
    Other(String),
}

/// The default catalogue with some sites, each a code and a label.
///
/// # Errors
/// [`StageError::Code`] for a malformed code.
pub fn catalogue(name: &str, sites: &[(&str, &str)]) -> Result<Catalogue, StageError> {
    let mut catalogue = default_catalogue(name)?;
    for (code, label) in sites {
        let label = BTreeMap::from([("en".to_owned(), (*label).to_owned())]);
        catalogue.sites.push(Site {
            code: Code::parse(code)?,
            label,
            area: None,
            retired: false,
        });
    }
    Ok(catalogue)
}

/// The same for a programme that works in five languages, with providers to refer to.
///
/// # Errors
/// [`StageError::Code`] for a malformed code.
pub fn furnished(name: &str, sites: &[(&str, &str)]) -> Result<Catalogue, StageError> {
    let mut catalogue = catalogue(name, sites)?;
    catalogue.languages = ["en", "sw", "fr", "pt", "ar"].map(str::to_owned).to_vec();
    "KES".clone_into(&mut catalogue.currency);
    let english = |text: &str| BTreeMap::from([("en".to_owned(), text.to_owned())]);
    for (code, label, services, hours, address, number) in PROVIDERS {
        catalogue.providers.push(Provider {
            code: Code::parse(code)?,
            label: english(label),
            services: services.iter().map(|code| Code::parse(code)).collect::<Result<_, _>>()?,
            hours: english(hours),
            address: english(address),
            notes: BTreeMap::new(),
            phone: Some((*number).to_owned()),
            retired: false,
        });
    }
    Ok(catalogue)
}

/// Code, label, services, hours, address, number.
type ProviderRow = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
    &'static str,
);

const PROVIDERS: &[ProviderRow] = &[
    (
        "harbour-clinic",
        "Harbour Clinic",
        &["hiv_test", "hcv_test", "hbv", "art", "wound_care"],
        "Mon–Fri 8–16, Sat 9–12",
        "Dock Road 4, blue door",
        "+254 20 555 0101",
    ),
    (
        "green-house",
        "Green House",
        &["oat", "treatment", "mental_health"],
        "Every day 7–11",
        "Mill Lane 12",
        "+254 20 555 0102",
    ),
    (
        "night-shelter",
        "Night shelter",
        &["shelter", "food", "violence_support"],
        "Every night from 18",
        "Behind the old station",
        "+254 20 555 0103",
    ),
    (
        "law-desk",
        "Free law desk",
        &["legal", "benefits"],
        "Tue and Thu 14–18",
        "Town hall, room 2",
        "+254 20 555 0104",
    ),
];

/// Makes a programme and returns its id.
///
/// # Errors
/// [`StageError`] of the store.
pub async fn programme(state: &State, name: &str, tz: Tz, catalogue: Catalogue) -> Result<Uuid, StageError> {
    let new = NewProgramme {
        name: name.to_owned(),
        tz,
        catalogue: Some(catalogue),
    };
    Ok(programmes::create(&state.db, &state.secrets, &state.random, state.clock.now_ms(), new).await?)
}

/// Adds somebody.
///
/// # Errors
/// [`StageError`] when the handle is taken or the store refuses.
pub async fn person(state: &State, programme: Uuid, handle: &str, role: Role, supervisor: Option<Uuid>) -> Result<Uuid, StageError> {
    add(state, programme, handle, role, None, supervisor).await
}

/// Adds a peer worker of a level.
///
/// # Errors
/// [`StageError`] when the handle is taken or the store refuses.
pub async fn peer(state: &State, programme: Uuid, handle: &str, level: Level, supervisor: Option<Uuid>) -> Result<Uuid, StageError> {
    add(state, programme, handle, Role::Peer, Some(level), supervisor).await
}

async fn add(
    state: &State,
    programme: Uuid,
    handle: &str,
    role: Role,
    level: Option<Level>,
    supervisor: Option<Uuid>,
) -> Result<Uuid, StageError> {
    let tx = state.db.begin().await?;
    let mut lock = Lock::take(&tx, programme, state.clock.now_ms())
        .await?
        .ok_or(StageError::Missing("programme"))?;
    let new = NewWorker {
        handle: handle.to_owned(),
        role,
        level,
        supervisor: supervisor.map(WorkerId),
    };
    let person = people::add(&tx, &lock, &state.random, &new).await?;
    lock.audit(Entry::system("worker.add", person.id.to_string()));
    lock.commit(tx).await?;
    Ok(person.id)
}

/// Enrols a new phone for somebody.
///
/// # Errors
/// [`StageError`] when a key can't be made or the store refuses.
pub async fn phone(state: &State, programme: Uuid, worker: Uuid) -> Result<Phone, StageError> {
    let key = DeviceKey::generate()?;
    let device = state.random.uuid().map_err(StoreError::from)?;
    let tx = state.db.begin().await?;
    let mut lock = Lock::take(&tx, programme, state.clock.now_ms())
        .await?
        .ok_or(StageError::Missing("programme"))?;
    let new = NewDevice {
        public_key: key.public(),
        app: "rounds-rust".to_owned(),
    };
    devices::enrol(&tx, programme, device, Some(new), worker, lock.now_ms).await?;
    lock.audit(Entry::system("device.enrol", device.to_string()));
    lock.commit(tx).await?;
    let sealing = crate::sync::sealing_keys(state.db.read(), programme).await?;
    let newest = sealing.into_iter().next().ok_or(StageError::Missing("sealing key"))?;
    let sealing_key = URL_SAFE_NO_PAD
        .decode(&newest.key)
        .map_err(|_| StageError::Missing("sealing key"))?;
    Ok(Phone {
        programme,
        device,
        author: worker,
        key,
        kid: newest.kid,
        sealing_key,
        dseq: 0,
        seen: String::new(),
        random: state.random.clone(),
    })
}

/// Plans shifts of a team for today and the days after, and says thanks, so that phones have something to show.
///
/// # Errors
/// [`StageError`] of the store.
pub async fn team_life(state: &State, programme: Uuid, supervisor: Uuid, team: &[Uuid], today: NaiveDate) -> Result<(), StageError> {
    let reach = people::Reach::Everybody;
    let by = shifts::Planner {
        programme,
        person: supervisor,
        reach: &reach,
    };
    for ahead in [0, 1, 3] {
        let new = NewShift {
            workers: team.iter().copied().take(2).map(WorkerId).collect(),
            day: today.checked_add_days(Days::new(ahead)).unwrap_or(today),
            site: Code::parse("old-port")?,
            mode: Mode::Pair,
            setting: Setting::Street,
            from: NaiveTime::from_hms_opt(19, 30, 0),
            until: NaiveTime::from_hms_opt(23, 0, 0),
        };
        shifts::plan(state, by, new).await.map_err(|e| StageError::Other(e.to_string()))?;
    }
    for worker in team {
        development::begin(state, programme, *worker, supervisor, today).await?;
    }
    Ok(())
}
