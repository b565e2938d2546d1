//! Directions between crates, layers and features.
//!
//! Crates: the contract and the migrations know nothing of ours, and nothing of HTTP or the database. In the server:
//! rows are seen by stores, HTTP by routes, and a feature sees of another what its `mod.rs` offers.

use super::paths::{self, Named};
use super::{Files, Finding};

/// Layers of the server under the features, which know no feature.
const BELOW: &[&str] = &["config", "db", "entity"];
/// Wiring above the features, which no feature knows.
const ABOVE: &[&str] = &["app", "cli", "main"];

/// One finding per path that points in a forbidden direction.
pub fn check(file: &str, text: &str, files: &Files) -> Vec<Finding> {
    let place = Place::of(file, files);
    let refusal = |named: &Named| {
        place
            .refuses(named, files)
            .map(|why| Finding::new(file, named.line, format!("`{}`: {why}", named.parts.join("::"))))
    };
    let mut findings: Vec<Finding> = paths::read(text).iter().filter_map(refusal).collect();
    findings.dedup_by_key(|finding| finding.line);
    findings
}

/// Where a file stands, as far as directions go.
enum Place<'a> {
    Shared,
    Migrations,
    Server { file: &'a str, zone: &'a str, feature: bool },
    Elsewhere,
}

impl<'a> Place<'a> {
    fn of(file: &'a str, files: &Files) -> Self {
        if file.starts_with("shared/src/") {
            return Self::Shared;
        }
        if file.starts_with("migrations/src/") {
            return Self::Migrations;
        }
        let Some(inside) = file.strip_prefix("server/src/") else {
            return Self::Elsewhere;
        };
        let zone = inside.split(['/', '.']).next().unwrap_or_default();
        Self::Server {
            file,
            zone,
            feature: is_feature(zone, files),
        }
    }

    fn refuses(&self, named: &Named, files: &Files) -> Option<String> {
        let parts: Vec<&str> = named.parts.iter().map(String::as_str).collect();
        let first = parts.first().copied().unwrap_or_default();
        match self {
            Self::Shared if is_ours(first) || is_http(first) || is_database(first) || first == "tokio" => {
                Some("the contract does no IO and uses nothing of ours".into())
            }
            Self::Migrations if is_ours(first) => Some("migrations are frozen and use nothing of ours".into()),
            Self::Server { file, zone, feature } => refused_in_server(file, zone, *feature, &parts, files),
            _ => None,
        }
    }
}

fn refused_in_server(file: &str, zone: &str, feature: bool, parts: &[&str], files: &Files) -> Option<String> {
    let first = parts.first().copied().unwrap_or_default();
    let second = if first == "crate" {
        parts.get(1).copied().unwrap_or_default()
    } else {
        ""
    };
    if (is_database(first) || second == "entity") && !sees_rows(file, zone) {
        return Some("rows and the database layer are seen by store.rs, store/, db/ and entity/ only".into());
    }
    if is_http(first) && !sees_http(file, zone) {
        return Some("actix is seen by http/, app.rs and routes.rs only".into());
    }
    if BELOW.contains(&zone) && (is_feature(second, files) || second == "http") {
        return Some(format!("{zone} is below the features and uses none"));
    }
    // A feature's subcommand speaks the command line's types, as its routes speak those of HTTP.
    let is_command = second == "cli" && file.ends_with("/command.rs");
    if feature && ABOVE.contains(&second) && !is_command {
        return Some("a feature does not know the wiring above it".into());
    }
    let third = parts.get(2).copied().unwrap_or_default();
    // A path that ends here may name a function that mod.rs offers under its file's name; the compiler refuses private files.
    let goes_through = parts.len() > 3 && is_module(second, third, files);
    if feature && second != zone && is_feature(second, files) && goes_through {
        return Some(format!(
            "a feature uses of another what its mod.rs offers: re-export it in server/src/{second}/mod.rs"
        ));
    }
    None
}

fn is_ours(first: &str) -> bool {
    first == "rounds" || first.starts_with("rounds_")
}

fn is_http(first: &str) -> bool {
    first.starts_with("actix")
}

fn is_database(first: &str) -> bool {
    matches!(first, "sea_orm" | "sea_orm_migration" | "sea_query" | "sqlx")
}

/// A feature is a folder of the server with a `mod.rs`, other than the layers.
fn is_feature(zone: &str, files: &Files) -> bool {
    zone != "http" && !BELOW.contains(&zone) && files.has(&format!("server/src/{zone}/mod.rs"))
}

fn is_module(feature: &str, name: &str, files: &Files) -> bool {
    let at = format!("server/src/{feature}/{name}");
    !name.is_empty() && (files.has(&format!("{at}.rs")) || files.has(&format!("{at}/mod.rs")))
}

fn sees_rows(file: &str, zone: &str) -> bool {
    // What tests of several features share sets up databases.
    matches!(zone, "db" | "entity" | "test_support") || file.ends_with("/store.rs") || file.contains("/store/")
}

fn sees_http(file: &str, zone: &str) -> bool {
    zone == "http" || zone == "app" || file.ends_with("/routes.rs") || file.contains("/routes/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[&str] = &[
        "server/src/cli.rs",
        "server/src/app.rs",
        "server/src/db/mod.rs",
        "server/src/http/mod.rs",
        "server/src/sync/mod.rs",
        "server/src/sync/store.rs",
        "server/src/tallies/mod.rs",
        "server/src/tallies/fold.rs",
    ];

    fn found(file: &str, text: &str) -> Vec<String> {
        check(file, text, &FILES.iter().copied().collect())
            .into_iter()
            .map(|finding| finding.to_string())
            .collect()
    }

    #[test]
    fn crates_point_in_one_direction() {
        for text in [
            "use tokio::sync::Mutex;",
            "use actix_web::web;",
            "fn f() { sea_orm::x() }",
            "use rounds_migrations::Migrator;",
        ] {
            assert_eq!(found("shared/src/time.rs", text).len(), 1, "{text}");
        }
        assert_eq!(found("migrations/src/lib.rs", "use rounds_shared::ids::OpId;").len(), 1);
        assert_eq!(found("shared/src/time.rs", "use chrono::Days; use crate::ids::Code;"), [""; 0]);
    }

    #[test]
    fn rows_and_http_stay_in_their_files() {
        let text = "use crate::db;\nuse crate::{entity::op};\n";
        let why = "rows and the database layer are seen by store.rs, store/, db/ and entity/ only";
        assert_eq!(
            found("server/src/sync/push.rs", text),
            [format!("server/src/sync/push.rs:2: `crate::entity::op`: {why}")]
        );
        assert_eq!(found("server/src/sync/push.rs", "use sea_orm::*;").len(), 1);
        assert_eq!(found("server/src/sync/push.rs", "use actix_web::web;").len(), 1);
        assert_eq!(found("server/src/sync/store.rs", "use sea_orm::*; use crate::entity::op;"), [""; 0]);
        assert_eq!(found("server/src/sync/routes.rs", "use actix_web::web;"), [""; 0]);
    }

    #[test]
    fn a_feature_uses_what_another_offers() {
        assert_eq!(found("server/src/sync/push.rs", "use crate::tallies::fold::Fold;").len(), 1);
        assert_eq!(found("server/src/sync/push.rs", "use crate::app::Application;").len(), 1);
        assert_eq!(found("server/src/sync/push.rs", "use crate::cli::say;").len(), 1);
        assert_eq!(found("server/src/sync/command.rs", "use crate::cli::say;"), [""; 0]);
        assert_eq!(found("server/src/db/mod.rs", "use crate::tallies::Fold;").len(), 1);
        assert_eq!(
            found(
                "server/src/sync/push.rs",
                "use crate::tallies::Fold; use crate::sync::store::Heads; use crate::tallies::Way::Up;"
            ),
            [""; 0]
        );
        assert_eq!(found("server/src/http/routes.rs", "use crate::tallies::fold::Fold;"), [""; 0]);
    }
}
