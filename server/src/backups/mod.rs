//! Backups: made while the server runs, checked by restoring them elsewhere, put back under a new epoch.
//!
//! A backup is a directory with the data and a manifest. It gets its name when it is whole, so that half a one is never taken for one.
//! There are no secrets in it. The watermark, up to which phones may forget what they sent, moves only when a backup was restored
//! elsewhere, its bytes and its fold are as they should be, and the live database has the same history.

mod age;
mod check;
mod elsewhere;
mod error;
mod folder;
mod live;
mod manifest;
mod place;
mod restore;
mod schema;
mod take;

pub use age::{remind_daily, state};
pub use check::{Checked, check};
pub(crate) use elsewhere::must_exist;
pub use error::BackupError;
pub use live::Standing;
pub use manifest::Manifest;
pub use restore::{Restored, Returned, restore};
pub use take::take;
