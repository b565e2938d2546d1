//! Each kind's way into the exact tallies and out again.

use rounds_shared::console::Board;
use rounds_shared::record::{HeavyEvent, RecordBody, WantsToTalk};
use rounds_shared::sync::OpCode;
use rounds_tests::{Figures, Peer, both_databases, contact};
use serde_json::{Value, json};

/// Kind, what is said beside the circumstances, and measures with their numbers.
type Sample = (&'static str, Value, Vec<(&'static str, i64)>);

/// A good record of each kind beside contact and referrals, and measures that it alone contributes.
fn samples() -> Vec<Sample> {
    let line = json!([{ "item": "ns_1ml", "direction": "out", "quantity": 60 }]);
    vec![
        (
            "tally_sheet",
            json!({ "contacts": 12, "groups": [{ "gender": "woman", "age_band": "18-24", "n": 4 }], "lines": line }),
            vec![("contacts", 12), ("sheets", 1), ("syringes.out", 60), ("item.out.ns_1ml", 60)],
        ),
        (
            "overdose",
            json!({ "precision": "day", "place": "street", "reported_by": "peer_present", "naloxone": "yes",
                "doses": [{ "item": "naloxone_nasal", "n": 2 }], "ambulance": "no", "no_ambulance": "police", "police": "unknown",
                "outcome": "recovered" }),
            vec![
                ("overdose", 1),
                ("overdose.naloxone.yes", 1),
                ("overdose.doses", 2),
                ("overdose.outcome.recovered", 1),
            ],
        ),
        (
            "incident",
            json!({ "kinds": ["theft"], "by": ["police"], "severity": 2, "support": ["listened"], "status": "open" }),
            vec![
                ("incident", 1),
                ("incident.kind.theft", 1),
                ("incident.by.police", 1),
                ("incident.supported", 1),
            ],
        ),
        (
            "collection",
            json!({ "item": "used_syringe", "quantity": 929, "method": "weighed", "measured": { "value": 1.5, "unit": "kg", "factor": 619.0 } }),
            vec![("collection.syringes", 929), ("collection.method.weighed", 929)],
        ),
        (
            "shift",
            json!({ "state": "started", "check_in": { "local": "2026-06-30T19:40:00", "offset_minutes": 180 } }),
            vec![("shift.done", 1)],
        ),
        ("debrief", json!({ "mood": 2, "heavy": "overdose", "talk": "today" }), vec![]),
        (
            "expense",
            json!({ "kind": "transport", "amount": 350, "currency": "KES", "status": "submitted" }),
            vec![("expense", 1), ("expense.amount", 350)],
        ),
        (
            "stock_move",
            json!({ "reason": "issue", "from": "store", "to": "bag", "lines": [{ "item": "ns_1ml", "quantity": 100 }] }),
            vec![("stock.issued.ns_1ml", 100)],
        ),
    ]
}

/// What is wrong with a record of a kind, by field and rule.
async fn is_held(amina: &mut Peer, kind: &str, own: Value, path: &str, code: &str) {
    amina.says(kind, &own);
    let result = amina.syncs().await.results.remove(0);
    assert_eq!(result.code, OpCode::Quarantined, "{kind} {path}");
    let found: Vec<(&str, &str)> = result.errors.iter().map(|e| (e.path.as_str(), e.code.as_str())).collect();
    assert!(found.contains(&(path, code)), "{kind}: {found:?}");
}

both_databases! {
    async fn a_record_of_each_kind_is_counted_and_uncounted(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        for (kind, own, measures) in samples() {
            let record = amina.says(kind, &own);
            assert_eq!(amina.syncs().await.results[0].code, OpCode::Accepted, "{kind}");
            let counted = dora.measures().await;
            for (measure, n) in &measures {
                assert_eq!(counted.get(*measure), Some(n), "{kind} {measure} in {counted:?}");
            }
            app.verified().await;
            let seen = dora.record(record).await;
            assert_eq!(seen.record.kind(), kind);
            assert_eq!(seen.record, amina.body(kind, &own), "{kind} comes back as it was said");
            amina.removes(record, 2);
            amina.syncs().await;
            assert!(dora.measures().await.is_empty(), "{kind} is gone with all that it counted");
        }
        app.verified().await;
    }

    async fn a_supervisor_corrects_a_record_of_any_kind_but_not_into_another(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let record = amina.says("incident", &json!({ "kinds": ["theft"], "severity": 1, "status": "open" }));
        amina.syncs().await;
        let seen = dora.record(record).await;
        let mut closed = json!(seen.record);
        closed["body"]["status"] = "closed".into();
        let path = format!("/api/v1/records/{record}");
        dora.put(&path, &json!({ "rev": 1, "reason": "settled", "record": closed })).await.succeeds();
        assert_eq!(dora.measures().await.get("incident.closed"), Some(&1));
        let other = RecordBody::from(contact().of(amina.worker(), "2026-06-30".parse().unwrap()));
        let answer = dora.put(&path, &json!({ "rev": 2, "reason": "settled", "record": other })).await;
        assert_eq!(answer.fields(), ["record.kind"]);
        closed["body"]["severity"] = 9.into();
        let answer = dora.put(&path, &json!({ "rev": 2, "reason": "settled", "record": closed })).await;
        assert_eq!(answer.fields(), ["record.severity"]);
        app.verified().await;
    }

    async fn what_breaks_a_rule_waits_for_the_supervisor_and_says_why(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        is_held(&mut amina, "tally_sheet", json!({ "contacts": 1, "groups": [{ "gender": "man", "age_band": "18-24", "n": 2 }] }), "groups", "more_than_whole").await;
        is_held(&mut amina, "incident", json!({ "kinds": ["zqx"], "severity": 1, "status": "open" }), "kinds[0]", "unknown_code").await;
        is_held(&mut amina, "stock_move", json!({ "reason": "lost", "from": "bag", "to": "bag", "lines": [{ "item": "foil", "quantity": 1 }] }), "to", "same_place").await;
        is_held(&mut amina, "expense", json!({ "kind": "food", "amount": 0, "currency": "KES", "status": "submitted" }), "amount", "range").await;
        is_held(&mut amina, "shift", json!({ "state": "started", "service_date": "2026-08-01" }), "service_date", "future").await;
        app.verified().await;
    }

    async fn groups_open_for_those_who_are_unlocked(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let group = json!({ "session": "group", "topics": ["hiv"], "attendees": 9 });
        let mentoring = json!({ "session": "mentoring", "attendees": 1 });
        amina.says("group_session", &group);
        let held = amina.syncs().await.results.remove(0);
        assert_eq!((held.code, held.errors[0].path.as_str(), held.errors[0].code.as_str()), (OpCode::Quarantined, "session", "not_unlocked"));
        let level = format!("/api/v1/workers/{}/level", amina.worker());
        dora.post(&level, &json!({ "level": "facilitation" })).await.succeeds();
        amina.says("group_session", &group);
        amina.says("group_session", &mentoring);
        let codes: Vec<OpCode> = amina.syncs().await.results.iter().map(|result| result.code).collect();
        assert_eq!(codes, [OpCode::Accepted, OpCode::Quarantined]);
        dora.post(&level, &json!({ "level": "mentoring" })).await.succeeds();
        amina.says("group_session", &mentoring);
        assert_eq!(amina.syncs().await.results[0].code, OpCode::Accepted);
        let counted = dora.measures().await;
        assert_eq!((counted["groups"], counted["groups.attendees"], counted["groups.mentoring"], counted["topic.hiv"]), (1, 9, 1, 1));
        app.verified().await;
    }

    async fn sheets_and_groups_are_in_the_exact_figures_by_whom_they_tell_apart(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        amina.records(contact().syringes(10));
        let (_, sheet, _) = samples().remove(0);
        amina.says("tally_sheet", &sheet);
        amina.syncs().await;
        dora.sees(Figures { contacts: 13, people: 0, syringes_out: 70, ..Figures::default() }).await;
        let answer = dora.get("/api/v1/reports?from=2026-06-01&to=2026-06-30&by=gender").await;
        let report: Value = answer.json();
        let rows: Vec<(String, i64, i64)> = report["rows"].as_array().unwrap().iter()
            .map(|row| (row["key"]["gender"].as_str().unwrap().to_owned(), row["values"]["contacts"].as_i64().unwrap(), row["values"]["syringes_out"].as_i64().unwrap()))
            .collect();
        assert_eq!(rows, [("man".to_owned(), 1, 10), ("unknown".to_owned(), 8, 60), ("woman".to_owned(), 4, 0)]);
        assert_eq!(report["total"]["contacts"], 13);
    }

    async fn how_a_worker_is_doing_is_for_their_own_supervisor(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let record = amina.says("debrief", &json!({ "mood": 1, "heavy": "death", "talk": "today" }));
        amina.syncs().await;
        let sees = async |staff: &rounds_tests::Staff| staff.records().await.iter().any(|seen| seen.id.0 == record);
        assert!(sees(&dora).await && !sees(&samir).await && !sees(&app.ada).await, "an administrator runs the programme and is no supervisor");
        let void = json!({ "rev": 1, "reason": "not mine" });
        let path = format!("/api/v1/records/{record}/void");
        assert_eq!(app.ada.post(&path, &void).await.refusal(), (404, "not_found".to_owned()));
        let of = format!("/api/v1/tallies?from=2026-01-01&to=2026-12-31&worker={}", amina.worker());
        let told = async |staff: &rounds_tests::Staff, path: &str| staff.get(path).await.text().contains("debrief.");
        assert!(told(&dora, &of).await && !told(&app.ada, &of).await);
        assert!(!told(&dora, "/api/v1/tallies?from=2026-01-01&to=2026-12-31&site=market").await, "a place may have one worker only");
        assert_eq!(samir.get(&of).await.status, 404);
        let row = async |staff: &rounds_tests::Staff| staff.get("/api/v1/board").await.json::<Board>().rows.remove(0);
        let (own, admins) = (row(&dora).await, row(&app.ada).await);
        assert_eq!((own.talk, own.heavy), (Some(WantsToTalk::Today), Some(HeavyEvent::Death)));
        assert_eq!((admins.talk, admins.heavy), (None, None));
    }
}
