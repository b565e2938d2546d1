//! Published indicators for evaluators: tables, choices and trends.
//!
//! Invariant: this folder reads `published_cell` and `release` and nothing else that holds figures, and has no type that could carry an
//! exact count. Every figure in an answer is a stored cell, or its flag.

mod display;
pub mod routes;
mod store;
mod table;

pub use table::{TableError, choices, table, trend};
