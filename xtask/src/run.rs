//! `run`: from a fresh clone to a served demonstration programme.
//!
//! Only builds. Migrating, loading the demonstration and printing the logins is the server's own `rounds demo`, so
//! that whoever has the binary alone gets the same.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};

use crate::pwa;
use crate::shell::{self, Outcome};

/// Builds what is stale and becomes the server.
pub fn run(release: bool, arguments: &[String]) -> Outcome {
    pwa::build_if_stale()?;
    let binary = build_server(release)?;
    let mut server = shell::program(&binary.to_string_lossy(), Path::new(""));
    server.args(["demo", "--serve"]).args(arguments);
    // Replacing this process leaves the terminal's Ctrl-C to the server alone.
    Err(format!("cannot start {}: {}", binary.display(), server.exec()))
}

/// Builds the server and returns where its binary is.
pub fn build_server(release: bool) -> Outcome<PathBuf> {
    let mut cargo = shell::cargo();
    cargo.args(["build", "--package", "rounds-server"]);
    if release {
        cargo.arg("--release");
    }
    shell::finish(&mut cargo)?;
    Ok(shell::target().join(if release { "release" } else { "debug" }).join("rounds"))
}
