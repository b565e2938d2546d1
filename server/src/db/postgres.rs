//! The tools of PostgreSQL: `pg_dump` and `pg_restore`, and databases beside the live one.
//!
//! A password is never on a command line, where every user of the machine could read it: it goes into the environment of the tool.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sea_orm::{ConnectOptions, ConnectionTrait, Database};

use super::StoreError;

/// Schemas that a restore has moved out of the way begin so; dumps leave them out.
pub const SET_ASIDE: &str = "rounds_before_";
/// Schemas that a restore is about to put in place begin so; dumps leave them out, too.
pub const RESTORING: &str = "rounds_restoring_";
/// What a dump is loaded with: our tables as the user's own, whatever else the database held that was dumped.
pub(super) const AS_OURS: [&str; 4] = ["--no-owner", "--no-privileges", "--no-comments", "--schema=public"];

/// Why a tool did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// It is not there.
    #[error("{tool} can't be run ({source}): install the client tools of PostgreSQL, of the server's version or newer")]
    Missing {
        /// Name.
        tool: &'static str,
        /// Cause.
        source: std::io::Error,
    },
    /// It ended with an error.
    #[error("{tool} failed: {said}")]
    Failed {
        /// Name.
        tool: &'static str,
        /// What it printed.
        said: String,
    },
}

/// Address of a database in two parts: what everybody may read, and the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    open: String,
    password: Option<String>,
}

impl Address {
    /// Of `postgres://USER:PASSWORD@HOST/NAME`.
    #[must_use]
    pub fn of(url: &str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, mut password) = match user.split_once(':') {
            Some((user, password)) => (user, Some(decoded(password))),
            None => (user, None),
        };
        let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
        let mut kept = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            match part.strip_prefix("password=") {
                Some(secret) => password = Some(decoded(secret)),
                None => kept.push(part),
            }
        }
        let at = if user.is_empty() { "" } else { "@" };
        let query = if kept.is_empty() {
            String::new()
        } else {
            format!("?{}", kept.join("&"))
        };
        Self {
            open: format!("{scheme}://{user}{at}{host}{path}{query}"),
            password,
        }
    }

    pub(super) fn command(&self, tool: &'static str) -> Command {
        let mut command = Command::new(path_of(tool));
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        command.arg("--no-password").arg("--dbname").arg(&self.open);
        command.stdin(Stdio::null());
        command
    }
}

/// What percent signs stand for.
fn decoded(text: &str) -> String {
    // The form encoding differs from that of addresses by the plus sign only.
    let text = text.replace('+', "%2B");
    form_urlencoded::parse(text.as_bytes())
        .map(|(key, value)| {
            if value.is_empty() {
                key.into_owned()
            } else {
                format!("{key}={value}")
            }
        })
        .collect()
}

/// The newest of the versions that Debian keeps beside each other, else the one of the search path.
pub(super) fn path_of(tool: &'static str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let number = |path: &PathBuf| path.file_name().and_then(OsStr::to_str).and_then(|name| name.parse::<u32>().ok());
    let newest = versions
        .map(|entry| entry.path())
        .filter(|path| path.join("bin").join(tool).exists())
        .max_by_key(number);
    newest.map_or_else(|| PathBuf::from(tool), |path| path.join("bin").join(tool))
}

fn run(mut command: Command, tool: &'static str) -> Result<(), ToolError> {
    let done = command.output().map_err(|source| ToolError::Missing { tool, source })?;
    if done.status.success() {
        return Ok(());
    }
    Err(failed(tool, &done.stderr))
}

/// A tool failed with words.
pub(super) fn failed(tool: &'static str, words: &[u8]) -> ToolError {
    let said = String::from_utf8_lossy(words).trim().to_owned();
    ToolError::Failed { tool, said }
}

/// Dumps what a snapshot sees into a file of PostgreSQL's custom format.
///
/// # Errors
/// [`ToolError`].
pub fn dump(address: &Address, snapshot: &str, file: &Path) -> Result<(), ToolError> {
    let mut command = address.command("pg_dump");
    command
        .args(["--format=custom", "--no-owner", "--no-privileges", "--no-comments"])
        .arg(format!("--exclude-schema={SET_ASIDE}*"))
        .arg(format!("--exclude-schema={RESTORING}*"))
        .arg(format!("--snapshot={snapshot}"))
        .arg("--file")
        .arg(file);
    run(command, "pg_dump")
}

/// Loads a dump into an empty database, whole or not at all.
///
/// # Errors
/// [`ToolError`].
pub fn load(address: &Address, file: &Path) -> Result<(), ToolError> {
    let mut command = address.command("pg_restore");
    command.args(AS_OURS).args(["--exit-on-error", "--single-transaction"]).arg(file);
    run(command, "pg_restore")
}

/// The address of another database of the same cluster.
#[must_use]
pub fn beside(url: &str, name: &str) -> String {
    let (head, query) = url
        .split_once('?')
        .map_or((url, String::new()), |(head, query)| (head, format!("?{query}")));
    let start = head.find("://").map_or(0, |at| at + 3);
    let end = head
        .get(start..)
        .and_then(|rest| rest.find('/'))
        .map_or(head.len(), |at| start + at);
    format!("{}/{name}{query}", head.get(..end).unwrap_or(head))
}

/// Runs statements on a connection of their own, one after the other.
///
/// # Errors
/// [`StoreError::Db`].
pub async fn execute(url: &str, statements: &[String]) -> Result<(), StoreError> {
    let db = Database::connect(single(url)).await?;
    for statement in statements {
        db.execute_unprepared(statement).await?;
    }
    db.close().await?;
    Ok(())
}

/// The address for connections that see another schema in the place of `public`.
#[must_use]
pub fn within(url: &str, schema: &str) -> String {
    let and = if url.contains('?') { '&' } else { '?' };
    format!("{url}{and}options[search_path]={schema}")
}

pub(super) fn single(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(url: &str) -> (String, Option<String>) {
        let address = Address::of(url);
        (address.open, address.password)
    }

    #[test]
    fn a_password_is_taken_out_of_the_address() {
        let plain = "postgres://rounds@db.example:5433/rounds?sslmode=require";
        assert_eq!(parts(plain), (plain.to_owned(), None));
        let secret = "postgres://rounds:p%40ss+w%3Ard@db.example:5433/rounds?sslmode=require";
        assert_eq!(parts(secret), (plain.to_owned(), Some("p@ss+w:rd".to_owned())));
        let late = "postgres://rounds@db.example:5433/rounds?password=a%3Db&sslmode=require";
        assert_eq!(parts(late), (plain.to_owned(), Some("a=b".to_owned())));
        assert_eq!(parts("postgresql:///rounds"), ("postgresql:///rounds".to_owned(), None));
    }

    #[test]
    fn another_database_has_the_same_host_and_options() {
        for (url, other) in [
            (
                "postgres://a:b@h:1/rounds?sslmode=require",
                "postgres://a:b@h:1/check?sslmode=require",
            ),
            ("postgres://h", "postgres://h/check"),
            ("postgres:///rounds", "postgres:///check"),
        ] {
            assert_eq!(beside(url, "check"), other);
        }
        assert_eq!(within("postgres://h/a", "b"), "postgres://h/a?options[search_path]=b");
        assert_eq!(
            within("postgres://h/a?sslmode=require", "b"),
            "postgres://h/a?sslmode=require&options[search_path]=b"
        );
    }
}
