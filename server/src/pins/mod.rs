//! The server's share of the key under which a phone keeps its list of the current shift.
//!
//! The other share comes from the PIN and never leaves the phone. Without this one the list stays shut, so a phone that is taken, its
//! storage and all, opens nothing: wrong PINs are counted here, where no copy of the phone can undo the count.

pub mod routes;
mod share;
mod store;

pub(crate) use share::{destroy_of_device, destroy_of_worker};
pub(crate) use store::remove_all as destroy_all;
