//! The job: at start and every hour, for every programme, recent figures are held against the log, and what is due is published.

use std::sync::Arc;
use std::time::Duration;

use chrono::{Datelike, Months, NaiveDate};
use uuid::Uuid;

use super::publish::publish_due;
use crate::db::StoreError;
use crate::programmes::{self, Programme};
use crate::state::State;
use crate::sync;

/// Months before the current one that are verified: those that are about to be published.
const MONTHS: u32 = 2;
/// Differences that the log names.
const NAMED: usize = 5;

/// Verifies and publishes now and every hour from now on. Never ends; drop it to stop.
pub async fn hourly(state: Arc<State>) {
    loop {
        match programmes::store::all(state.db.read()).await {
            Ok(all) => {
                for programme in all {
                    // One programme's trouble is not another's; the next hour tries again.
                    turn(&state, &programme).await;
                }
            }
            Err(error) => tracing::error!(%error, "publication could not list the programmes"),
        }
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
}

async fn turn(state: &State, programme: &Programme) {
    let id = programme.id;
    match verify_recent(state, id).await {
        Ok(true) => {}
        Ok(false) => return,
        Err(error) => return tracing::error!(programme = %id, %error, "recent figures could not be verified; nothing is published"),
    }
    match publish_due(state, id).await {
        Ok(done) if done.is_empty() => {}
        Ok(done) => tracing::info!(programme = %id, releases = done.len(), "published"),
        Err(error) => tracing::error!(programme = %id, %error, "publication failed"),
    }
}

/// Holds recent records and tallies against the log and notes what comes of it; whether they are as the log says.
///
/// # Errors
/// [`StoreError`] when they could not be read.
pub async fn verify_recent(state: &State, programme: Uuid) -> Result<bool, StoreError> {
    let Some(programme) = programmes::find(state.db.read(), programme).await? else {
        return Ok(true);
    };
    let since = first_day(state.clock.today(programme.tz));
    let Some(found) = sync::verify_since(state, programme.id, since).await? else {
        return Ok(true);
    };
    let clean = found.drift.is_empty();
    if !clean {
        let named: Vec<String> = found.drift.iter().take(NAMED).map(ToString::to_string).collect();
        tracing::error!(
            programme = %programme.id,
            differences = found.drift.len(),
            first = named.join("; "),
            "figures differ from the log, so nothing is published: look with rounds verify, mend with rounds rebuild"
        );
    }
    // What was found before about older months stands until all was verified or computed anew.
    if !clean && programme.drift_at.is_none() {
        let tx = state.db.begin().await?;
        programmes::note_drift(&tx, programme.id, Some(state.clock.now_ms())).await?;
        tx.commit().await?;
    }
    Ok(clean)
}

/// First day of the oldest month that is verified every hour.
fn first_day(today: NaiveDate) -> NaiveDate {
    today.with_day(1).unwrap_or(today) - Months::new(MONTHS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_months_before_are_whole() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(first_day(day("2026-03-31")), day("2026-01-01"));
        assert_eq!(first_day(day("2026-01-01")), day("2025-11-01"));
    }
}
