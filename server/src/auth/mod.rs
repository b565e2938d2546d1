//! Who is who: enrolment of phones, device tokens, staff log-in with its second factor, sessions, scripts' tokens, invites.

mod code;
mod end;
mod enrol;
mod error;
mod factor;
mod gate;
mod identity;
mod invites;
mod jwt;
mod login;
mod password;
pub mod routes;
mod scripts;
mod standing;
mod store;
mod sweep;
mod token;
mod totp;

pub(crate) use end::{end_access, end_all};
pub use enrol::{Signed, enrol};
pub use error::AuthError;
pub use factor::{Member, begin_totp, confirm_totp, end_totp, has_totp, reset_totp};
pub use gate::Gate;
pub use identity::{Identity, Via, by_bearer, by_session};
pub use invites::{NewInvite, make as make_invite};
pub use login::{NewSession, create_login, join, login, logout, session_view};
pub use scripts::{ScriptView, create_script, list_scripts, revoke_script};
pub use standing::{LoginView, list_logins};
pub use sweep::sweep;
pub use token::{challenge, token};
pub use totp::totp_code;
