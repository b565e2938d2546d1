//! The contract between phone, console, scripts and server: wire types and the rules of the field.
//!
//! This crate does no IO, reads no clock and no random source, and knows neither the HTTP nor the
//! database library. Whatever two programs must agree on is here and in `schema/contract.json`.

pub mod auth;
pub mod catalogue;
pub mod client_code;
pub mod console;
pub mod contract;
pub mod ids;
pub mod indicator;
pub mod own;
pub mod phone;
pub mod problem;
pub mod quarantine;
pub mod record;
pub mod report;
pub mod slip;
pub mod sync;
pub mod team;
pub mod time;
pub mod totp;
pub mod validation;
