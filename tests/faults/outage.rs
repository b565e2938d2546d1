//! The database goes away in the middle of batches: what was not stored is sent again, and nothing is blamed on the records.

use rounds_shared::sync::{OpCode, PushResponse};
use rounds_tests::{Answer, Engine, Figures, Peer, TestApp, contact};
use tokio::task::JoinSet;

/// Sends a batch until it is received; returns how often it was told to come again.
async fn sends_until_received(peer: Peer, client: rounds_tests::Client) -> usize {
    let push = peer.signs(peer.outbox.clone());
    let mut refused = 0;
    loop {
        let answer = Answer::of(push.to(&client)).await;
        if answer.status == 200 {
            let answer: PushResponse = answer.json();
            let codes: Vec<OpCode> = answer.results.iter().map(|result| result.code).collect();
            if codes.iter().all(|code| matches!(code, OpCode::Accepted | OpCode::Duplicate)) {
                return refused;
            }
            assert!(codes.iter().all(|code| *code == OpCode::Retry), "whole or not at all: {codes:?}");
        } else {
            assert_eq!(answer.status, 503, "{}", answer.text());
        }
        refused += 1;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_break_quarantine_nothing() {
    let app = TestApp::start(Engine::Postgres).await;
    let dora = app.supervisor("dora").await;
    let mut peers = Vec::new();
    for n in 0..8 {
        let mut peer = app.peer_of(&dora, &format!("peer-{n}")).await;
        for _ in 0..100 {
            peer.records(contact().syringes(1));
        }
        peers.push(peer);
    }
    let mut batches = JoinSet::new();
    for peer in peers {
        batches.spawn(sends_until_received(peer, app.client.clone()));
    }
    let (mut broken, mut refused) = (0, 0);
    while broken < 40 && !batches.is_empty() {
        broken += app.database.breaks_connections().await;
        while let Some(done) = batches.try_join_next() {
            refused += done.unwrap();
        }
    }
    refused += batches.join_all().await.iter().sum::<usize>();
    assert!(broken > 0, "nothing was broken");
    // Each connection that is still dead tells so once.
    let mut tries = 0;
    while dora.get("/api/v1/auth/session").await.status == 503 {
        tries += 1;
        assert!(tries < 20, "the server does not come back, {refused} refused before");
    }
    assert_eq!(dora.quarantine().await.len(), 0);
    dora.sees(Figures {
        contacts: 800,
        syringes_out: 800,
        ..Figures::default()
    })
    .await;
    app.verified().await;
    app.stop().await;
}
