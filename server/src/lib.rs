//! Rounds: the server of a peer work programme, with the phone's application inside it.
//!
//! Features are folders; each offers to the others what its `mod.rs` says. `http` and `routes.rs` files know the web
//! framework, `db`, `entity` and `store` files know the database, nothing else does.

pub mod app;
pub mod audit;
pub mod auth;
pub mod backups;
pub mod catalogue;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod development;
pub mod devices;
mod entity;
pub mod exports;
mod failpoint;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
pub mod http;
pub mod imports;
pub mod indicators;
pub mod people;
pub mod pins;
pub mod programmes;
pub mod publication;
mod qr;
pub mod questions;
pub mod records;
pub mod referrals;
pub mod reports;
pub mod secrets;
pub mod shifts;
pub mod skin;
pub mod state;
pub mod supervision;
pub mod sync;
pub mod tallies;
pub mod telemetry;
pub mod terminal;
#[cfg(test)]
mod test_support;
pub mod wiring;
