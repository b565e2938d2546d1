//! `/api/v1/quarantine`: what waits, who sees it, what is decided about it, and what is taken by itself.

mod conflicts;
mod decisions;
mod reach;
mod replays;

use rounds_shared::quarantine::QuarantineDetail;
use rounds_shared::record::{Contact, RecordBody};
use rounds_shared::sync::{OpFate, SealedOp};
use rounds_tests::{Answer, Peer, Staff, held_at};
use serde_json::json;
use uuid::Uuid;

async fn detail(by: &Staff, op: &SealedOp) -> QuarantineDetail {
    by.get(&held_at(op)).await.json()
}

/// Status and code of a decision.
async fn decides(by: &Staff, op: &SealedOp, what: &str) -> (u16, String) {
    let answer = by.post(&format!("{}/{what}", held_at(op)), &json!({ "reason": "asked her" })).await;
    if answer.status == 204 {
        (204, String::new())
    } else {
        answer.refusal()
    }
}

async fn repairs(by: &Staff, op: &SealedOp, contact: Contact) -> Answer {
    let repair = json!({ "reason": "it was the market", "record": RecordBody::from(contact) });
    by.post(&format!("{}/repair", held_at(op)), &repair).await
}

/// What the pull tells a phone of an op.
async fn told(peer: &Peer, cursor: i64, op: Uuid) -> Option<OpFate> {
    let fates = peer.pulls(cursor, 0).await.fates;
    fates.into_iter().find(|fate| fate.op.0 == op)
}

async fn fate(peer: &Peer, cursor: i64, op: Uuid) -> OpFate {
    told(peer, cursor, op)
        .await
        .unwrap_or_else(|| panic!("the phone does not hear of {op}"))
}
