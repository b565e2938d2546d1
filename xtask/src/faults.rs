//! `faults`: the fault tests' rounds of random faults, run for hours.

use std::process::Command;

use crate::shell::{self, Outcome};

const TEST: &str = "random::rounds_of_random_faults_lose_nothing";

/// Builds the server with its failpoints, and runs rounds until the time is over or something was lost.
pub fn run(hours: f64, seed: Option<u64>) -> Outcome {
    // Together with the tests, which is what turns the failpoints on.
    shell::finish(shell::cargo().args(["build", "--workspace", "--bins", "--locked"]))?;
    // Of a name that no test has, the runner says that all of none passed.
    if !names(&shell::output(one_test().arg("--list"))?) {
        return Err(format!("there is no test {TEST} among the fault tests: was it renamed?"));
    }
    let mut test = one_test();
    test.arg("--nocapture").env("ROUNDS_FAULTS_HOURS", hours.to_string());
    if std::env::var_os("ROUNDS_BIN").is_none() {
        test.env("ROUNDS_BIN", shell::target().join("debug/rounds"));
    }
    if let Some(seed) = seed {
        test.env("ROUNDS_FAULTS_SEED", seed.to_string());
    }
    shell::finish(&mut test)
}

/// The one test of the fault tests.
fn one_test() -> Command {
    let mut test = shell::cargo();
    test.args(["test", "--workspace", "--locked", "--test", "faults", "--", "--exact", TEST]);
    test
}

/// Whether a list of tests has it.
fn names(list: &str) -> bool {
    let line = format!("{TEST}: test");
    list.lines().any(|one| one == line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_of_another_name_is_not_the_one() {
        assert!(names(&format!("{TEST}: test\n\n1 test, 0 benchmarks\n")));
        assert!(!names("0 tests, 0 benchmarks\n"));
        assert!(!names(&format!("{TEST}_on_sqlite: test\n\n1 test, 0 benchmarks\n")));
    }
}
