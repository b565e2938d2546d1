//! Shifts: planned in the console, told to the phone, started and stopped there.

use rounds_shared::record::ShiftState;
use rounds_shared::sync::OpCode;
use rounds_shared::team::ShiftView;
use rounds_tests::{Staff, both_databases};
use serde_json::json;
use uuid::Uuid;

async fn list(staff: &Staff) -> Vec<ShiftView> {
    staff.get("/api/v1/shifts?from=2026-06-01&to=2026-12-31").await.json()
}

async fn plan(staff: &Staff, workers: &[Uuid], day: &str) -> rounds_tests::Answer {
    let body = json!({ "workers": workers, "day": day, "site": "old-port", "mode": "pair", "setting": "street", "from": "19:30:00", "until": "23:00:00" });
    staff.post("/api/v1/shifts", &body).await
}

both_databases! {
    async fn a_planned_shift_comes_with_the_pull_and_is_started_on_its_record(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let brian = app.peer_of(&dora, "brian").await;
        plan(&dora, &[amina.worker(), brian.worker()], "2026-06-30").await.succeeds();
        let own = amina.pulls(0, 1).await.own;
        assert_eq!((own.shifts.len(), own.supervisor.as_deref()), (1, Some("dora")));
        let planned = &own.shifts[0];
        assert_eq!((planned.state, planned.rev, planned.site.as_str()), (ShiftState::Planned, 1, "old-port"));
        assert_eq!(planned.with.iter().map(|one| one.handle.as_str()).collect::<Vec<_>>(), ["brian"]);
        assert_eq!(dora.measures().await.get("shift.planned"), Some(&2));
        let started = json!({ "site": "old-port", "state": "started", "with": [brian.worker()], "from": "19:30:00", "until": "23:00:00",
            "check_in": { "local": "2026-06-30T19:40:00", "offset_minutes": 180 } });
        amina.amends(planned.record.0, 2, "shift", &started);
        assert_eq!(amina.syncs().await.results[0].code, OpCode::Accepted);
        let counted = dora.measures().await;
        assert_eq!((counted["shift.planned"], counted["shift.done"]), (2, 1));
        let mut done = started;
        done["state"] = "done".into();
        amina.amends(planned.record.0, 3, "shift", &done);
        amina.syncs().await;
        let seen = list(&dora).await.into_iter().find(|shift| shift.handle == "amina").unwrap();
        assert!(seen.closed_by_itself && seen.state == ShiftState::Done, "it has a check-in and no check-out");
        assert!(amina.pulls(0, 1).await.own.shifts.is_empty());
        app.verified().await;
    }

    async fn a_plan_is_called_off_once_and_not_under_way(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        plan(&dora, &[amina.worker()], "2026-07-02").await.succeeds();
        let shift = list(&dora).await.remove(0);
        let path = format!("/api/v1/shifts/{}/cancel", shift.id);
        assert_eq!(dora.post(&path, &json!({ "rev": 7 })).await.refusal(), (409, "shift_moved".to_owned()));
        dora.post(&path, &json!({ "rev": 1 })).await.succeeds();
        assert_eq!(list(&dora).await[0].state, ShiftState::Cancelled);
        assert_eq!(dora.post(&path, &json!({ "rev": 2 })).await.refusal(), (409, "shift_moved".to_owned()));
        let counted = dora.measures().await;
        assert_eq!((counted.get("shift.planned"), counted["shift.cancelled"]), (None, 1));
        // A phone that had not heard of it starts it all the same: its word is kept beside the supervisor's.
        amina.amends(shift.id.0, 2, "shift", &json!({ "state": "started" }));
        amina.syncs().await;
        assert!(dora.records().await[0].conflict, "two ops claim revision 2");
        app.verified().await;
    }

    async fn nobody_plans_for_another_team_or_for_the_past(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let amina = app.peer_of(&dora, "amina").await;
        assert_eq!(plan(&samir, &[amina.worker()], "2026-07-02").await.refusal(), (404, "not_found".to_owned()));
        assert_eq!(plan(&dora, &[amina.worker()], "2026-06-29").await.fields(), ["day"]);
        assert_eq!(plan(&dora, &[amina.worker()], "2028-01-01").await.fields(), ["day"]);
        let nowhere = json!({ "workers": [amina.worker()], "day": "2026-07-02", "site": "zqx", "mode": "pair", "setting": "street" });
        assert_eq!(dora.post("/api/v1/shifts", &nowhere).await.fields(), ["site"]);
        assert!(list(&dora).await.is_empty() && list(&samir).await.is_empty());
        assert_eq!(dora.get("/api/v1/shifts?from=2026-06-01&to=2026-05-01").await.fields(), ["from"]);
        assert_eq!(dora.get("/api/v1/shifts?from=2020-06-01&to=2026-05-01").await.fields(), ["to"]);
    }
}
