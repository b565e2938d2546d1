//! Paper day sheets into the log, on the same way as every record.
//!
//! A row has a fixed record id, made from its source and its own id, so that the same sheet twice changes nothing and a changed row is
//! a correction. What a row said last is kept as a keyed hash only. Deliberately absent: making a programme, and deleting anything.

mod command;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzz;
mod load;
pub mod routes;
mod row;
mod sheet;
mod store;

pub use command::{ImportArguments, command};
pub use load::{ImportFailure, ImportRequest, import};

/// Name of the source when none is given.
pub const DEFAULT_SOURCE: &str = "daysheet";

/// First year of service dates that people type, here and in the console: an earlier one is a slip such as `0026-04-01`. Phones are
/// taken at their word, for a clock that says 1970 must not cost a contact.
pub const FIRST_YEAR: i32 = 2000;
