//! `fuzz`: arbitrary bytes for what reads strangers' bytes, one target after the other. No part of CI; its seeds are.

use std::fs;
use std::path::Path;

use clap::Args;

use crate::shell::{self, Outcome};

/// Every target, with its dictionary.
const TARGETS: [(&str, &str); 5] = [
    ("push", "push"),
    ("unseal", "records"),
    ("upcast", "records"),
    ("sheet", "sheet"),
    ("client_code", "client_code"),
];
/// What a target may take, so that a leak is found before the machine suffers.
const MEMORY_MIB: u32 = 1500;

/// What to run and for how long.
#[derive(Args)]
pub struct Choice {
    /// Minutes for each target.
    #[arg(long, default_value_t = 1)]
    minutes: u32,
    /// Only this target.
    #[arg(long)]
    target: Option<String>,
}

/// Runs the targets; fails at the first input that breaks a promise.
pub fn run(choice: &Choice) -> Outcome {
    let wanted = |name: &str| choice.target.as_deref().is_none_or(|target| target == name);
    let targets: Vec<_> = TARGETS.into_iter().filter(|(name, _)| wanted(name)).collect();
    if targets.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        return Err(format!("no such target; there are {}", names.join(", ")));
    }
    if shell::find("cargo-fuzz").is_none() {
        return Err("run `cargo install --locked cargo-fuzz` first; see fuzz/README.md".into());
    }
    for (target, dictionary) in targets {
        // The fuzzer writes what it finds into the first folder; the committed seeds stay as they are.
        let found = shell::target().join("fuzz-corpus").join(target);
        fs::create_dir_all(&found).map_err(|error| format!("cannot create {}: {error}", found.display()))?;
        let mut fuzz = shell::program("cargo", Path::new(""));
        fuzz.args(["+nightly", "fuzz", "run", "--sanitizer", "none", target])
            .arg(&found)
            .arg(format!("fuzz/corpus/{target}"))
            .arg("--")
            .arg(format!("-max_total_time={}", choice.minutes * 60))
            .arg(format!("-rss_limit_mb={MEMORY_MIB}"))
            .arg(format!("-dict=fuzz/dictionaries/{dictionary}.dict"))
            .arg("-print_final_stats=1")
            // The toolchain that runs this program must not be handed on to another one's cargo.
            .env_remove("RUSTUP_TOOLCHAIN");
        shell::finish(&mut fuzz)?;
    }
    Ok(())
}
