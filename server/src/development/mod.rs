//! How a worker grows: what they are unlocked for, qualifications, and thanks. Nothing here compares workers with each other.

pub mod routes;
mod store;

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use crate::audit::Entry;
use crate::db::StoreError;
use crate::entity::{qualification, thanks};
use crate::programmes::Lock;
use crate::state::State;

pub(crate) use store::{qualifications, thanks as thanks_of};

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
    let qualified = qualification::Model {
        programme_id: programme,
        id: state.random.uuid()?,
        worker_id: worker,
        module: "overdose_response".to_owned(),
        on_day: month_ago,
        expires: month_ago.checked_add_days(Days::new(730)),
        confirmed_by: by,
    };
    let thanked = thanks::Model {
        programme_id: programme,
        id: state.random.uuid()?,
        worker_id: worker,
        on_day: today.checked_sub_days(Days::new(2)).unwrap_or(today),
        by_id: by,
        words: "You stayed calm and kept everybody safe. Thank you.".to_owned(),
    };
    store::add_qualification(&tx, qualified).await?;
    store::add_thanks(&tx, thanked).await?;
    lock.audit(Entry::person(by, "worker.thanks", worker.to_string()));
    lock.commit(tx).await
}
