//! The application: built from settings, bound to a port, run until it is told to stop.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{Config, TlsFiles};
use crate::http::{self, Site};
use crate::programmes;
use crate::publication;
use crate::state::{OpenError, State};
use crate::sync;
use crate::wiring::Clock;
use crate::{auth, backups};

/// Seconds that requests in progress get after a signal to stop.
const GRACE_SECONDS: u64 = 10;
/// How often what is over is removed.
const SWEEP_EVERY: Duration = Duration::from_secs(600);

/// Why the application could not be built or stopped badly.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Database or secrets.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The address can't be listened on.
    #[error("can't listen on {address}: {source}")]
    Bind {
        /// Address of the settings.
        address: SocketAddr,
        /// Cause.
        source: io::Error,
    },
    /// Certificate or key.
    #[error("TLS: {0}")]
    Tls(String),
    /// The server.
    #[error("server: {0}")]
    Io(#[from] io::Error),
}

/// A bound server.
pub struct Application {
    state: Arc<State>,
    server: Server,
    port: u16,
    url: String,
}

impl Application {
    /// Opens database and secrets, brings the schema up to date and binds the port.
    ///
    /// # Errors
    /// [`AppError`] with what to do.
    pub async fn build(config: &Config, clock: Clock) -> Result<Self, AppError> {
        let state = State::open(&config.places, clock).await?;
        Self::serve(config, state)
    }

    /// Binds the port for an opened state.
    ///
    /// # Errors
    /// [`AppError`] with what to do.
    pub fn serve(config: &Config, state: Arc<State>) -> Result<Self, AppError> {
        let address = config.listen.address;
        let bind = |source| AppError::Bind { address, source };
        let listener = TcpListener::bind(address).map_err(bind)?;
        let port = listener.local_addr().map_err(bind)?.port();
        let url = config.listen.url(port);
        let site = Data::new(Site {
            public_url: url.clone(),
            instance: state.random.uuid().map_err(io::Error::other)?,
            require_totp: config.require_totp,
            skin: config.skin,
        });
        let shared = Data::from(Arc::clone(&state));
        // The factory runs once per worker, so everything shared is made out here.
        let server = HttpServer::new(move || {
            App::new()
                .app_data(Data::clone(&shared))
                .app_data(Data::clone(&site))
                .configure(http::register)
                .wrap(from_fn(http::finish))
        })
        .workers(config.workers)
        .shutdown_timeout(GRACE_SECONDS)
        .client_request_timeout(Duration::from_secs(20))
        .disable_signals();
        let server = match &config.listen.tls {
            Some(files) => server.listen_rustls_0_23(listener, tls(files)?)?,
            None => server.listen(listener)?,
        };
        Ok(Self {
            state,
            server: server.run(),
            port,
            url,
        })
    }

    /// The bound port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Scheme and host of links.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The state that handlers see.
    #[must_use]
    pub fn state(&self) -> &Arc<State> {
        &self.state
    }

    /// A handle that stops the server from elsewhere.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Serves until SIGINT, SIGTERM or the handle stops it; requests in progress are answered first, the database is closed last.
    ///
    /// # Errors
    /// [`AppError::Io`] when the server breaks.
    pub async fn run(self) -> Result<(), AppError> {
        let handle = self.server.handle();
        let stopper = tokio::spawn(async move {
            if let Err(error) = stopped_by_signal().await {
                tracing::error!(%error, "signals can't be listened to");
                return;
            }
            tracing::info!("stopping");
            handle.stop(true).await;
        });
        let sweeper = tokio::spawn(sweep_for_ever(Arc::clone(&self.state)));
        tracing::info!(url = self.url, "serving");
        warn_without_programme(&self.state).await;
        let publisher = tokio::spawn(publication::hourly(Arc::clone(&self.state)));
        let reminder = tokio::spawn(backups::remind_daily(Arc::clone(&self.state)));
        let served = self.server.await;
        stopper.abort();
        publisher.abort();
        reminder.abort();
        sweeper.abort();
        if let Err(error) = self.state.db.clone().close().await {
            tracing::error!(%error, "the database did not close well");
        }
        Ok(served?)
    }
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Application").field("url", &self.url).finish_non_exhaustive()
    }
}

/// Without a programme nobody can log in, and the page can't say why.
async fn warn_without_programme(state: &State) {
    match programmes::all(state.db.read()).await {
        Ok(all) if all.is_empty() => tracing::warn!("there is no programme yet: rounds init --programme NAME --tz ZONE makes one"),
        Ok(_) => {}
        Err(error) => tracing::warn!(cause = %error, "the programmes can't be read"),
    }
}

/// Removes what is over, and takes from quarantine what passes by now, every ten minutes. The first turn comes at once, after an upgrade too.
async fn sweep_for_ever(state: Arc<State>) {
    let mut turns = tokio::time::interval(SWEEP_EVERY);
    loop {
        turns.tick().await;
        match sync::replay(&state).await {
            Ok(turn) if turn.taken == 0 => {}
            Ok(turn) => tracing::info!(turn.read, turn.taken, "ops that waited in quarantine pass now"),
            Err(error) => tracing::warn!(cause = %error, "quarantine could not be read again; it is tried later"),
        }
        if let Err(error) = auth::sweep(&state).await {
            tracing::warn!(cause = %error, "sweeping failed; it is tried again");
        }
    }
}

async fn stopped_by_signal() -> io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// Reads certificate and key.
///
/// # Errors
/// [`AppError::Tls`] with the file and what is wrong.
pub fn tls(files: &TlsFiles) -> Result<ServerConfig, AppError> {
    let wrong = |path: &std::path::Path, what: String| AppError::Tls(format!("{}: {what}", path.display()));
    let chain = CertificateDer::pem_file_iter(&files.cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(&files.cert, error.to_string()))?;
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| wrong(&files.key, error.to_string()))?;
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| wrong(&files.cert, error.to_string()))
}
