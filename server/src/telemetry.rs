//! Logs: to standard error, in lines, without bodies, codes, tokens, addresses of people or raw URIs.

use std::io;
use std::panic;

use tracing::Level;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};

/// Starts logging by a filter such as `info` or `rounds=debug`.
///
/// # Errors
/// A text for the operator when the filter can't be read.
pub fn start(filter: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter).map_err(|error| format!("ROUNDS_LOG / --log: {error}"))?;
    // Libraries print requests and statements in their fine levels, so those are shut whatever the filter asks for.
    let quiet = filter_fn(|line| line.target().starts_with("rounds") || *line.level() <= Level::INFO);
    let lines = fmt::layer().with_writer(io::stderr).with_ansi(false);
    // A second start in one process, as tests do it, keeps the first one's settings.
    let _ = tracing_subscriber::registry()
        .with(lines.with_filter(filter).with_filter(quiet))
        .try_init();
    // The text of a panic may hold what a person typed, so the place is all that is logged.
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        tracing::error!(place = place.as_deref().unwrap_or("unknown"), "panic");
    }));
    Ok(())
}
