//! What a record says, as typed columns, and the console's way to see, correct and void it.
//!
//! The client code is never shown: a view says only whether there is one.

mod change;
mod facts;
mod list;
pub mod routes;
mod store;

pub use change::{ChangeError, Changer, correct, void};
pub use facts::{Facts, LineFacts, ReferralFacts};
pub use list::list;
