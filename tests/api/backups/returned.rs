//! What comes back with a backup though it was taken back since, and what the operator is told of it.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use reqwest::Method;
use rounds_shared::auth::{InviteView, Role};
use rounds_shared::sync::OpCode;
use rounds_tests::{Engine, Peer, both_databases, contact};
use serde_json::json;

use super::backup;
use super::restore::{elsewhere, restore};

const SHARE: &str = "/api/v1/phone/share";
const OPEN: &str = "/api/v1/phone/share/open";

/// A proof that a phone makes of a PIN.
fn proof(n: u8) -> String {
    BASE64_URL_SAFE_NO_PAD.encode([n; 32])
}

both_databases! {
    /// A share that was destroyed since would be whole again, with all its tries.
    async fn no_pin_outlives_a_restore(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let body = json!({ "proof": proof(1), "duress_proof": proof(2) });
        amina.asks(Method::PUT, SHARE, Some(&body)).await.succeeds();
        let old = backup(app).await;
        amina.asks(Method::POST, OPEN, Some(&json!({ "proof": proof(2) }))).await.succeeds();
        let place = elsewhere(app).await;
        let said = restore(&place, &old, &[]).await;
        assert!(said.status == 0 && said.out.contains("1 PINs ended"), "{said:?}");
        let restored = app.on(place).await;
        amina.moves_to(&restored.client);
        for right in [1, 2] {
            let answer = amina.asks(Method::POST, OPEN, Some(&json!({ "proof": proof(right) }))).await;
            assert_eq!(answer.refusal(), (410, "share_gone".to_owned()));
        }
        assert_eq!(restored.number("SELECT COUNT(*) FROM pin_share").await, 0);
        amina.asks(Method::PUT, SHARE, Some(&body)).await.succeeds();
        restored.stop().await;
    }

    /// What was taken back since is in force again: whoever restores is told what to look at.
    async fn it_says_what_to_look_at(app: &TestApp) {
        app.supervisor("sam").await;
        let amina = app.peer("amina").await;
        let gone = app.peer("brian").await;
        app.ada.post(&format!("/api/v1/workers/{}/status", gone.worker()), &json!({ "status": "left" })).await.succeeds();
        let blob = if app.database.engine == Engine::Sqlite { "x'00'" } else { "'\\x00'" };
        app.sql(&format!("INSERT INTO totp SELECT programme_id, id, {blob}, 1, 0 FROM worker WHERE handle = 'sam'")).await;
        app.sql(&format!("INSERT INTO totp_recovery SELECT programme_id, id, {blob} FROM worker WHERE handle = 'sam'")).await;
        let old = backup(app).await;
        let place = elsewhere(app).await;
        let said = restore(&place, &old, &[]).await;
        assert_eq!(said.status, 0, "{said:?}");
        let says = |words: &[&str]| said.out.lines().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(says(&["ada  administrator", "logs in as", "no authenticator app"]), "{said:?}");
        assert!(says(&["sam  supervisor", "authenticator app, 1 recovery codes"]), "{said:?}");
        assert!(says(&["amina  peer"]) && says(&["phone", &amina.phone.device.to_string(), "of amina"]), "{said:?}");
        assert!(!says(&["brian  peer"]), "who had left then is not back: {said:?}");
        for words in ["taken out since are in again", "set up since are not known", "who left since are back", "recovery codes are good again"] {
            assert!(says(&[words]), "{words}: {said:?}");
        }
        place.remove().await;
    }

    /// A phone that the backup doesn't know is refused, and what it holds comes when it is set up anew.
    async fn a_phone_that_came_since_is_refused_until_it_is_set_up_anew(app: &TestApp) {
        let worker = app.adds("amina", Role::Peer, None).await.id.0;
        let old = backup(app).await;
        let mut amina = app.enrols(worker).await;
        let held = amina.records(contact().syringes(3)).sealed;
        amina.syncs().await;
        let place = elsewhere(app).await;
        assert_eq!(restore(&place, &old, &[]).await.status, 0);
        let restored = app.on(place).await;
        amina.moves_to(&restored.client);
        let push = amina.signs(vec![held.clone()]);
        assert_eq!(amina.sends(&push).await.status, 401);
        let ada = restored.ada.anew().await;
        let invite: InviteView = ada.post("/api/v1/invites", &json!({ "worker": worker })).await.json();
        let mut anew = Peer::enrols(&restored.client, &app.clock, &invite.code, &invite.digits).await;
        let result = anew.pushes_one(held).await;
        assert_eq!(result.code, OpCode::Quarantined, "{result:?}");
        assert_eq!(ada.quarantine().await.len(), 1, "it waits for the supervisor");
        restored.stop().await;
    }
}
