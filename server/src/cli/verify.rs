//! `rounds verify`: recomputes everything from the log and compares. Exit status 1 when anything differs; then nothing is published either,
//! until it is as the log says.

use crate::config::Config;
use crate::db::StoreError;
use crate::programmes::{self, Programme};
use crate::state::State;
use crate::sync::{self, Verified};
use crate::terminal::{Failure, say};

/// Differences of a programme that are printed.
const PRINTED: usize = 50;

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Programme, by name or id; every programme without it.
    #[arg(long)]
    programme: Option<String>,
}

pub(super) async fn run(config: &Config, options: Options) -> Result<u8, Failure> {
    let state = super::open(config).await?;
    let mut clean = true;
    for programme in super::chosen(&state, options.programme.as_deref()).await? {
        clean &= verify(&state, &programme).await?;
    }
    Ok(u8::from(!clean))
}

async fn verify(state: &State, programme: &Programme) -> Result<bool, Failure> {
    let found = sync::verify(state, programme.id).await.map_err(|e| e.to_string())?;
    let found = found.ok_or_else(|| "The programme is gone.".to_owned())?;
    note(state, programme, &found).await.map_err(|e| e.to_string())?;
    print(&programme.name, &found)
}

/// Notes whether the server may publish what is stored.
async fn note(state: &State, programme: &Programme, found: &Verified) -> Result<(), StoreError> {
    let drift_at = (!found.drift.is_empty()).then(|| state.clock.now_ms());
    if drift_at.is_some() == programme.drift_at.is_some() {
        return Ok(());
    }
    let tx = state.db.begin().await?;
    programmes::note_drift(&tx, programme.id, drift_at).await?;
    tx.commit().await?;
    Ok(())
}

/// Prints what verifying a programme found; whether it is as its log says.
pub(super) fn print(name: &str, found: &Verified) -> Result<bool, Failure> {
    let verdict = if found.drift.is_empty() {
        "as the log says".to_owned()
    } else {
        format!("{} differences", found.drift.len())
    };
    say(&format!(
        "{name}: {} ops, {} records, {} tally cells: {verdict}",
        found.ops, found.records, found.cells
    ))?;
    for drift in found.drift.iter().take(PRINTED) {
        say(&format!("  {drift}"))?;
    }
    if found.drift.len() > PRINTED {
        say(&format!("  … and {} more", found.drift.len() - PRINTED))?;
    }
    Ok(found.drift.is_empty())
}
