//! Shifts: planned in the console, started and stopped on phones. A shift is a record like any other; here are its plan and its list.

mod plan;
pub mod routes;
mod store;

pub use plan::{PlanError, Planner, cancel, plan};
pub use store::list;
pub(crate) use store::upcoming;
