//! Exact reports for supervisors and administrators, straight from the live heads.
//!
//! Deliberately absent: any path from here to an evaluator, who reads published cells only.

mod cut;
pub mod routes;
mod run;
mod store;

pub use cut::{CutError, Dimension, parse_by};
pub use run::report;
pub use store::Filter;
