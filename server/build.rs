//! Makes sure that the folder of the built app exists, and has an optimised build embed it afresh when it changed.
//!
//! A debug build reads the folder while it runs, so it needs no new compilation.

use std::{env, fs, io};

const BUILT: &str = "../pwa/dist";

fn main() -> io::Result<()> {
    fs::create_dir_all(BUILT)?;
    let optimised = env::var_os("CARGO_CFG_DEBUG_ASSERTIONS").is_none();
    emit(if optimised { BUILT } else { "build.rs" })
}

fn emit(watched: &str) -> io::Result<()> {
    use io::Write as _;
    writeln!(io::stdout(), "cargo::rerun-if-changed={watched}")
}
