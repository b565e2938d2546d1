//! Exact reports for supervisors and administrators, straight from the live heads.
//!
//! Deliberately absent: any path from here to an evaluator, who reads published cells only.

mod cut;
mod run;
mod store;

pub use cut::{CutError, Dimension, parse_by};
pub use run::{Range, report};
