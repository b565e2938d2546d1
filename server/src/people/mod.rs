//! Workers and staff of a programme, who sees whom, and invites.

mod add;
mod invites;
mod reach;
pub mod routes;
mod status;
pub(crate) mod store;

pub use add::{AddError, add};
pub use invites::invite;
pub use reach::{Reach, own_team, reach};
pub use status::{StatusError, change_status};
pub use store::Person;
pub(crate) use store::{all, by_handle, find, handles};
