//! Phones of a programme: who may write on them, and that they were seen.

pub mod routes;
pub(crate) mod store;

pub use store::{DeviceAuth, NewDevice};
pub(crate) use store::{end_author, enrol, find, list, of_workers, touch};
