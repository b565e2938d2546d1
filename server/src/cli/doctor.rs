//! `rounds doctor`: looks at everything that a start needs, and says what to do.

use super::open;
use crate::app;
use crate::config::Config;
use crate::programmes;
use crate::terminal::{Failure, say};

/// Checks one thing after the other; each line is a fact or a fault with its remedy.
pub(super) async fn run(config: &Config) -> Result<(), Failure> {
    let mut faults = 0;
    let mut report = |name: &str, outcome: Result<String, String>| {
        let (mark, text) = match outcome {
            Ok(text) => ("ok   ", text),
            Err(text) => {
                faults += 1;
                ("FAULT", text)
            }
        };
        say(&format!("{mark}  {name}: {text}"))
    };
    report("settings", Ok("read without mistakes".to_owned()))?;
    report("address", address(config))?;
    if let Some(files) = &config.listen.tls {
        let checked = app::tls(files).map(|_| "certificate and key fit".to_owned());
        report("tls", checked.map_err(|error| error.to_string()))?;
    }
    match open(config).await {
        Err(error) => report("database and secrets", Err(error))?,
        Ok(state) => {
            report("database", Ok(format!("{:?}, schema up to date", state.db.backend())))?;
            let all = programmes::all(state.db.read()).await.map_err(|e| e.to_string())?;
            for one in &all {
                let keys = state.secrets.programme(one.id).map(|_| "its keys are there".to_owned());
                report(&one.name, keys.map_err(|error| error.to_string()))?;
            }
            if all.is_empty() {
                report("programmes", Err("none yet: rounds init --programme NAME --tz ZONE".to_owned()))?;
            }
        }
    }
    match faults {
        0 => Ok(()),
        1 => Err("1 fault".to_owned()),
        n => Err(format!("{n} faults")),
    }
}

fn address(config: &Config) -> Result<String, String> {
    let url = config.listen.url(config.listen.address.port());
    let is_local = ["http://localhost", "http://127.", "http://[::1]"]
        .iter()
        .any(|local| url.starts_with(local));
    if url.starts_with("https://") {
        Ok(url)
    } else if is_local {
        Ok(format!(
            "{url}, for this machine only: phones need HTTPS (--tls-cert and --tls-key, or a proxy and --public-url)"
        ))
    } else {
        Err(format!(
            "{url} is not HTTPS, and phones refuse it: give --tls-cert and --tls-key, or a proxy and --public-url"
        ))
    }
}
