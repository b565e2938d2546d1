//! `rounds publish`: the next release of a period by hand.

use rounds_shared::time::Period;

use super::publish::{publish, publish_due};
use crate::audit::Actor;
use crate::state::State;
use crate::terminal::{Failure, programme, say};

/// Arguments of `rounds publish`.
#[derive(Debug, Clone, clap::Args)]
pub struct PublishArguments {
    /// Name or id of the programme.
    #[arg(long)]
    pub programme: String,
    /// Month, quarter or year, such as 2026-06; without it everything that is due and has no release.
    #[arg(long)]
    pub period: Option<String>,
}

/// Publishes and says what was published.
///
/// # Errors
/// [`Failure`] with what to do.
pub async fn command(state: &State, arguments: &PublishArguments) -> Result<(), Failure> {
    let programme = programme(state, Some(&arguments.programme)).await?.id;
    let done = match &arguments.period {
        None => publish_due(state, programme).await,
        Some(text) => {
            let period = Period::parse(text).map_err(|e| e.to_string())?;
            publish(state, programme, period, Actor::System).await
        }
    }
    .map_err(|e| e.to_string())?;
    if done.is_empty() {
        say("Nothing is due.")?;
    }
    done.iter()
        .try_for_each(|published| say(&format!("{} release {}", published.period, published.number)))
}
