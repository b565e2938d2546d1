//! `/api/v1/sync`.

mod commands;
mod pull;
mod push;
