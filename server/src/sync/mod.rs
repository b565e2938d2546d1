//! The record's way from phone to table: push, pull, and the same way for the console and imports.
//!
//! Nothing here trusts a phone's word on what was stored before, and nothing but a commit acknowledges.

mod apply;
mod arrivals;
mod authored;
mod envelope;
mod fold;
#[cfg(test)]
mod fold_tests;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzz;
mod own;
mod pull;
mod push;
mod quarantine;
mod ranges;
mod read;
mod rebuild;
mod refold;
pub mod routes;
mod seen;
mod store;
mod verify;

use rounds_shared::record::RecordBody;
use uuid::Uuid;

pub use authored::apply_authored;
pub(crate) use authored::base64url;
pub use pull::{pull, sealing_keys};
pub use push::{Push, PushError, push};
pub use quarantine::{Replayed, Turn, replay};
pub use ranges::{Ranges, missing as missing_ranges, parse as parse_ranges};
pub use rebuild::{Rebuilt, rebuild, rebuild_old};
pub(crate) use store::stored_body;
pub use verify::{Drift, Verified, verify, verify_since};

/// A statement that the server makes for somebody: a console correction or an imported row. It is sealed and enters the log like any op.
#[derive(Debug, Clone)]
pub struct Authored {
    /// Id of the op.
    pub op: Uuid,
    /// Record.
    pub record: Uuid,
    /// Revision, from 1.
    pub rev: i64,
    /// Who makes it.
    pub author: Uuid,
    /// Whether the author is staff.
    pub by_supervisor: bool,
    /// What it says.
    pub content: Content,
}

/// What an op says.
#[derive(Debug, Clone)]
pub enum Content {
    /// The whole record.
    Put(Box<RecordBody>),
    /// Removal, with its reason.
    Void(String),
}
