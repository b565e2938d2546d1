//! Planning and calling off: statements of the console, sealed and logged like a phone's.

use rounds_shared::ids::WorkerId;
use rounds_shared::record::{RecordBody, Shift, ShiftState};
use rounds_shared::sync::{FieldError, OpCode, OpResult};
use rounds_shared::team::NewShift;
use uuid::Uuid;

use super::store;
use crate::audit::Entry;
use crate::db::{StoreError, Tx};
use crate::people::{self, Reach};
use crate::programmes::{self, Lock};
use crate::state::State;
use crate::sync::{Authored, Content, apply_authored};

/// Why a shift was not planned or called off.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Not there, or not in reach.
    #[error("no such shift or worker")]
    NotFound,
    /// Changed since it was on the screen, or under way already.
    #[error("the shift has another revision or state now")]
    Moved,
    /// Fields that did not pass.
    #[error("the plan is not valid")]
    Invalid(Vec<FieldError>),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who plans, and for whom they may.
#[derive(Debug, Clone, Copy)]
pub struct Planner<'a> {
    /// Programme.
    pub programme: Uuid,
    /// Person.
    pub person: Uuid,
    /// Their reach.
    pub reach: &'a Reach,
}

async fn locked(state: &State, programme: Uuid) -> Result<(Tx, Lock), PlanError> {
    let tx = state.db.begin().await?;
    let lock = Lock::take(&tx, programme, state.clock.now_ms()).await?.ok_or(PlanError::NotFound)?;
    Ok((tx, lock))
}

fn check(results: Vec<OpResult>) -> Result<(), PlanError> {
    for result in results {
        if result.code != OpCode::Accepted {
            return Err(PlanError::Invalid(result.errors.into_iter().map(renamed).collect()));
        }
    }
    Ok(())
}

/// The plan calls the service date its day.
fn renamed(error: FieldError) -> FieldError {
    let path = if error.path == "service_date" {
        "day".to_owned()
    } else {
        error.path
    };
    FieldError { path, ..error }
}

/// Plans one shift for each worker, each with the others beside them.
///
/// # Errors
/// [`PlanError`]; then nothing is planned.
pub async fn plan(state: &State, by: Planner<'_>, new: NewShift) -> Result<(), PlanError> {
    let (tx, mut lock) = locked(state, by.programme).await?;
    let programme = programmes::store::find(&tx, by.programme).await?.ok_or(PlanError::NotFound)?;
    if new.day < state.clock.today(programme.tz) {
        return Err(PlanError::Invalid(vec![FieldError::new("day", "past")]));
    }
    let mut ops = Vec::new();
    for worker in &new.workers {
        let person = people::find(&tx, by.programme, worker.0).await?;
        let person = person.filter(|person| by.reach.covers(person.id) && !person.has_left());
        let person = person.ok_or(PlanError::NotFound)?;
        let record = state.random.day_uuid(lock.now_ms).map_err(StoreError::from)?;
        let with: Vec<WorkerId> = new.workers.iter().copied().filter(|other| other != worker).collect();
        ops.push(Authored {
            op: record,
            record,
            rev: 1,
            author: by.person,
            by_supervisor: true,
            content: Content::Put(Box::new(RecordBody::from(shift(&new, person.id, with, lock.catalogue_version)))),
        });
        lock.audit(Entry::person(by.person, "shift.plan", record.to_string()));
    }
    check(apply_authored(state, &tx, &lock, ops).await?)?;
    lock.commit(tx).await?;
    Ok(())
}

fn shift(new: &NewShift, worker: Uuid, with: Vec<WorkerId>, catalogue: i64) -> Shift {
    Shift {
        worker: WorkerId(worker),
        catalogue,
        site: new.site.clone(),
        service_date: new.day,
        captured: None,
        shift: None,
        mode: new.mode,
        setting: new.setting,
        state: ShiftState::Planned,
        with,
        area: None,
        from: new.from,
        until: new.until,
        check_in: None,
        check_out: None,
    }
}

/// Calls a planned shift off.
///
/// # Errors
/// [`PlanError`]; then nothing changed.
pub async fn cancel(state: &State, by: Planner<'_>, id: Uuid, rev: i64) -> Result<(), PlanError> {
    let (tx, mut lock) = locked(state, by.programme).await?;
    let found = store::planned_for(&tx, by.programme, id).await?;
    let (_, known, shift) = found.filter(|(worker, ..)| by.reach.covers(*worker)).ok_or(PlanError::NotFound)?;
    if known != rev || shift.state != ShiftState::Planned {
        return Err(PlanError::Moved);
    }
    let cancelled = Shift {
        state: ShiftState::Cancelled,
        ..shift
    };
    let op = Authored {
        op: state.random.day_uuid(lock.now_ms).map_err(StoreError::from)?,
        record: id,
        rev: rev + 1,
        author: by.person,
        by_supervisor: true,
        content: Content::Put(Box::new(RecordBody::from(cancelled))),
    };
    check(apply_authored(state, &tx, &lock, vec![op]).await?)?;
    lock.audit(Entry::person(by.person, "shift.cancel", id.to_string()));
    lock.commit(tx).await?;
    Ok(())
}
