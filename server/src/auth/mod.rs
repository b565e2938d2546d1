//! Who is who: enrolment of phones, device tokens, staff log-in and sessions, scripts' tokens, invites.

mod identity;
mod jwt;
pub(crate) mod store;

pub use identity::{Identity, Via, by_bearer, by_session};
