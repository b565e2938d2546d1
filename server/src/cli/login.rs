//! `rounds login`: what an operator does for a log-in whose person can't.

use super::open;
use crate::auth::{self, AuthError};
use crate::config::Config;
use crate::terminal::{Failure, say};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Takes the authenticator app off this log-in name, with its recovery codes, and ends its sessions.
    #[arg(long, value_name = "LOGIN")]
    reset_totp: String,
}

pub(super) async fn run(config: &Config, options: Options) -> Result<(), Failure> {
    let state = open(config).await?;
    match auth::reset_totp(&state, &options.reset_totp).await {
        Ok(true) => say("The authenticator app is off. The next log-in asks for the password only; set up a new app at once."),
        Ok(false) => say("This log-in has no authenticator app."),
        Err(AuthError::Login) => Err("Nobody has this log-in name.".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
