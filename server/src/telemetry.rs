//! Logs: to standard error, in lines, without bodies, codes, tokens, addresses of people or raw URIs.

use std::io;
use std::panic;

use tracing_subscriber::EnvFilter;

/// Starts logging by a filter such as `info` or `rounds=debug`.
///
/// # Errors
/// A text for the operator when the filter can't be read.
pub fn start(filter: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter).map_err(|error| format!("ROUNDS_LOG / --log: {error}"))?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(false);
    // A second start in one process, as tests do it, keeps the first one's settings.
    let _ = lines.try_init();
    // The text of a panic may hold what a person typed, so the place is all that is logged.
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        tracing::error!(place = place.as_deref().unwrap_or("unknown"), "panic");
    }));
    Ok(())
}
