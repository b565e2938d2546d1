//! Adding somebody to a programme.

use rounds_shared::auth::{Level, Role, WorkerStatus};
use rounds_shared::console::NewWorker;
use rounds_shared::sync::FieldError;

use super::store::{self, Person};
use crate::db::{StoreError, Tx};
use crate::programmes::Lock;
use crate::wiring::Random;

/// Why somebody was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// Fields that don't fit.
    #[error("a field does not fit")]
    Fields(Vec<FieldError>),
    /// Somebody has the handle.
    #[error("the handle is taken")]
    HandleTaken,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds somebody within the caller's transaction. The caller writes the audit link, because it knows who did it.
///
/// # Errors
/// [`AddError`]; with `HandleTaken` the transaction is still good.
pub async fn add(tx: &Tx, lock: &Lock, random: &Random, new: &NewWorker) -> Result<Person, AddError> {
    let errors = check(new);
    if !errors.is_empty() {
        return Err(AddError::Fields(errors));
    }
    if let Some(supervisor) = new.supervisor {
        let found = store::find(tx, lock.programme, supervisor.0).await?;
        if !found.is_some_and(|person| matches!(person.role, Role::Supervisor | Role::Administrator)) {
            return Err(AddError::Fields(vec![FieldError::new("supervisor", "unknown")]));
        }
    }
    let is_peer = new.role == Role::Peer;
    let person = Person {
        id: random.uuid().map_err(StoreError::from)?,
        handle: new.handle.clone(),
        role: new.role,
        level: is_peer.then(|| new.level.unwrap_or(Level::Outreach)),
        supervisor: new.supervisor.map(|id| id.0),
        status: WorkerStatus::Active,
    };
    if store::insert(tx, lock.programme, &person, lock.now_ms).await? {
        Ok(person)
    } else {
        Err(AddError::HandleTaken)
    }
}

fn check(new: &NewWorker) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let alphabet = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if !((2..=32).contains(&new.handle.len()) && new.handle.bytes().all(alphabet)) {
        errors.push(FieldError::new("handle", "pattern"));
    }
    if new.role != Role::Peer {
        if new.level.is_some() {
            errors.push(FieldError::new("level", "not_allowed"));
        }
        if new.supervisor.is_some() {
            errors.push(FieldError::new("supervisor", "not_allowed"));
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(handle: &str, role: Role, level: Option<Level>) -> NewWorker {
        NewWorker {
            handle: handle.to_owned(),
            role,
            level,
            supervisor: None,
        }
    }

    #[test]
    fn handles_and_levels_are_checked() {
        assert!(check(&new("mia-2", Role::Peer, None)).is_empty());
        for handle in ["m", "Mia", "mia p", "mía", &"m".repeat(33)] {
            assert_eq!(
                check(&new(handle, Role::Peer, None)),
                [FieldError::new("handle", "pattern")],
                "{handle}"
            );
        }
        assert_eq!(
            check(&new("eva", Role::Evaluator, Some(Level::Mentoring))),
            [FieldError::new("level", "not_allowed")]
        );
    }
}
