//! `/api/v1/{workers,invites,devices,sites,catalogue}`.

use rounds_shared::auth::{Role, WorkerStatus};
use rounds_shared::catalogue::Catalogue;
use rounds_shared::console::{DeviceView, WorkerView};
use rounds_tests::{Answer, Staff, both_databases, contact};
use serde_json::json;

async fn handles(staff: &Staff) -> Vec<String> {
    let list: Vec<WorkerView> = staff.get("/api/v1/workers").await.json();
    list.into_iter().map(|worker| worker.handle).collect()
}

both_databases! {
    async fn a_supervisor_builds_and_sees_the_own_team(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let added: WorkerView = dora.post("/api/v1/workers", &json!({ "handle": "amina", "role": "peer" })).await.json();
        assert_eq!(added.supervisor.map(|id| id.0), Some(dora.worker));
        assert_eq!(handles(&dora).await, ["amina", "dora"]);
        assert_eq!(handles(&samir).await, ["samir"]);
        assert_eq!(handles(&app.ada).await, ["ada", "amina", "dora", "samir"]);
        for body in [
            json!({ "handle": "brian", "role": "supervisor" }),
            json!({ "handle": "brian", "role": "administrator" }),
            json!({ "handle": "brian", "role": "peer", "supervisor": samir.worker }),
        ] {
            assert_eq!(dora.post("/api/v1/workers", &body).await.refusal(), (403, "own_team_only".to_owned()));
        }
        let taken = samir.post("/api/v1/workers", &json!({ "handle": "amina", "role": "peer" })).await;
        assert_eq!(taken.refusal(), (409, "handle_taken".to_owned()));
    }

    async fn handles_are_plain_and_never_echoed(app: &TestApp) {
        for handle in ["Zqx Name", "z", "zqx@mail", &"z".repeat(33)] {
            let answer = app.ada.post("/api/v1/workers", &json!({ "handle": handle, "role": "peer" })).await;
            assert_eq!(answer.refusal(), (422, "invalid".to_owned()), "{handle}");
            assert!(!answer.text().to_lowercase().contains("zqx"));
        }
        let inland = app.another_programme("Inland").await;
        let foreign = json!({ "handle": "amina", "role": "peer", "supervisor": inland.ada.worker });
        assert_eq!(app.ada.post("/api/v1/workers", &foreign).await.refusal().0, 422);
        inland.adds("amina", Role::Peer, None).await;
        app.adds("amina", Role::Peer, None).await;
    }

    async fn an_invite_reaches_the_own_team_only(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let amina = app.adds("amina", Role::Peer, Some(dora.worker)).await.id;
        dora.post("/api/v1/invites", &json!({ "worker": amina })).await.succeeds();
        assert_eq!(samir.post("/api/v1/invites", &json!({ "worker": amina })).await.status, 404);
        assert_eq!(dora.post("/api/v1/invites", &json!({ "worker": app.ada.worker })).await.status, 404);
        assert_eq!(dora.post("/api/v1/invites", &json!({ "worker": dora.worker })).await.status, 403);
    }

    async fn phones_are_listed_and_revoked(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.records(contact());
        amina.syncs().await;
        let listed: Vec<DeviceView> = dora.get("/api/v1/devices").await.json();
        assert_eq!((listed.len(), listed[0].handle.as_str(), listed[0].revoked), (1, "amina", false));
        assert_eq!(listed[0].last_seen_at, Some(app.clock.now()));
        assert!(samir.get("/api/v1/devices").await.json::<Vec<DeviceView>>().is_empty());
        let path = format!("/api/v1/devices/{}/revoke", amina.phone.device);
        for _ in 0..2 {
            assert!(dora.post(&path, &json!({})).await.json::<DeviceView>().revoked);
        }
        let revocations = app.ada.audit().await.into_iter().filter(|entry| entry.action == "device.revoke");
        assert!(revocations.count() >= 1);
        assert_eq!(dora.post("/api/v1/devices/nonsense/revoke", &json!({})).await.refusal(), (404, "not_found".to_owned()));
    }

    async fn whoever_leaves_has_no_way_in_and_what_comes_late_waits_for_the_supervisor(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.records(contact());
        amina.syncs().await;
        let token = amina.token().await;
        let path = format!("/api/v1/workers/{}/status", amina.phone.author);
        assert_eq!(samir.post(&path, &json!({ "status": "left" })).await.status, 404);
        assert_eq!(dora.post(&path, &json!({ "status": "gone" })).await.status, 422);
        let rests: WorkerView = dora.post(&path, &json!({ "status": "break" })).await.json();
        assert_eq!(rests.status, WorkerStatus::Break);
        let pull = || Answer::of(app.client.get("/api/v1/sync/pull").bearer_auth(&token));
        assert_eq!(pull().await.status, 200, "a break takes nothing away");
        amina.records(contact());
        let gone: WorkerView = dora.post(&path, &json!({ "status": "left" })).await.json();
        assert_eq!((gone.status, gone.devices.len()), (WorkerStatus::Left, 0));
        assert_eq!(pull().await.status, 401);
        assert_eq!(amina.asks_token().await.status, 401);
        let late = amina.syncs().await;
        assert_eq!((late.results[0].code.as_str(), late.results[0].reason.as_deref()), ("quarantined", Some("author_ended")));
        let invite = json!({ "worker": amina.phone.author });
        assert_eq!(dora.post("/api/v1/invites", &invite).await.refusal(), (409, "worker_left".to_owned()));
        let back: WorkerView = dora.post(&path, &json!({ "status": "active" })).await.json();
        assert_eq!(back.devices.len(), 0, "a phone is enrolled anew");
        dora.post("/api/v1/invites", &invite).await.succeeds();
        let noted = app.ada.audit().await.into_iter().filter(|entry| entry.action == "worker.status");
        assert_eq!(noted.count(), 3);
        app.verified().await;
    }

    async fn staff_who_leave_are_logged_out_and_nobody_locks_themselves_out(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let own = format!("/api/v1/workers/{}/status", app.ada.worker);
        assert_eq!(app.ada.post(&own, &json!({ "status": "left" })).await.refusal(), (409, "own_status".to_owned()));
        assert_eq!(dora.post(&format!("/api/v1/workers/{}/status", dora.worker), &json!({ "status": "break" })).await.status, 409);
        app.ada.post(&format!("/api/v1/workers/{}/status", dora.worker), &json!({ "status": "left" })).await.succeeds();
        assert_eq!(dora.get("/api/v1/board").await.status, 401);
        app.ada.post(&format!("/api/v1/workers/{}/status", dora.worker), &json!({ "status": "active" })).await.succeeds();
        assert_eq!(dora.get("/api/v1/board").await.status, 401, "the old session stays ended");
    }

    async fn a_site_makes_a_new_catalogue_and_old_phones_still_count(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().at("pier"));
        assert_eq!(amina.syncs().await.results[0].errors[0].path, "site");
        let made: Catalogue = app.ada.post("/api/v1/sites", &json!({ "code": "pier", "label": "Pier" })).await.json();
        assert_eq!(made.version, 2);
        amina.records(contact().at("pier"));
        amina.records(contact().at("market"));
        assert!(amina.syncs().await.results.iter().all(|result| result.code.as_str() == "accepted"));
        let taken = app.ada.post("/api/v1/sites", &json!({ "code": "pier", "label": "Other" })).await;
        assert_eq!(taken.refusal(), (409, "code_taken".to_owned()));
        let current: Catalogue = app.ada.get("/api/v1/catalogue").await.json();
        assert_eq!(current, made);
        app.verified().await;
    }
}
