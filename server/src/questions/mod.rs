//! Questions to a worker about a record. The phone shows them and answers with a record of its own; the supervisor then corrects the record.

pub mod routes;
mod store;

use std::collections::{HashMap, HashSet};

use rounds_shared::own::Question;
use uuid::Uuid;

use crate::db::{ConnectionTrait, StoreError};
use crate::people;

/// Questions that a phone is told at most.
const MOST: usize = 20;

/// Open questions to a worker that they have not answered, oldest first.
///
/// # Errors
/// [`StoreError`] of the database.
pub(crate) async fn open_of(db: &impl ConnectionTrait, programme: Uuid, worker: Uuid) -> Result<Vec<Question>, StoreError> {
    let mut page = store::open_to(db, programme, worker, None).await?;
    if page.is_empty() {
        return Ok(Vec::new());
    }
    let answered: HashSet<Uuid> = store::answers(db, programme, &[worker])
        .await?
        .into_iter()
        .map(|answer| answer.question)
        .collect();
    let mut asked = Vec::new();
    // Answered ones stay open until the supervisor closes them; they must not keep newer ones from the phone.
    while let Some(last) = page.last().cloned() {
        asked.extend(page.into_iter().filter(|one| !answered.contains(&one.id)));
        if asked.len() >= MOST {
            break;
        }
        page = store::open_to(db, programme, worker, Some(&last)).await?;
    }
    let handles = people::handles(db, programme).await?;
    let about = store::about(db, programme, &asked).await?;
    Ok(asked
        .into_iter()
        .filter_map(|one| question(one, &about, &handles))
        .take(MOST)
        .collect())
}

/// A question as the phone gets it; none when its record is not there any more.
fn question(asked: store::Asked, about: &HashMap<Uuid, store::About>, handles: &HashMap<Uuid, String>) -> Option<Question> {
    let record = about.get(&asked.record)?;
    Some(Question {
        id: asked.id,
        record: asked.record.into(),
        kind: record.kind.clone(),
        day: record.day,
        asked_by: handles.get(&asked.by).cloned().unwrap_or_default(),
        asked_on: asked.on,
        words: asked.words,
    })
}
