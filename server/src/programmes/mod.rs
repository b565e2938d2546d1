//! Programmes: creation, the lock that orders their writes, catalogues and zones.

mod catalogues;
mod create;
mod lock;
pub(crate) mod store;

pub use catalogues::Catalogues;
pub use create::{NewProgramme, create};
pub use lock::Lock;
pub use store::Programme;
pub(crate) use store::{CheckedBackup, FOLD_VERSION, all, catalogue, find, note_backup, note_drift, note_fold, put_catalogue};
