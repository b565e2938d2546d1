//! Connections, write transactions, chunking and the errors of stores.

mod chunk;
mod connect;
mod error;
mod group;
mod insert;
mod room;

pub use chunk::{MAX_ROWS, chunks};
pub use connect::Db;
pub use error::StoreError;
pub(crate) use insert::{Taken, insert};
/// What stores read from: the database or a transaction.
pub use sea_orm::ConnectionTrait;
/// A transaction that writes.
pub use sea_orm::DatabaseTransaction as Tx;
