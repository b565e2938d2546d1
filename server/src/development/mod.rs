//! How a worker grows: what they are unlocked for, qualifications, and thanks. Nothing here compares workers with each other.

pub mod routes;
mod store;

use chrono::{Days, NaiveDate};
use rounds_shared::ids::Code;
use uuid::Uuid;

use crate::audit::Entry;
use crate::db::StoreError;
use crate::programmes::Lock;
use crate::state::State;

use store::{Given, Held};
pub(crate) use store::{qualifications, thanks_of};

/// Gives a worker of the demonstration a qualification and thanks.
///
/// # Errors
/// [`StoreError`] of the database.
pub(crate) async fn begin(state: &State, programme: Uuid, worker: Uuid, by: Uuid, today: NaiveDate) -> Result<(), StoreError> {
    let tx = state.db.begin().await?;
    let mut lock = Lock::take(&tx, programme, state.clock.now_ms())
        .await?
        .ok_or_else(|| StoreError::corrupt("programme", "vanished"))?;
    let month_ago = today.checked_sub_days(Days::new(30)).unwrap_or(today);
    let held = Held {
        id: state.random.uuid()?,
        module: Code::parse("overdose_response").map_err(|e| StoreError::corrupt("qualification", e))?,
        on: month_ago,
        expires: month_ago.checked_add_days(Days::new(730)),
        confirmed_by: by,
    };
    let given = Given {
        id: state.random.uuid()?,
        on: today.checked_sub_days(Days::new(2)).unwrap_or(today),
        by,
        words: "You stayed calm and kept everybody safe. Thank you.".to_owned(),
    };
    store::add_qualification(&tx, programme, worker, held).await?;
    store::add_thanks(&tx, programme, worker, given).await?;
    lock.audit(Entry::person(by, "worker.thanks", worker.to_string()));
    lock.commit(tx).await
}
