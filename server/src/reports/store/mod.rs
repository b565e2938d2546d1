//! Grouped figures of live contacts, counted by the database: sums by time, place or worker from the live tallies, which equal the fold of
//! the heads in every snapshot; distinct codes and everything else from the heads.

mod heads;
mod tallied;

use chrono::NaiveDate;
use uuid::Uuid;

pub(super) use heads::{People, Sums, items, people, referrals, sums};
pub(super) use tallied::{grain, tallies};

/// Which contacts are asked about.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Programme.
    pub programme: Uuid,
    /// First service date.
    pub from: NaiveDate,
    /// Last service date.
    pub to: NaiveDate,
    /// Only these workers'; `None` takes everybody's.
    pub workers: Option<Vec<Uuid>>,
}

/// A group: one text per dimension. A worker is the id as text until its handle is looked up.
pub(super) type Key = Vec<String>;
