//! Releases: frozen, protected sets of figures, the only thing that evaluators can read.
//!
//! A job publishes each month 14 days after it ends, and quarters and years with their last month: counts as sums of protected months,
//! unique codes as cells of their own. Exact figures live in this folder's memory only while a period is computed; nothing here answers
//! a request. How a figure is protected is in `round`, `draw` and `release`, each a pure function.

mod cells;
mod command;
mod definitions;
mod draw;
mod due;
mod job;
mod measure;
mod publish;
mod release;
mod round;
mod store;
#[cfg(test)]
mod tests;

pub use command::{PublishArguments, command};
pub use definitions::{definition, definitions, position, text};
pub use job::{hourly, verify_recent};
pub use publish::{PublishError, Published, publish, publish_due};
