//! Where the data lives.

use super::{Arguments, number};
use crate::state::Places;

pub(super) fn check(arguments: &Arguments, mistakes: &mut Vec<String>) -> Option<Places> {
    let url = &arguments.database_url;
    let known = url.strip_prefix("sqlite:").is_some_and(|path| !path.is_empty())
        || url.starts_with("postgres://")
        || url.starts_with("postgresql://");
    if !known {
        mistakes.push("--database-url: give sqlite:PATH or postgres://USER@HOST/NAME".to_owned());
    }
    let pool = number(&arguments.pool, "--pool", 1, 256, mistakes);
    known.then(|| Places {
        database_url: url.clone(),
        secrets: arguments.secrets.clone(),
        pool: u32::try_from(pool).unwrap_or(1),
    })
}
