//! A server in this process, on a port and a database of its own, with one programme.

use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;

use chrono::Datelike as _;
use rounds::app::{AppError, Application};
use rounds::config::{Config, Listen};
use rounds::skin::Skin;
use rounds::state::{Places, State};
use rounds::sync::{Verified, verify, verify_since};
use sea_orm::{ConnectionTrait, Statement};
use tokio::task::JoinHandle;

use crate::clock::TestClock;
use crate::database::{Engine, Fresh};
use crate::http::Client;
use crate::programme::Programme;

/// A server that answers until it is stopped.
struct Running {
    state: Arc<State>,
    client: Client,
    serving: JoinHandle<Result<(), AppError>>,
    stop: Box<dyn FnOnce() -> Stopping>,
}

type Stopping = std::pin::Pin<Box<dyn Future<Output = ()>>>;

impl Running {
    /// Starts one on a free port.
    async fn start(database: &Fresh, clock: &TestClock, require_totp: bool) -> Self {
        let config = Config {
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
            require_totp,
            skin: Skin::default(),
            workers: 2,
            log: "off".to_owned(),
        };
        let application = Application::build(&config, clock.clock()).await.unwrap();
        let state = Arc::clone(application.state());
        let client = Client::new(format!("http://127.0.0.1:{}", application.port()));
        let handle = application.handle();
        let serving = tokio::spawn(application.run());
        let stop = Box::new(move || -> Stopping { Box::pin(async move { handle.stop(true).await }) });
        Self {
            state,
            client,
            serving,
            stop,
        }
    }

    async fn stop(self) {
        (self.stop)().await;
        self.serving.await.unwrap().unwrap();
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
    running: Running,
}

impl TestApp {
    /// Starts one.
    pub async fn start(engine: Engine) -> Self {
        let database = Fresh::make(engine).await;
        let clock = TestClock::default();
        let running = Running::start(&database, &clock, false).await;
        let harbour = Programme::make(&running.state, &running.client, &clock, "Harbour").await;
        Self::assembled(database, clock, running, harbour)
    }

    /// A second server on a copy of the database, with the same secrets, time and people.
    pub async fn on(&self, database: Fresh) -> Self {
        self.on_demanding(database, false).await
    }

    /// The same, which may demand authenticator apps.
    pub async fn on_demanding(&self, database: Fresh, require_totp: bool) -> Self {
        let running = Running::start(&database, &self.clock, require_totp).await;
        let harbour = self.harbour.on(&running.state, &running.client);
        Self::assembled(database, self.clock.clone(), running, harbour)
    }

    fn assembled(database: Fresh, clock: TestClock, running: Running, harbour: Programme) -> Self {
        let (state, client) = (Arc::clone(&running.state), running.client.clone());
        Self {
            state,
            clock,
            client,
            database,
            harbour,
            running,
        }
    }

    /// Makes another programme on the same server.
    pub async fn another_programme(&self, name: &str) -> Programme {
        Programme::make(&self.state, &self.client, &self.clock, name).await
    }

    /// A copy of the database as it is now, with the secrets.
    pub async fn copy(&self) -> Fresh {
        self.database.copy(self.state.db.read()).await
    }

    /// Changes rows behind the server's back.
    pub async fn sql(&self, statement: &str) {
        let tx = self.state.db.begin().await.unwrap();
        tx.execute_unprepared(statement).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A number that a statement selects.
    pub async fn number(&self, statement: &str) -> i64 {
        let db = self.state.db.read();
        let asked = Statement::from_string(self.state.db.backend(), statement);
        let row = db.query_one_raw(asked).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// Recomputes everything, and what is recent by itself, and fails on any drift.
    pub async fn verified(&self) -> Verified {
        let verified = verify(&self.state, self.harbour.id).await.unwrap().unwrap();
        assert_eq!(verified.drift, []);
        let month = self.clock.now().date_naive().with_day(1).unwrap();
        let recent = verify_since(&self.state, self.harbour.id, month).await.unwrap().unwrap();
        assert_eq!(recent.drift, [], "of this month");
        verified
    }

    /// Stops the server and removes its database.
    pub async fn stop(self) {
        self.running.stop().await;
        self.database.remove().await;
    }
}

impl Deref for TestApp {
    type Target = Programme;

    fn deref(&self) -> &Programme {
        &self.harbour
    }
}
