//! `/api/v1/records`: a supervisor sees, corrects and voids what the own team recorded; every look and change is audited.

use rounds_shared::console::{RecordPage, RecordView};
use rounds_shared::record::ClientCode;
use rounds_tests::{Figures, Seen, both_databases, contact};
use serde_json::{Value, json};

both_databases! {
    async fn a_team_is_seen_by_its_own_supervisor(app: &TestApp) {
        let (dora, samir) = (app.supervisor("dora").await, app.supervisor("samir").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let mut eshe = app.peer_of(&samir, "eshe").await;
        let own = amina.records(contact().syringes(10).coded("MOM0865").refers("hiv_test"));
        let theirs = eshe.records(contact());
        amina.syncs().await;
        eshe.syncs().await;
        let seen = dora.record(own.record).await;
        assert_eq!((seen.handle.as_str(), seen.author.as_str(), seen.rev, seen.has_code), ("amina", "amina", 1, true));
        assert_eq!(seen.contact().code, ClientCode::Keep, "the code itself is never shown");
        assert_eq!(seen.contact().lines, own.contact.lines);
        assert_eq!(dora.records().await.len(), 1);
        assert_eq!(app.ada.records().await.len(), 2);
        let asked = dora.get(&format!("/api/v1/records?worker={}", eshe.worker())).await;
        assert!(asked.json::<RecordPage>().records.is_empty());
        let void = json!({ "rev": 1, "reason": "not mine" });
        let answer = dora.post(&format!("/api/v1/records/{}/void", theirs.record), &void).await;
        assert_eq!(answer.refusal(), (404, "not_found".to_owned()));
        samir.sees(Figures { contacts: 2, people: 1, syringes_out: 10, ..Figures::default() }).await;
    }

    async fn a_correction_keeps_the_person_and_stays_the_workers(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let own = amina.records(contact().syringes(10).coded("MOM0865"));
        amina.syncs().await;
        let seen = dora.record(own.record).await;
        let mut corrected = seen.contact().clone();
        corrected.lines[0].quantity = 30;
        let after: RecordView = dora.corrects(&seen, corrected).await.json();
        assert_eq!((after.rev, after.handle.as_str(), after.author.as_str(), after.has_code), (2, "amina", "dora", true));
        dora.sees(Figures { contacts: 1, people: 1, syringes_out: 30, ..Figures::default() }).await;
        let mut taken = after.contact().clone();
        taken.code = ClientCode::None;
        dora.corrects(&after, taken).await.succeeds();
        dora.sees(Figures { contacts: 1, people: 0, syringes_out: 30, ..Figures::default() }).await;
        app.verified().await;
    }

    async fn a_void_takes_a_record_out_and_says_why(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let own = amina.records(contact().syringes(10).coded("MOM0865"));
        amina.syncs().await;
        let seen = dora.record(own.record).await;
        let after: RecordView = dora.voids(&seen).await.json();
        assert!(after.void);
        dora.sees(Figures::default()).await;
        let audit = app.ada.audit().await;
        let entry = audit.iter().find(|entry| entry.action == "record.void").unwrap();
        assert_eq!((entry.actor.as_str(), entry.reason.as_deref()), ("dora", Some("recorded twice")));
        assert_eq!(entry.subject, own.record.to_string());
        app.verified().await;
    }

    /// Two people at two screens: the second is told that the record has moved.
    async fn who_comes_second_is_told(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let own = amina.records(contact().syringes(10));
        amina.syncs().await;
        let on_screen = app.ada.record(own.record).await;
        amina.corrects(&own, 2, contact().syringes(11));
        amina.syncs().await;
        let answer = app.ada.corrects(&on_screen, on_screen.contact().clone()).await;
        assert_eq!(answer.refusal(), (409, "record_moved".to_owned()));
        assert_eq!(app.ada.voids(&on_screen).await.refusal(), (409, "record_moved".to_owned()));
        app.ada.sees(Figures { contacts: 1, syringes_out: 11, ..Figures::default() }).await;
    }

    async fn corrections_are_checked_like_any_record(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let brian = app.peer("brian").await;
        let own = amina.records(contact().syringes(10));
        amina.syncs().await;
        let seen = app.ada.record(own.record).await;
        let path = format!("/api/v1/records/{}", own.record);
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut body = json!({ "rev": 1, "reason": "said so", "record": seen.record });
            change(&mut body);
            body
        };
        let other = brian.worker().to_string();
        let cases: [(Value, &str); 8] = [
            (changed(&|body| body["record"]["body"]["site"] = "zqx".into()), "record.site"),
            (changed(&|body| body["record"]["body"]["lines"][0]["quantity"] = (-1).into()), "record.lines[0].quantity"),
            (changed(&|body| body["record"]["body"]["service_date"] = "2027-01-01".into()), "record.service_date"),
            (changed(&|body| body["record"]["body"]["service_date"] = "1999-12-31".into()), "record.service_date"),
            (changed(&|body| body["record"]["body"]["worker"] = other.clone().into()), "record.worker"),
            (changed(&|body| body["reason"] = "x".into()), "reason"),
            (changed(&|body| body["rev"] = 0.into()), "rev"),
            (changed(&|body| body["record"]["body"]["code"] = json!({ "set": "zqx" })), "record.code"),
        ];
        for (body, path_of) in cases {
            let answer = app.ada.put(&path, &body).await;
            assert_eq!(answer.refusal(), (422, "invalid".to_owned()), "{path_of}");
            assert_eq!(answer.problem().errors[0].path, path_of);
            assert!(!answer.text().contains("zqx"));
        }
        for body in [changed(&|body| body["zqx"] = 1.into()), changed(&|body| body["record"]["body"]["zqx"] = 1.into())] {
            assert_eq!(app.ada.put(&path, &body).await.refusal().0, 422, "unknown fields are refused");
        }
        assert_eq!(app.ada.record(own.record).await.rev, 1);
        app.verified().await;
    }

    /// A date that nobody would type is refused, and one that a phone with a wrong clock sent doesn't stand in the way.
    async fn a_record_of_1970_is_corrected_in_steps(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let own = amina.records(contact().syringes(10).on("1970-01-01"));
        amina.syncs().await;
        let seen = app.ada.record(own.record).await;
        let mut corrected = seen.contact().clone();
        corrected.lines[0].quantity = 30;
        let after: RecordView = app.ada.corrects(&seen, corrected.clone()).await.json();
        corrected.service_date = "2000-01-01".parse().unwrap();
        let after: RecordView = app.ada.corrects(&after, corrected.clone()).await.json();
        assert_eq!((after.rev, after.contact().service_date), (3, corrected.service_date));
        corrected.service_date = "1999-12-31".parse().unwrap();
        let problem = app.ada.corrects(&after, corrected).await.problem();
        assert_eq!((problem.status, problem.errors[0].path.as_str()), (422, "record.service_date"));
        assert_eq!(problem.errors[0].code, "too_old");
        app.verified().await;
    }

    async fn a_long_list_comes_in_pages(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        for n in 0..120 {
            amina.records(contact().on(&format!("2026-06-{:02}", 1 + n % 30)));
        }
        amina.syncs().await;
        let mut seen = Vec::new();
        let mut path = "/api/v1/records".to_owned();
        loop {
            let page: RecordPage = app.ada.get(&path).await.json();
            seen.extend(page.records.iter().map(|record| (record.contact().service_date, record.id.0)));
            let Some(next) = page.next else { break };
            path = format!("/api/v1/records?cursor={next}");
        }
        assert_eq!(seen.len(), 120);
        assert!(seen.windows(2).all(|pair| pair[0].0 >= pair[1].0), "newest first");
        let distinct: std::collections::BTreeSet<_> = seen.iter().map(|(_, id)| id).collect();
        assert_eq!(distinct.len(), 120);
        let day: RecordPage = app.ada.get("/api/v1/records?from=2026-06-07&to=2026-06-07").await.json();
        assert_eq!(day.records.len(), 4);
        assert_eq!(app.ada.get("/api/v1/records?cursor=zqx").await.refusal(), (400, "cursor".to_owned()));
    }

    async fn every_look_and_change_is_in_the_audit(app: &TestApp) {
        let dora = app.supervisor("dora").await;
        let mut amina = app.peer_of(&dora, "amina").await;
        let own = amina.records(contact().syringes(10).coded("ZQXJ7731"));
        amina.syncs().await;
        let seen = dora.record(own.record).await;
        dora.corrects(&seen, seen.contact().clone()).await.succeeds();
        let audit = app.ada.audit().await;
        let actions: Vec<(&str, &str)> = audit.iter().map(|entry| (entry.actor.as_str(), entry.action.as_str())).collect();
        for expected in [("dora", "record.view"), ("dora", "record.correct"), ("device", "sync.push"), ("amina", "device.enrol"), ("ada", "worker.add")] {
            assert!(actions.contains(&expected), "{expected:?} in {actions:?}");
        }
        assert!(audit.windows(2).all(|pair| pair[0].n == pair[1].n + 1), "newest first, without gaps");
        let text = app.ada.get("/api/v1/audit").await.text().to_lowercase();
        assert!(!text.contains("zqxj") && !text.contains("ns_1ml"), "never content");
    }

    /// Any edit of the chain behind the server's back shows.
    async fn an_edited_audit_chain_is_found(app: &TestApp) {
        app.peer("amina").await;
        app.verified().await;
        app.sql("UPDATE audit SET subject = 'nothing' WHERE n = 3").await;
        let found = rounds::sync::verify(&app.state, app.id).await.unwrap().unwrap();
        assert_eq!(found.drift.iter().map(|drift| drift.table).collect::<Vec<_>>(), ["audit"]);
    }

    /// Any edit of a figure behind the server's back shows.
    async fn an_edited_tally_or_head_is_found(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().syringes(10));
        amina.syncs().await;
        app.sql("UPDATE tally SET n = n + 1 WHERE measure = 'contacts' AND grain = 'site'").await;
        app.sql("UPDATE record SET syringes_out = 11").await;
        let found = rounds::sync::verify(&app.state, app.id).await.unwrap().unwrap();
        let tables: Vec<_> = found.drift.iter().map(|drift| drift.table).collect();
        assert_eq!(tables, ["record", "tally"]);
    }
}
