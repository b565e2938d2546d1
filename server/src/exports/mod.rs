//! Files that leave the server: published indicators as CSV, and the sheet that defines them.
//!
//! Exports say what the evaluator's table says, cell for cell, and are in the audit chain. A text that a spreadsheet would run as a
//! formula is made harmless.

mod csv;
pub mod routes;
