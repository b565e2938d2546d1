//! The live monitoring table: what a record adds to it, and how changes are applied.
//!
//! Two grains only, worker × day and site × day: worker × every dimension grows as fast as the records themselves.

mod contributions;
mod kinds;
pub mod routes;
mod store;

pub use contributions::{Delta, Deltas, Grain, add_to_sums, measure};
pub(crate) use store::{apply, by_measure, load_since, of_scope, replace, sums};
