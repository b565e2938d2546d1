//! A server in this process, on a port and a database of its own, with one programme.

use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;

use rounds::app::{AppError, Application};
use rounds::config::{Config, Listen};
use rounds::state::{Places, State};
use rounds::sync::{Verified, verify};
use tokio::task::JoinHandle;

use crate::clock::TestClock;
use crate::database::{Engine, Fresh};
use crate::http::Client;
use crate::programme::Programme;

/// Settings of a server on a free port.
fn config(database: &Fresh) -> Config {
    Config {
        places: Places {
            database_url: database.url.clone(),
            secrets: database.secrets(),
            pool: 4,
        },
        listen: Listen {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_url: None,
            tls: None,
        },
        workers: 2,
        log: "off".to_owned(),
    }
}

/// A running server with the programme `Harbour`, which it derefs to.
pub struct TestApp {
    /// State of the server, for what no route shows.
    pub state: Arc<State>,
    /// Its clock.
    pub clock: TestClock,
    /// Client without any authentication.
    pub client: Client,
    /// Its database.
    pub database: Fresh,
    harbour: Programme,
    running: JoinHandle<Result<(), AppError>>,
    stop: Box<dyn FnOnce() -> Stopping>,
}

type Stopping = std::pin::Pin<Box<dyn Future<Output = ()>>>;

impl TestApp {
    /// Starts one.
    pub async fn start(engine: Engine) -> Self {
        let database = Fresh::make(engine).await;
        let clock = TestClock::default();
        let config = config(&database);
        let application = Application::build(&config, clock.clock()).await.unwrap();
        let state = Arc::clone(application.state());
        let client = Client::new(format!("http://127.0.0.1:{}", application.port()));
        let handle = application.handle();
        let running = tokio::spawn(application.run());
        let harbour = Programme::make(&state, &client, &clock, "Harbour").await;
        let stop = Box::new(move || -> Stopping { Box::pin(async move { handle.stop(true).await }) });
        Self {
            state,
            clock,
            client,
            database,
            harbour,
            running,
            stop,
        }
    }

    /// Makes another programme on the same server.
    pub async fn another_programme(&self, name: &str) -> Programme {
        Programme::make(&self.state, &self.client, &self.clock, name).await
    }

    /// Recomputes everything and fails on any drift.
    pub async fn verified(&self) -> Verified {
        let verified = verify(&self.state, self.harbour.id).await.unwrap().unwrap();
        assert_eq!(verified.drift, []);
        verified
    }

    /// Stops the server and removes its database.
    pub async fn stop(self) {
        (self.stop)().await;
        self.running.await.unwrap().unwrap();
        drop(self.state);
        self.database.remove().await;
    }
}

impl Deref for TestApp {
    type Target = Programme;

    fn deref(&self) -> &Programme {
        &self.harbour
    }
}
