//! Publishing a period: read a snapshot, compute outside the programme lock, write in one transaction.

use chrono::{Days, NaiveDate, TimeZone};
use chrono_tz::Tz;
use rounds_shared::catalogue::Catalogue;
use rounds_shared::time::Period;
use uuid::Uuid;

use super::cells::ExactCells;
use super::draw::{self, Figures};
use super::due::Calendar;
use super::release;
use super::store::{self, Released};
use crate::audit::{Actor, Entry};
use crate::db::{StoreError, Tx};
use crate::programmes::{self, Lock, Programme};
use crate::secrets::ProgrammeSecrets;
use crate::state::State;

/// A release that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Period.
    pub period: Period,
    /// Number of the release.
    pub number: i64,
}

/// Why a period can't be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// It has not ended.
    #[error("the period has not ended yet")]
    NotOver,
    /// A quarter or year whose months have no release.
    #[error("no month of this period is published yet; publish its months first")]
    NoMonths,
    /// Heads or tallies differ from the log.
    #[error(
        "the figures differ from the records that were sent, so nothing is published: rounds verify names where, rounds rebuild mends it"
    )]
    Drift,
    /// There is no such programme.
    #[error("there is no such programme")]
    NoProgramme,
    /// The database or the secrets.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Publishes every period of a programme that is due and has no release, oldest first.
///
/// # Errors
/// [`PublishError::Store`] of the database; what was published before stays.
pub async fn publish_due(state: &State, programme: Uuid) -> Result<Vec<Published>, PublishError> {
    let job = Job::new(state, programme, Actor::System).await?;
    let calendar = job.calendar().await?;
    let mut done = Vec::new();
    let months = calendar.months();
    for month in &months {
        done.push(job.publish(*month).await?);
    }
    for longer in calendar.longer(&months) {
        done.push(job.publish(longer).await?);
    }
    Ok(done)
}

/// Makes the next release of a period by hand, and of the quarter and year that hold it where their time has come.
///
/// # Errors
/// [`PublishError`] when the period has not ended or has nothing to add up.
pub async fn publish(state: &State, programme: Uuid, period: Period, actor: Actor) -> Result<Vec<Published>, PublishError> {
    let job = Job::new(state, programme, actor).await?;
    if period.last_day() >= job.today {
        return Err(PublishError::NotOver);
    }
    let mut done = vec![job.publish(period).await?];
    if matches!(period, Period::Month(..)) {
        for longer in job.calendar().await?.longer(&[period]) {
            done.push(job.publish(longer).await?);
        }
    }
    Ok(done)
}

struct Job<'a> {
    state: &'a State,
    programme: Programme,
    secrets: std::sync::Arc<ProgrammeSecrets>,
    catalogue: std::sync::Arc<Catalogue>,
    actor: Actor,
    today: NaiveDate,
}

impl<'a> Job<'a> {
    async fn new(state: &'a State, programme: Uuid, actor: Actor) -> Result<Self, PublishError> {
        let row = programmes::store::find(state.db.read(), programme)
            .await?
            .ok_or(PublishError::NoProgramme)?;
        if row.drift_at.is_some() {
            return Err(PublishError::Drift);
        }
        let secrets = state.secrets.programme(programme).map_err(|e| StoreError::Secret(e.to_string()))?;
        let catalogue = state
            .catalogues
            .current(state.db.read(), programme)
            .await?
            .ok_or_else(|| StoreError::corrupt("catalogue", "current version missing"))?;
        Ok(Self {
            state,
            secrets,
            catalogue,
            actor,
            today: state.clock.today(row.tz),
            programme: row,
        })
    }

    async fn calendar(&self) -> Result<Calendar, StoreError> {
        let db = self.state.db.read();
        let created = crate::wiring::instant(store::created_at(db, self.programme.id).await?);
        Ok(Calendar {
            today: self.today,
            since: created.with_timezone(&self.programme.tz).date_naive(),
            with_contacts: store::months_with_contacts(db, self.programme.id).await?,
            released: store::released(db, self.programme.id).await?,
        })
    }

    async fn publish(&self, period: Period) -> Result<Published, PublishError> {
        let snapshot = self.state.db.snapshot().await?;
        let figures = match period {
            Period::Month(..) => self.month(&snapshot, period).await?,
            Period::Quarter(..) | Period::Year(_) => self.longer(&snapshot, period).await?,
        };
        let (from, to) = (
            midnight(self.programme.tz, period.first_day()),
            midnight(self.programme.tz, period.last_day() + Days::new(1)),
        );
        let devices = store::phones(&snapshot, self.programme.id, from, to).await?;
        snapshot.commit().await.map_err(StoreError::from)?;
        let cells = release::cells(&figures, &self.catalogue, self.programme.threshold);
        let released = Released {
            period,
            on: self.today,
            at: self.state.clock.now_ms(),
            devices,
        };
        let tx = self.state.db.begin().await?;
        let mut lock = Lock::take(&tx, self.programme.id, released.at)
            .await?
            .ok_or(PublishError::NoProgramme)?;
        let number = store::write(&tx, self.programme.id, &released, cells).await?;
        lock.audit(Entry {
            actor: self.actor,
            action: "publication.release",
            subject: format!("{period} release {number}"),
            reason: None,
        });
        lock.commit(tx).await?;
        Ok(Published { period, number })
    }

    /// A month, from the heads.
    async fn month(&self, tx: &Tx, month: Period) -> Result<Figures, StoreError> {
        let mut cells = ExactCells::of(&self.catalogue);
        let mut day = month.first_day();
        while day <= month.last_day() {
            for contact in store::contacts(tx, self.programme.id, day).await? {
                cells.add(&contact, self.secrets.record_key(contact.id), &self.catalogue);
            }
            day = day + Days::new(1);
        }
        self.add_people(tx, month, &mut cells).await?;
        Ok(draw::draw(&cells, &self.catalogue, self.programme.threshold))
    }

    /// A quarter or year: the sums of its protected months, and people of its own.
    async fn longer(&self, tx: &Tx, period: Period) -> Result<Figures, PublishError> {
        let mut sums = Figures::new();
        for month in period.months() {
            draw::add_month(&mut sums, store::figures(tx, self.programme.id, month).await?);
        }
        if sums.is_empty() {
            return Err(PublishError::NoMonths);
        }
        let mut people = ExactCells::of(&self.catalogue);
        self.add_people(tx, period, &mut people).await?;
        Ok(draw::with_people(sums, &people, &self.catalogue))
    }

    async fn add_people(&self, tx: &Tx, period: Period, cells: &mut ExactCells) -> Result<(), StoreError> {
        for (cut, person) in store::people(tx, self.programme.id, period).await? {
            cells.add_person(cut, self.secrets.record_key(person), &self.catalogue);
        }
        Ok(())
    }
}

/// First instant of a day in a zone, UTC milliseconds. A day that begins with a skipped hour begins after it.
fn midnight(tz: Tz, day: NaiveDate) -> i64 {
    (0..=3)
        .filter_map(|hour| day.and_hms_opt(hour, 0, 0))
        .find_map(|local| tz.from_local_datetime(&local).earliest())
        .map_or(0, |at| at.timestamp_millis())
}
