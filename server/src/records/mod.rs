//! What a record says, as typed columns, and the console's way to see, correct and void it.
//!
//! The client code is never shown: a view says only whether there is one.

mod change;
mod facts;
mod list;
pub mod routes;
mod store;

pub use change::{ChangeError, Changer, correct, void};
pub use facts::{Facts, LineFacts, Spot};
pub use list::list;
pub(crate) use store::CONFIDENTIAL;

/// Kinds whose contacts, lines and referrals the figures of reports and releases are made of.
pub const COUNTED_KINDS: [&str; 4] = ["contact", "tally_sheet", "group_session", "referral"];
