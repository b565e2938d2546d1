//! `POST /api/v1/sync/push`: the fault list of the protocol, as far as the server decides it.

mod bounds;
mod gaps;
mod order;
mod quarantine;
mod refusals;
mod repeats;
mod restore;
mod schemas;

use rounds_shared::sync::{OpCode, PushResponse};

/// Codes of an answer, in order.
fn codes(answer: &PushResponse) -> Vec<OpCode> {
    answer.results.iter().map(|result| result.code).collect()
}
