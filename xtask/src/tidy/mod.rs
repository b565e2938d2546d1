//! `tidy`: rules of the layout that no compiler and no linter checks.
//!
//! Each rule is a function from text to findings, so that its tests need no files. Rules that ESLint or clippy can
//! state are theirs (directions in the app, function lengths, prints and panics).

mod documents;
mod imports;
mod length;
mod paths;
mod words;

use std::collections::BTreeSet;
use std::fmt;

use crate::shell::{self, Outcome};

/// A place that breaks a rule, and what to do about it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    file: String,
    line: usize,
    message: String,
}

impl Finding {
    fn new(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// The project's files: those that git tracks or would track.
pub struct Files(BTreeSet<String>);

impl Files {
    /// Whether it is a file of the project, or a folder with one in it.
    fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let folder = format!("{path}/");
        path.is_empty() || self.0.contains(path) || self.0.range(folder.clone()..).next().is_some_and(|next| next.starts_with(&folder))
    }
}

impl<'a> FromIterator<&'a str> for Files {
    fn from_iter<I: IntoIterator<Item = &'a str>>(paths: I) -> Self {
        Self(paths.into_iter().map(str::to_owned).collect())
    }
}

/// Checks every file and prints each finding with its place.
pub fn run() -> Outcome {
    let mut git = shell::program("git", "".as_ref());
    let listed = shell::output(git.args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let files: Files = listed.lines().filter(|path| shell::root().join(path).is_file()).collect();
    let mut findings = Vec::new();
    for path in &files.0 {
        // Pictures and other bytes have no lines to check.
        if let Ok(text) = std::fs::read_to_string(shell::root().join(path)) {
            findings.extend(check(path, &text, &files));
        }
    }
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        count => Err(format!("tidy: {count} finding{}", if count == 1 { "" } else { "s" })),
    }
}

fn check(path: &str, text: &str, files: &Files) -> Vec<Finding> {
    let mut findings = words::check(path, text);
    findings.extend(length::check(path, text));
    if path.ends_with(".rs") {
        findings.extend(imports::check(path, text, files));
    }
    if path.ends_with(".md") {
        findings.extend(documents::check(path, text, files));
    }
    findings
}
