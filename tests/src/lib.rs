//! What black-box tests of Rounds are written with: a server on a fresh database of either kind, people who act as people do, and a
//! clock that stands still until it is turned.
//!
//! A test is a story for both databases:
//!
//! ```text
//! both_databases! {
//!     async fn what_a_peer_records_the_supervisor_sees(app: &TestApp) {
//!         let dora = app.supervisor("dora").await;
//!         let mut amina = app.peer_of(&dora, "amina").await;
//!         amina.records(contact().syringes(10).coded("MOM0865"));
//!         amina.syncs().await;
//!         dora.sees(Figures { contacts: 1, syringes_out: 10, ..Figures::default() }).await;
//!     }
//! }
//! ```
//!
//! Nothing here checks more than that a helper's own step worked.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a helper of a test fails the test by panicking"
)]

mod app;
mod clock;
mod contact;
mod database;
mod http;
mod peer;
mod process;
mod programme;
mod staff;

pub use app::TestApp;
pub use clock::TestClock;
pub use contact::{Draft, Seen, contact};
pub use database::{Engine, Fresh, Kept, postgres_tool};
pub use http::{Answer, Client};
pub use peer::{Peer, Recorded, Signed, held_at};
pub use process::{Rounds, binary, free_port};
pub use programme::Programme;
pub use staff::{Figures, PASSWORD, Staff};

/// Makes each story a test on SQLite and a test on PostgreSQL, each with a server and a database of its own.
#[macro_export]
macro_rules! both_databases {
    ($( $(#[$doc:meta])* async fn $name:ident($app:ident: &TestApp) $body:block )+) => { $(
        $(#[$doc])*
        mod $name {
            use super::*;

            async fn story($app: &$crate::TestApp) $body

            #[tokio::test]
            async fn sqlite() {
                let app = $crate::TestApp::start($crate::Engine::Sqlite).await;
                story(&app).await;
                app.stop().await;
            }

            #[tokio::test]
            async fn postgres() {
                let app = $crate::TestApp::start($crate::Engine::Postgres).await;
                story(&app).await;
                app.stop().await;
            }
        }
    )+ };
}
