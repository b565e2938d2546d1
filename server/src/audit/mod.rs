//! The audit chain: append-only, hash-chained per programme, written in the transaction of what it tells.
//!
//! Who, what, when and why; never content, codes or addresses.

mod chain;
pub mod routes;
pub(crate) mod store;

pub use chain::{Actor, Entry, Head};
pub(crate) use store::{append, hash_of};
