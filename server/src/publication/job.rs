//! The job: at start and every hour, for every programme.

use std::sync::Arc;
use std::time::Duration;

use super::publish::publish_due;
use crate::programmes;
use crate::state::State;

/// Publishes what is due now and every hour from now on. Never ends; drop it to stop.
pub async fn hourly(state: Arc<State>) {
    loop {
        match programmes::store::all(state.db.read()).await {
            Ok(all) => {
                for programme in all {
                    // One programme's trouble is not another's; the next hour tries again.
                    match publish_due(&state, programme.id).await {
                        Ok(done) if done.is_empty() => {}
                        Ok(done) => tracing::info!(programme = %programme.id, releases = done.len(), "published"),
                        Err(error) => tracing::error!(programme = %programme.id, %error, "publication failed"),
                    }
                }
            }
            Err(error) => tracing::error!(%error, "publication could not list the programmes"),
        }
        tokio::time::sleep(Duration::from_secs(3600)).await;
    }
}
