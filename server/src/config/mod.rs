//! Settings: from the command line or the environment, read once, checked together so that a start reports every mistake.

mod listen;
mod store;

pub use listen::{Listen, TlsFiles};

use std::path::PathBuf;

use crate::skin::Skin;
use crate::state::Places;

/// Settings as given, before they are checked. Every one is an option of the command line and a variable.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// Database: `sqlite:PATH` or `postgres://USER@HOST/NAME`.
    #[arg(
        long,
        global = true,
        env = "ROUNDS_DATABASE_URL",
        default_value = "sqlite:var/rounds.db",
        hide_env_values = true
    )]
    pub database_url: String,
    /// Directory of the secrets, apart from the database and its backups.
    #[arg(long, global = true, env = "ROUNDS_SECRETS", default_value = "var/secrets")]
    pub secrets: PathBuf,
    /// Connections for reading (SQLite) or in all (PostgreSQL).
    #[arg(long, global = true, env = "ROUNDS_POOL", default_value = "4")]
    pub pool: String,
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, global = true, env = "ROUNDS_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Address in links, such as `https://rounds.example`; by default the one listened on.
    #[arg(long, global = true, env = "ROUNDS_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Certificate chain, PEM. Phones need HTTPS from anywhere but this machine.
    #[arg(long, global = true, env = "ROUNDS_TLS_CERT")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the certificate, PEM.
    #[arg(long, global = true, env = "ROUNDS_TLS_KEY")]
    pub tls_key: Option<PathBuf>,
    /// Staff must log in with an authenticator app: without one, a session can do nothing but set it up.
    #[arg(long, global = true, env = "ROUNDS_REQUIRE_TOTP", value_parser = clap::builder::BoolishValueParser::new())]
    pub require_totp: bool,
    /// Name and icon of the app on phones and desks. Phones in use take another one as a new version; an icon on a home screen may stay.
    #[arg(long, global = true, env = "ROUNDS_SKIN", value_enum, default_value_t)]
    pub skin: Skin,
    /// Worker threads; by default one per core, four at most.
    #[arg(long, global = true, env = "ROUNDS_WORKERS")]
    pub workers: Option<String>,
    /// What to log, such as `warn` or `rounds=debug`.
    #[arg(long, global = true, env = "ROUNDS_LOG", default_value = "warn,rounds=info")]
    pub log: String,
}

/// Checked settings.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data lives.
    pub places: Places,
    /// Where the server listens and how it is reached.
    pub listen: Listen,
    /// Staff must log in with an authenticator app.
    pub require_totp: bool,
    /// Name and icon of the app.
    pub skin: Skin,
    /// Worker threads.
    pub workers: usize,
    /// What to log.
    pub log: String,
}

impl Config {
    /// Checks settings.
    ///
    /// # Errors
    /// One sentence per mistake, each naming the option.
    pub fn check(arguments: Arguments) -> Result<Self, Vec<String>> {
        let mut mistakes = Vec::new();
        let places = store::check(&arguments, &mut mistakes);
        let listen = listen::check(&arguments, &mut mistakes);
        let workers = match &arguments.workers {
            None => default_workers(),
            Some(text) => number(text, "--workers", 1, 64, &mut mistakes),
        };
        match (places, listen) {
            (Some(places), Some(listen)) if mistakes.is_empty() => Ok(Self {
                places,
                listen,
                require_totp: arguments.require_totp,
                skin: arguments.skin,
                workers,
                log: arguments.log,
            }),
            _ => Err(mistakes),
        }
    }
}

fn default_workers() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(4))
}

/// A number within bounds; a mistake and the lower bound otherwise.
fn number(text: &str, option: &str, least: usize, most: usize, mistakes: &mut Vec<String>) -> usize {
    match text.parse() {
        Ok(n) if (least..=most).contains(&n) => n,
        _ => {
            mistakes.push(format!("{option}: give a number from {least} to {most}"));
            least
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn check(line: &[&str]) -> Result<Config, Vec<String>> {
        Config::check(Line::parse_from([&["rounds"], line].concat()).arguments)
    }

    #[test]
    fn the_defaults_are_good() {
        let config = check(&[]).unwrap();
        assert_eq!(config.listen.address.port(), 8080);
        assert!(config.listen.public_url.is_none());
    }

    #[test]
    fn every_mistake_is_reported_at_once() {
        let line = [
            "--database-url=mysql://x",
            "--pool=0",
            "--listen=here",
            "--public-url=rounds.example",
            "--tls-cert=cert.pem",
            "--workers=many",
        ];
        assert_eq!(check(&line).unwrap_err().len(), line.len());
    }

    #[test]
    fn a_public_address_is_an_origin() {
        let config = check(&["--public-url=https://rounds.example/"]).unwrap();
        assert_eq!(config.listen.public_url.as_deref(), Some("https://rounds.example"));
        assert!(check(&["--public-url=https://rounds.example/path"]).is_err());
    }
}
