//! `faults`: the fault tests' rounds of random faults, run for hours.

use crate::shell::{self, Outcome};

const TEST: &str = "random::rounds_of_random_faults_lose_nothing";

/// Builds the server with its failpoints, and runs rounds until the time is over or something was lost.
pub fn run(hours: f64, seed: Option<u64>) -> Outcome {
    // Together with the tests, which is what turns the failpoints on.
    shell::finish(shell::cargo().args(["build", "--workspace", "--bins", "--locked"]))?;
    let mut test = shell::cargo();
    test.args([
        "test",
        "--workspace",
        "--locked",
        "--test",
        "faults",
        "--",
        "--exact",
        TEST,
        "--nocapture",
    ])
    .env("ROUNDS_FAULTS_HOURS", hours.to_string());
    if std::env::var_os("ROUNDS_BIN").is_none() {
        test.env("ROUNDS_BIN", shell::target().join("debug/rounds"));
    }
    if let Some(seed) = seed {
        test.env("ROUNDS_FAULTS_SEED", seed.to_string());
    }
    shell::finish(&mut test)
}
