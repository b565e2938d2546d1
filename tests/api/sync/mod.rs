//! `/api/v1/sync`.

mod commands;
mod held;
mod pull;
mod push;
