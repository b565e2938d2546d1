//! Group commit for SQLite: jobs that wait for the one write connection share a transaction, because every commit waits for the disk.
//!
//! Each job runs within a savepoint of its own, so that one that fails leaves nothing and changes no other's fate. Its caller hears of it
//! only after the commit of the whole group.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use sea_orm::{DatabaseConnection, DatabaseTransaction, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::connect::begin_write;
use crate::failpoint;

/// Jobs of a transaction at most. It bounds what a failed commit makes run again, and how long other writers wait.
const MOST: usize = 32;
/// Jobs that may wait before callers do.
const WAITING: usize = 1024;

/// Tells a caller how the commit went, once it is known.
type Deliver = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// A job that has run.
struct Ran {
    good: bool,
    deliver: Deliver,
}

/// A job whose result type is known to its caller only.
type Erased = Box<dyn for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, Ran> + Send>;

/// Hands jobs to the task that owns group commits. The task ends with the last of these.
#[derive(Clone)]
pub(super) struct Group {
    queue: mpsc::Sender<Erased>,
}

impl Group {
    /// Starts the task for a write connection.
    pub(super) fn start(write: DatabaseConnection) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        tokio::spawn(serve(write, waiting));
        Self { queue }
    }

    /// Runs a job in a shared transaction and returns after its commit.
    pub(super) async fn run<T, J>(&self, job: J) -> Result<T, StoreError>
    where
        T: Send + 'static,
        J: for<'a> FnOnce(&'a DatabaseTransaction) -> BoxFuture<'a, Result<T, StoreError>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let erased: Erased = Box::new(move |tx| {
            Box::pin(async move {
                let result = job(tx).await;
                Ran {
                    good: result.is_ok(),
                    deliver: Box::new(move |commit| {
                        // A caller that has gone needs no answer.
                        let _gone = answer.send(result.and_then(|value| commit.map(|()| value)));
                    }),
                }
            })
        });
        // Whatever drops the job unheard, a transaction that could not begin or a panic, the caller may try again.
        self.queue.send(erased).await.map_err(|_| StoreError::unheard())?;
        answered.await.map_err(|_| StoreError::unheard())?
    }
}

async fn serve(write: DatabaseConnection, mut waiting: mpsc::Receiver<Erased>) {
    while let Some(first) = waiting.recv().await {
        let mut jobs = vec![first];
        while jobs.len() < MOST
            && let Ok(job) = waiting.try_recv()
        {
            jobs.push(job);
        }
        // Without this task nothing could be written any more, so that it outlives whatever happens to a group.
        match AssertUnwindSafe(run_together(&write, jobs)).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "a group of writes was given up; its callers try again"),
            Err(_) => tracing::error!("a group of writes panicked; its callers try again"),
        }
    }
}

async fn run_together(write: &DatabaseConnection, jobs: Vec<Erased>) -> Result<(), StoreError> {
    let tx = begin_write(write).await?;
    let mut done = Vec::with_capacity(jobs.len());
    for job in jobs {
        let savepoint = tx.begin().await?;
        match AssertUnwindSafe(job(&savepoint)).catch_unwind().await {
            Ok(Ran { good: true, deliver }) => {
                savepoint.commit().await?;
                done.push(deliver);
            }
            Ok(Ran { good: false, deliver }) => {
                savepoint.rollback().await?;
                deliver(Ok(()));
            }
            Err(_) => savepoint.rollback().await?,
        }
    }
    failpoint::reach("commit.before")?;
    let outcome = tx.commit().await;
    failpoint::reach("commit.after")?;
    for deliver in done {
        deliver(outcome.clone().map_err(StoreError::from));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;
    use sea_orm::ConnectionTrait as _;

    use super::*;
    use crate::db::Db;

    async fn insert(tx: &DatabaseTransaction, n: u32) -> Result<u32, StoreError> {
        tx.execute_unprepared(&format!("INSERT INTO note VALUES ({n})")).await?;
        match n % 4 {
            1 => Err(StoreError::corrupt("note", n)),
            2 => panic!("of the test"),
            _ => Ok(n),
        }
    }

    /// Jobs that wait together: every one stands or falls alone, whatever the others do.
    #[tokio::test]
    async fn a_job_that_fails_or_panics_leaves_nothing_and_takes_nobody_along() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::connect(&format!("sqlite:{}", dir.path().join("group.db").display()), 2)
            .await
            .unwrap();
        let first = db.begin().await.unwrap();
        first.execute_unprepared("CREATE TABLE note (n INTEGER PRIMARY KEY)").await.unwrap();
        // They queue while the one write connection is taken, so they come as one group.
        let jobs = (0..20).map(|n| db.write(move |tx| Box::pin(insert(tx, n))));
        let (results, committed) = futures_util::join!(join_all(jobs), first.commit());
        committed.unwrap();
        for (n, result) in results.iter().enumerate() {
            assert_eq!(result.is_ok(), n % 4 == 0 || n % 4 == 3, "{n}: {result:?}");
            // Whoever was not heard may try again; whoever failed must not be told that.
            assert_eq!(result.as_ref().is_err_and(StoreError::is_outage), n % 4 == 2, "{n}: {result:?}");
        }
        let kept = db.read().query_all_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Sqlite,
            "SELECT n FROM note WHERE n % 4 IN (0, 3)",
        ));
        assert_eq!(kept.await.unwrap().len(), 10);
        let lost = db.read().query_all_raw(sea_orm::Statement::from_string(
            sea_orm::DbBackend::Sqlite,
            "SELECT n FROM note WHERE n % 4 IN (1, 2)",
        ));
        assert_eq!(lost.await.unwrap().len(), 0);
    }
}
