//! Connections, write transactions, chunking and the errors of stores.

mod chunk;
mod connect;
mod error;

pub use chunk::{MAX_ROWS, chunks};
pub use connect::Db;
pub use error::StoreError;
