//! Words that don't belong in the project's files: put-off work, switched-off tests, paths of one machine.
//!
//! The words are written in two halves here, so that this file passes its own rules.

use super::Finding;

struct Rule {
    word: &'static str,
    kinds: &'static [&'static str],
    message: &'static str,
}

const SCRIPTS: &[&str] = &[".ts", ".tsx", ".mjs", ".js"];
const ANY: &[&str] = &[""];
const MACHINE: &str = "a path of one machine: write it relative to the project";
const HOST: &str = "the host name of a registry: leave it to the client's configuration";
const LATER: &str = "work put off: do it or leave it out";
const OFF: &str = "a test that is switched off or runs alone";
const SILENT: &str = "a limit that the schema generator ignores in silence: make it data in shared/src/validation.rs";

const RULES: &[Rule] = &[
    Rule {
        word: concat!("TO", "DO"),
        kinds: ANY,
        message: LATER,
    },
    Rule {
        word: concat!("FIX", "ME"),
        kinds: ANY,
        message: LATER,
    },
    Rule {
        word: concat!("todo", "!("),
        kinds: &[".rs"],
        message: LATER,
    },
    Rule {
        word: concat!("#[ign", "ore"),
        kinds: &[".rs"],
        message: OFF,
    },
    Rule {
        word: concat!("```ign", "ore"),
        kinds: &[".rs"],
        message: OFF,
    },
    Rule {
        word: concat!(".on", "ly("),
        kinds: SCRIPTS,
        message: OFF,
    },
    Rule {
        word: concat!(".sk", "ip("),
        kinds: SCRIPTS,
        message: OFF,
    },
    Rule {
        word: concat!(".to", "do("),
        kinds: SCRIPTS,
        message: OFF,
    },
    Rule {
        word: concat!("/ro", "ot/"),
        kinds: ANY,
        message: MACHINE,
    },
    Rule {
        word: concat!("/ho", "me/"),
        kinds: ANY,
        message: MACHINE,
    },
    Rule {
        word: concat!("/Us", "ers/"),
        kinds: ANY,
        message: MACHINE,
    },
    Rule {
        word: concat!("/wo", "rk/"),
        kinds: ANY,
        message: MACHINE,
    },
    Rule {
        word: concat!("registry.npm", "js.org"),
        kinds: ANY,
        message: HOST,
    },
    Rule {
        word: concat!("registry.yarn", "pkg.com"),
        kinds: ANY,
        message: HOST,
    },
    Rule {
        word: concat!("static.crates", ".io"),
        kinds: ANY,
        message: HOST,
    },
    Rule {
        word: concat!("index.crates", ".io"),
        kinds: ANY,
        message: HOST,
    },
    Rule {
        word: concat!("pypi", ".org"),
        kinds: ANY,
        message: HOST,
    },
    Rule {
        word: concat!("python", "hosted.org"),
        kinds: ANY,
        message: HOST,
    },
    Rule {
        word: concat!("arti", "factory"),
        kinds: ANY,
        message: HOST,
    },
    Rule {
        word: concat!("exclusive", "_min"),
        kinds: &[".rs"],
        message: SILENT,
    },
    Rule {
        word: concat!("exclusive", "_max"),
        kinds: &[".rs"],
        message: SILENT,
    },
    Rule {
        word: concat!("must", "_match"),
        kinds: &[".rs"],
        message: SILENT,
    },
];

/// One finding per line and word.
pub fn check(path: &str, text: &str) -> Vec<Finding> {
    let rules: Vec<&Rule> = RULES
        .iter()
        .filter(|rule| rule.kinds.iter().any(|kind| path.ends_with(kind)))
        .collect();
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for rule in rules.iter().filter(|rule| stands_in(line, rule.word)) {
            findings.push(Finding::new(path, number, format!("`{}`: {}", rule.word, rule.message)));
        }
    }
    findings
}

/// Whether the word stands alone: a letter or digit beside it makes it a part of a longer one.
fn stands_in(line: &str, word: &str) -> bool {
    let starts_inside = word.starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let ends_inside = word.ends_with(char::is_alphanumeric);
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        let part_of_longer =
            (starts_inside && before.is_some_and(char::is_alphanumeric)) || (ends_inside && after.is_some_and(char::is_alphanumeric));
        !part_of_longer
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_where_it_counts() {
        for rule in RULES {
            let kind = rule.kinds.first().unwrap();
            let found = check(&format!("some/file{kind}"), &format!("fine\n  {} \n", rule.word));
            assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2], "{}", rule.word);
        }
    }

    #[test]
    fn what_only_looks_alike_passes() {
        assert_eq!(check("a.rs", "rows.skip(1); let to_do = 1; // MASTODONTE"), []);
        assert_eq!(check("a.md", "[team](docs/home/page.md) GET /api/home"), []);
    }
}
