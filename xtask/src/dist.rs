//! `dist`: the one file that a programme runs, and its size.

use crate::shell::Outcome;
use crate::{pwa, run};

/// Ceiling of the release binary: it has to come over a slow line.
const CEILING_MIB: f64 = 25.0;

/// Builds the app and the release binary and fails when it is too large.
pub fn run() -> Outcome {
    pwa::build_if_stale()?;
    let binary = run::build_server(true)?;
    let bytes = binary.metadata().map_err(|error| error.to_string())?.len();
    let mib = mib(bytes);
    println!("{}: {mib:.1} MiB of {CEILING_MIB} MiB", binary.display());
    if mib <= CEILING_MIB {
        Ok(())
    } else {
        Err("the binary is too large".into())
    }
}

/// Bytes in MiB, for people.
#[expect(clippy::cast_precision_loss, reason = "a figure with one decimal place")]
pub fn mib(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}
