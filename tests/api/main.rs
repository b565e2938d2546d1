//! Black-box tests of the interface, over HTTP, on both databases. Folders mirror addresses.

#![cfg(test)]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod access;
mod answers;
mod auth;
mod corpus;
mod figures;
mod people;
mod records;
mod secrets;
mod sync;
