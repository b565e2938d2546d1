//! What became of referrals: the furthest state over every record that tells of a slip, in any order of arrival.

use rounds::sync::verify;
use rounds_shared::sync::SealedOp;
use rounds_tests::{Peer, Staff, both_databases, contact};
use serde_json::{Value, json};

fn event(status: &str) -> Value {
    json!({ "slip": "K742QS", "service": "hiv_test", "status": status, "source": "client" })
}

/// Cumulative counts of the service: offered, issued, attended, completed, with a known outcome.
async fn stages(staff: &Staff) -> [i64; 5] {
    let counted = staff.measures().await;
    ["offered", "issued", "attended", "completed", "known"]
        .map(|stage| counted.get(&format!("referral.{stage}.hiv_test")).copied().unwrap_or(0))
}

/// Every order of three.
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

async fn pushes_in_order(peer: &mut Peer, ops: &[SealedOp], order: [usize; 3]) {
    for n in order {
        peer.pushes_one(ops[n].clone()).await;
    }
}

both_databases! {
    async fn the_furthest_state_wins_in_any_order_of_arrival(app: &TestApp) {
        for (n, order) in ORDERS.into_iter().enumerate() {
            let programme = app.another_programme(&format!("Order {n}")).await;
            let dora = programme.supervisor("dora").await;
            let mut amina = programme.peer_of(&dora, "amina").await;
            amina.records(contact().refers("hiv_test"));
            amina.says("referral_event", &event("completed"));
            amina.says("referral_event", &event("not_attended"));
            let ops = std::mem::take(&mut amina.outbox);
            pushes_in_order(&mut amina, &ops, order).await;
            assert_eq!(stages(&dora).await, [1, 1, 1, 1, 1], "{order:?}");
            let verified = verify(&app.state, programme.id).await.unwrap().unwrap();
            assert!(verified.drift.is_empty(), "{order:?}: {:?}", verified.drift);
        }
    }

    async fn an_event_waits_uncounted_until_its_referral_comes(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.says("referral_event", &event("attended"));
        amina.syncs().await;
        assert_eq!(stages(&dora).await, [0; 5]);
        app.verified().await;
        amina.records(contact().refers("hiv_test").on("2026-06-20"));
        amina.syncs().await;
        assert_eq!(stages(&dora).await, [1, 1, 1, 0, 1]);
        let cohort = dora.get("/api/v1/tallies?from=2026-06-20&to=2026-06-20").await.text();
        assert!(cohort.contains("referral.attended.hiv_test"), "it counts on the day of the contact that made it: {cohort}");
        app.verified().await;
    }

    async fn an_event_taken_back_takes_its_count_back(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let made = amina.records(contact().refers("hiv_test"));
        let told = amina.says("referral_event", &event("completed"));
        amina.syncs().await;
        assert_eq!(stages(&dora).await, [1, 1, 1, 1, 1]);
        assert_eq!(amina.pulls(0, 1).await.own.settled, ["K742QS"]);
        amina.amends(told, 2, "referral_event", &event("unreachable"));
        amina.syncs().await;
        assert_eq!(stages(&dora).await, [1, 1, 0, 0, 0]);
        app.verified().await;
        amina.removes(told, 3);
        amina.undoes(&made, 2);
        amina.syncs().await;
        assert_eq!(stages(&dora).await, [0; 5]);
        app.verified().await;
    }

    async fn an_event_of_another_service_moves_nothing(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.records(contact().refers("hiv_test"));
        amina.says("referral_event", &json!({ "slip": "K742QS", "service": "oat", "status": "completed", "source": "client" }));
        amina.syncs().await;
        assert_eq!(stages(&dora).await, [1, 1, 0, 0, 0]);
    }

    async fn a_referral_of_its_own_counts_without_a_contact(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.says("referral", &json!({ "referral": { "slip": "K742QS", "service": "hiv_test", "way": "accompanied", "status": "issued" } }));
        amina.says("referral_event", &json!({ "slip": "K742QS", "service": "hiv_test", "status": "attended", "source": "accompanied" }));
        amina.syncs().await;
        assert_eq!(stages(&dora).await, [1, 1, 1, 0, 1]);
        assert_eq!(dora.measures().await.get("contacts"), None);
        app.verified().await;
    }
}
