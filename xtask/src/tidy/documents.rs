//! Documents name real things: a relative link or a path in backticks leads to a file of the project.

use super::{Files, Finding};

/// What exists only after a build.
const BUILT: &[&str] = &["pwa/dist", "pwa/node_modules"];

/// One finding per link or path that leads nowhere. Fenced blocks are examples and are left alone.
pub fn check(path: &str, text: &str, files: &Files) -> Vec<Finding> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut fenced = false;
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let links = links(line).filter(|link| !resolve(folder, link).is_some_and(|target| files.has(&target)));
            findings.extend(links.map(|link| Finding::new(path, number, format!("link to `{link}`, which does not exist"))));
            let named = named(line, files).filter(|path| !files.has(path) && !BUILT.iter().any(|built| path.starts_with(built)));
            findings.extend(named.map(|name| Finding::new(path, number, format!("names `{name}`, which does not exist"))));
        }
    }
    findings
}

/// Targets of relative links on a line, without their anchors.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter_map(|target| {
            let target = target.split('#').next().unwrap_or_default();
            (!target.is_empty() && !target.contains(':')).then_some(target)
        })
}

/// A link's target from the project's root; `None` when it leaves the project.
fn resolve(folder: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Paths in backticks that begin with a folder of the project, up to the first part with a wildcard.
fn named<'a>(line: &'a str, files: &Files) -> impl Iterator<Item = &'a str> {
    let spans = line.split('`').skip(1).step_by(2);
    spans.filter(|span| !span.contains(' ')).filter_map(|span| {
        let (top, _) = span.split_once('/')?;
        let plain = span
            .find(['*', '{', '…', '<', ':'])
            .and_then(|at| span.get(..at))
            .map_or(span, |start| start.rsplit_once('/').map_or("", |(path, _)| path));
        (!top.is_empty() && files.has(&format!("{top}/"))).then_some(plain)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(path: &str, text: &str) -> Vec<String> {
        let files: Files = ["docs/API.md", "docs/decisions/0001-x.md", "server/src/app.rs", "README.md"]
            .into_iter()
            .collect();
        check(path, text, &files).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        assert_eq!(
            messages("docs/SYNC.md", "see\n[it](API2.md)"),
            ["docs/SYNC.md:2: link to `API2.md`, which does not exist"]
        );
        assert_eq!(messages("docs/SYNC.md", "[a](../../out.md)").len(), 1);
    }

    #[test]
    fn a_path_to_nothing_is_found() {
        assert_eq!(
            messages("README.md", "`server/src/gone.rs`"),
            ["README.md:1: names `server/src/gone.rs`, which does not exist"]
        );
        assert_eq!(messages("README.md", "`server/lib/*.rs`").len(), 1);
    }

    #[test]
    fn what_exists_and_what_is_no_path_passes() {
        let text = "[a](docs/API.md#push) [b](https://example.org/x) [c](#here) `server/src/` `server/{src,x}/a.rs` `server/src/app.rs:3` `text/html` `/api/v1`";
        assert_eq!(messages("README.md", text), [""; 0]);
        assert_eq!(
            messages("docs/API.md", "[d](decisions/) [r](../README.md)\n```\n[x](y.md)\n```"),
            [""; 0]
        );
    }
}
