//! How a worker grows: what they are unlocked for, qualifications, and thanks. Nothing here compares workers with each other.

pub mod routes;
mod store;

pub(crate) use store::{qualifications, thanks};
