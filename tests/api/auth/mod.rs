//! `/api/v1/auth`.

mod enrol;
mod session;
mod token;
mod totp;
