//! `rounds rebuild`: computes everything that the log implies anew.

use super::{chosen, open};
use crate::config::Config;
use crate::sync;
use crate::terminal::{Failure, say};

#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Programme, by name or id; every programme without it.
    #[arg(long)]
    programme: Option<String>,
}

pub(super) async fn run(config: &Config, options: Options) -> Result<(), Failure> {
    let state = open(config).await?;
    for programme in chosen(&state, options.programme.as_deref()).await? {
        let done = sync::rebuild(&state, programme.id).await.map_err(|e| e.to_string())?;
        let done = done.ok_or_else(|| "The programme is gone.".to_owned())?;
        say(&format!(
            "{}: {} ops, {} records, {} tally cells computed anew",
            programme.name, done.ops, done.records, done.cells
        ))?;
    }
    Ok(())
}
