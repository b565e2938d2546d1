//! How far referrals came: the furthest of what their own record and every event of their slip say, whatever came first.

mod reached;
mod store;

pub use reached::Furthest;
pub(crate) use reached::{Event, Reached, slips_of};
pub(crate) use store::{all_events, events, move_issued, settled};
