//! How old the newest checked backup is, and the daily reminder.

use std::sync::Arc;
use std::time::Duration;

use rounds_shared::console::BackupState;

use crate::programmes::{self, Programme};
use crate::state::State;
use crate::wiring::instant;

/// Phones keep what they sent no longer than this, so an older backup leaves records in one place only.
const OVERDUE_MS: i64 = 30 * 86_400_000;
const DAY: Duration = Duration::from_secs(86_400);

/// How old the newest checked backup of a programme is.
#[must_use]
pub fn state(programme: &Programme, now_ms: i64) -> BackupState {
    BackupState {
        made_at: programme.backup_made_at.map(instant),
        checked_at: programme.backup_checked_at.map(instant),
        overdue: programme.backup_made_at.is_none_or(|made_at| now_ms - made_at > OVERDUE_MS),
    }
}

/// Warns in the log at start and every day as long as a backup is overdue. Never ends; drop it to stop.
pub async fn remind_daily(server: Arc<State>) {
    let mut days = tokio::time::interval(DAY);
    loop {
        days.tick().await;
        match programmes::all(server.db.read()).await {
            Ok(all) => all.iter().for_each(|programme| remind(programme, server.clock.now_ms())),
            Err(error) => tracing::warn!(cause = %error, "the age of backups can't be read"),
        }
    }
}

fn remind(programme: &Programme, now_ms: i64) {
    let found = state(programme, now_ms);
    if found.overdue {
        let made_at = found
            .made_at
            .map_or_else(|| "never".to_owned(), |at| at.format("%Y-%m-%d").to_string());
        tracing::warn!(
            programme = %programme.id,
            newest = made_at,
            "no checked backup is younger than 30 days: rounds backup --to DIR, then rounds verify-backup"
        );
    }
}
