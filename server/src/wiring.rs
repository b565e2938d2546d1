//! Clock and random source as values, so that nothing else reads them and tests can set them.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

const MS_PER_DAY: u64 = 86_400_000;

/// Where the time comes from.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the wiring that the rest takes its time from")]
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock of the caller's.
    pub fn from_fn(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }

    /// Instant in UTC milliseconds, the form of every `*_at` column.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now().timestamp_millis()
    }

    /// Today's date in a zone.
    #[must_use]
    pub fn today(&self, tz: Tz) -> NaiveDate {
        self.now().with_timezone(&tz).date_naive()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// The random source had nothing to give.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the random source failed")]
pub struct RandomError;

/// Where randomness comes from: the operating system through the crypto library.
#[derive(Debug, Clone, Default)]
pub struct Random(SystemRandom);

impl Random {
    /// Random bytes.
    ///
    /// # Errors
    /// [`RandomError`] when the source fails; nothing may be made without it.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], RandomError> {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes).map_err(|_| RandomError)?;
        Ok(bytes)
    }

    /// A UUIDv7 whose time is floored to the UTC day, so that ids don't tell contact times.
    ///
    /// # Errors
    /// [`RandomError`] when the source fails.
    pub fn day_uuid(&self, now_ms: i64) -> Result<Uuid, RandomError> {
        let ms = u64::try_from(now_ms).unwrap_or(0);
        Ok(uuid::Builder::from_unix_timestamp_millis(ms - ms % MS_PER_DAY, &self.bytes()?).into_uuid())
    }

    /// A random UUID (version 4).
    ///
    /// # Errors
    /// [`RandomError`] when the source fails.
    pub fn uuid(&self) -> Result<Uuid, RandomError> {
        Ok(uuid::Builder::from_random_bytes(self.bytes()?).into_uuid())
    }
}

/// An instant of a `*_at` column.
#[must_use]
pub fn instant(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
