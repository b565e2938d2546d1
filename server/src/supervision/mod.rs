//! What a supervisor needs to see of their team: the board.
//!
//! Its sums come from the live tallies, so that it costs the same however many records there are. Deliberately absent: any ranking of
//! workers, and anything about another supervisor's team.

mod board;
pub mod routes;
mod store;

pub use board::{BoardRequest, board};
