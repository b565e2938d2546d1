//! Commands to phones: `wipe` once a phone is revoked or nobody writes on it any more, `reoffer:N` as often as somebody asked.

use rounds_shared::sync::{DEVICE_HEADER, OpCode, SIGNATURE_HEADER};
use rounds_tests::{Answer, Peer, TestApp, both_databases, contact};
use serde_json::json;
use uuid::Uuid;

async fn leaves(app: &TestApp, worker: Uuid) {
    let path = format!("/api/v1/workers/{worker}/status");
    app.ada.post(&path, &json!({ "status": "left" })).await.succeeds();
}

/// Another person takes up an invite on somebody's phone.
async fn shares_the_phone(app: &TestApp, amina: &Peer, with: Uuid) {
    let invite = app.invites(with).await;
    let key = amina.phone.key.public_base64url();
    let body = json!({ "code": invite.code, "digits": invite.digits, "device_key": key, "app": "test" });
    let bytes = serde_json::to_vec(&body).unwrap();
    let request = app
        .client
        .post("/api/v1/auth/enrol")
        .header("content-type", "application/json")
        .header(DEVICE_HEADER, amina.phone.device_header())
        .header(SIGNATURE_HEADER, amina.phone.key.sign(&bytes).unwrap())
        .body(bytes);
    Answer::of(request).await.succeeds();
}

both_databases! {
    async fn a_phone_is_asked_to_offer_everything_again(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let (mut amina, mut brian) = (app.peer_of(&dora, "amina").await, app.peer_of(&dora, "brian").await);
        assert!(amina.syncs().await.commands.is_empty() && amina.pulls(0, 0).await.commands.is_empty());
        for n in 1..=2 {
            dora.post(&format!("/api/v1/devices/{}/reoffer", amina.phone.device), &json!({})).await.succeeds();
            assert_eq!(amina.syncs().await.commands, [format!("reoffer:{n}")]);
            assert_eq!(amina.pulls(0, 0).await.commands, [format!("reoffer:{n}")]);
        }
        assert!(brian.syncs().await.commands.is_empty());
        let asked: Vec<String> =
            app.ada.audit().await.into_iter().filter(|entry| entry.action == "device.reoffer").map(|entry| entry.subject).collect();
        assert_eq!(asked, vec![amina.phone.device.to_string(); 2]);
    }

    /// It can't pull any more; what it still holds goes to quarantine, and the answer tells it to forget the rest.
    async fn a_revoked_phone_is_told_to_wipe(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        app.ada.post(&format!("/api/v1/devices/{}/revoke", amina.phone.device), &json!({})).await.succeeds();
        amina.records(contact().syringes(1));
        let answer = amina.syncs().await;
        assert_eq!((answer.results[0].code, answer.commands), (OpCode::Quarantined, vec!["wipe".to_owned()]));
        assert_eq!(amina.syncs().await.commands, ["wipe"], "also when nothing waits");
        assert_eq!(amina.asks_token().await.refusal(), (403, "device_revoked".to_owned()));
    }

    async fn the_phone_of_whoever_left_wipes_unless_another_still_writes_on_it(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let brian = app.adds("brian", rounds_shared::auth::Role::Peer, None).await.id.0;
        shares_the_phone(app, &amina, brian).await;
        leaves(app, amina.worker()).await;
        assert!(amina.syncs().await.commands.is_empty(), "brian still writes on it");
        leaves(app, brian).await;
        assert_eq!(amina.syncs().await.commands, ["wipe"]);
        app.ada.post(&format!("/api/v1/devices/{}/reoffer", amina.phone.device), &json!({})).await.succeeds();
        assert_eq!(amina.syncs().await.commands, ["wipe", "reoffer:1"]);
    }
}
