//! The paths that a Rust file names, `use` trees opened up.
//!
//! A reader of words and brackets, not a parser of Rust: comments, strings and characters are skipped, and what is
//! left is read as words joined by `::`.

/// A path such as `crate::sync::store::Heads`, and the line it stands on.
#[derive(Debug, PartialEq, Eq, Clone)]
pub struct Named {
    pub line: usize,
    pub parts: Vec<String>,
}

#[derive(Debug, PartialEq, Eq, Clone)]
enum Token {
    Word(String),
    Join,
    Open,
    Close,
    Comma,
    Other,
}

/// Every path of at least two parts, and every path of a `use` tree.
pub fn read(text: &str) -> Vec<Named> {
    let tokens = tokens(text);
    let mut named = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = path(&tokens, at, &[], &mut named).max(at + 1);
    }
    named.retain(|path| path.parts.len() > 1);
    named
}

/// Reads one path at `at`, with its group if it has one; returns where it ended.
fn path(tokens: &[(usize, Token)], mut at: usize, before: &[String], named: &mut Vec<Named>) -> usize {
    let mut parts = before.to_vec();
    let start = at;
    while let Some((line, Token::Word(word))) = tokens.get(at) {
        if word != "self" || parts.is_empty() {
            parts.push(word.clone());
        }
        match (tokens.get(at + 1), tokens.get(at + 2)) {
            (Some((_, Token::Join)), Some((_, Token::Word(_)))) => at += 2,
            (Some((_, Token::Join)), Some((_, Token::Open))) => return group(tokens, at + 3, &parts, named),
            _ => {
                named.push(Named { line: *line, parts });
                return at + 1;
            }
        }
    }
    start
}

/// Reads the members of `prefix::{…}` up to the closing bracket.
fn group(tokens: &[(usize, Token)], mut at: usize, prefix: &[String], named: &mut Vec<Named>) -> usize {
    let mut expected = true;
    while let Some((_, token)) = tokens.get(at) {
        match token {
            Token::Close => return at + 1,
            Token::Comma => {
                expected = true;
                at += 1;
            }
            Token::Word(_) if expected => {
                expected = false;
                at = path(tokens, at, prefix, named);
            }
            _ => at += 1,
        }
    }
    at
}

fn tokens(text: &str) -> Vec<(usize, Token)> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (token, length) = next(rest, first);
        let (taken, left) = rest.split_at(length);
        found.extend(token.map(|token| (line, token)));
        line += taken.matches('\n').count();
        rest = left;
    }
    found
}

/// The token at the start of the text, if it is one, and how many bytes it takes.
fn next(rest: &str, first: char) -> (Option<Token>, usize) {
    if rest.starts_with("//") {
        return (None, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (None, rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    if let Some(length) = string(rest).or_else(|| character(rest)) {
        return (Some(Token::Other), length);
    }
    if first.is_alphanumeric() || first == '_' {
        let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        return (rest.get(..length).map(|word| Token::Word(word.into())), length);
    }
    match first {
        ':' if rest.starts_with("::") => (Some(Token::Join), 2),
        '{' => (Some(Token::Open), 1),
        '}' => (Some(Token::Close), 1),
        ',' => (Some(Token::Comma), 1),
        '*' => (Some(Token::Word("*".into())), 1),
        c if c.is_whitespace() => (None, c.len_utf8()),
        c => (Some(Token::Other), c.len_utf8()),
    }
}

/// Length of the string literal at the start, raw ones included.
fn string(rest: &str) -> Option<usize> {
    let marks = rest.strip_prefix('b').unwrap_or(rest);
    let skipped = rest.len() - marks.len();
    if let Some(raw) = marks.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let body = raw.get(hashes..)?.strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        let start = skipped + 1 + hashes + 1;
        return Some(body.find(&end).map_or(rest.len(), |at| start + at + end.len()));
    }
    let body = marks.strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(skipped + 1 + at + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

/// Length of the character literal at the start; a lifetime has no closing mark.
fn character(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    if let Some(escape) = body.strip_prefix('\\') {
        let after = escape.chars().next()?.len_utf8();
        return escape.get(after..)?.find('\'').map(|end| 2 + after + end + 1);
    }
    let one = body.chars().next()?.len_utf8();
    body.get(one..)?.starts_with('\'').then_some(1 + one + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        read(text)
            .into_iter()
            .map(|named| format!("{} {}", named.line, named.parts.join("::")))
            .collect()
    }

    #[test]
    fn a_use_tree_opens_into_its_paths() {
        let text = "use std::fmt;\nuse crate::{\n  db::Pool,\n  sync::{self, store::{Heads as H, *}},\n};\n";
        let expected = [
            "1 std::fmt",
            "3 crate::db::Pool",
            "4 crate::sync",
            "4 crate::sync::store::Heads",
            "4 crate::sync::store::*",
        ];
        assert_eq!(names(text), expected);
    }

    #[test]
    fn paths_in_code_are_read_and_those_in_strings_and_comments_are_not() {
        let text =
            "// a::b\nlet x: &'a str = \"c::d\\\"e::f\"; /* g::h */ let y = r#\"i::j\"k::l\"#; let z = ('\"', m::n::<u8>(), '\\'', o::p);";
        assert_eq!(names(text), ["2 m::n", "2 o::p"]);
    }
}
