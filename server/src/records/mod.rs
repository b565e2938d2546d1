//! What a record says, as typed columns, and the console's way to correct and void it.

mod facts;

pub use facts::{Facts, LineFacts, ReferralFacts};
