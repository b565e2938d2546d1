//! Connections, write transactions, chunking, whole copies and the errors of stores.

mod chunk;
mod connect;
mod copy;
mod error;
mod group;
mod insert;
pub mod postgres;
mod room;
pub mod schemas;
pub mod temporary;

pub use chunk::{MAX_ROWS, chunks};
pub use connect::Db;
pub use copy::{Alone, export_snapshot, knows_schema, newest_schema, sqlite_alone, sqlite_things};
pub use error::StoreError;
pub(crate) use insert::{Taken, insert};
/// What stores read from: the database or a transaction.
pub use sea_orm::ConnectionTrait;
/// A transaction that writes.
pub use sea_orm::DatabaseTransaction as Tx;
/// Which database it is.
pub use sea_orm::DbBackend;
