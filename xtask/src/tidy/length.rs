//! Files stay short enough to be read at one sitting.

use super::Finding;

const CEILING: usize = 400;
const KINDS: &[&str] = &[".rs", ".ts", ".tsx", ".css", ".mjs", ".py"];

/// One finding when a source file is longer than the ceiling; what a generator wrote is nobody's reading.
pub fn check(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    let counts = KINDS.iter().any(|kind| path.ends_with(kind)) && !path.contains("/generated/");
    (counts && lines > CEILING).then(|| {
        Finding::new(
            path,
            lines,
            format!("{lines} lines; {CEILING} is the ceiling: make it a folder of files"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_source_file_is_found_and_a_generated_one_is_not() {
        let long = "x\n".repeat(CEILING + 1);
        assert_eq!(check("server/src/app.rs", &long).unwrap().line, CEILING + 1);
        assert_eq!(check("server/src/app.rs", &"x\n".repeat(CEILING)), None);
        assert_eq!(check("pwa/src/generated/contract.ts", &long), None);
        assert_eq!(check("Cargo.lock", &long), None);
    }
}
