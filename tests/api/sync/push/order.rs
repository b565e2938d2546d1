//! Order can't matter: the head of a record is the op with the greatest (rev, void, op id), and its person is a register of its own.

use rounds_shared::sync::OpCode;
use rounds_tests::{Figures, both_databases, contact};

use super::codes;

both_databases! {
    async fn a_second_revision_before_the_first_stays_the_head(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(10));
        let second = amina.corrects(&first, 2, contact().syringes(20));
        assert_eq!(amina.pushes_one(second.sealed).await.code, OpCode::Accepted);
        let late = amina.pushes_one(first.sealed).await;
        assert_eq!((late.code, late.by_supervisor), (OpCode::Superseded, false));
        app.ada.sees(Figures { contacts: 1, syringes_out: 20, ..Figures::default() }).await;
        assert_eq!(app.ada.record(first.record).await.rev, 2);
        app.verified().await;
    }

    async fn a_void_before_its_put_stays_void(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(10).coded("MOM0865"));
        let void = amina.undoes(&first, 2);
        assert_eq!(amina.pushes_one(void.sealed).await.code, OpCode::Accepted);
        assert_eq!(amina.pushes_one(first.sealed).await.code, OpCode::Superseded);
        app.ada.sees(Figures::default()).await;
        app.verified().await;
    }

    async fn an_undo_in_the_same_batch_takes_the_tap_back(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(10));
        amina.undoes(&first, 2);
        amina.records(contact().syringes(3));
        assert_eq!(codes(&amina.syncs().await), [OpCode::Superseded, OpCode::Accepted, OpCode::Accepted]);
        app.ada.sees(Figures { contacts: 1, syringes_out: 3, ..Figures::default() }).await;
        app.verified().await;
    }

    /// The correction that keeps the person comes before the put that names it.
    async fn a_kept_person_is_found_later(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(10).coded("MOM0865"));
        let second = amina.corrects(&first, 2, contact().syringes(20).keeps_code());
        amina.pushes_one(second.sealed).await;
        app.ada.sees(Figures { contacts: 1, people: 0, syringes_out: 20, ..Figures::default() }).await;
        amina.pushes_one(first.sealed).await;
        app.ada.sees(Figures { contacts: 1, people: 1, syringes_out: 20, ..Figures::default() }).await;
        assert!(app.ada.record(first.record).await.has_code);
        app.verified().await;
    }

    async fn a_later_revision_may_take_the_code_away(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().coded("MOM0865"));
        amina.corrects(&first, 2, contact());
        amina.syncs().await;
        app.ada.sees(Figures { contacts: 1, ..Figures::default() }).await;
        assert!(!app.ada.record(first.record).await.has_code);
        app.verified().await;
    }

    /// What a worker's op loses to a supervisor's, the worker is told.
    async fn a_supervisors_correction_supersedes_and_says_so(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(10));
        let late = amina.corrects(&first, 2, contact().syringes(12));
        assert_eq!(amina.pushes_one(first.sealed).await.code, OpCode::Accepted);
        for quantity in [20, 30] {
            let seen = app.ada.record(first.record).await;
            let corrected = contact().syringes(quantity).keeps_code().of(amina.worker(), first.contact.service_date);
            app.ada.corrects(&seen, corrected).await.succeeds();
        }
        let result = amina.pushes_one(late.sealed).await;
        assert_eq!((result.code, result.by_supervisor), (OpCode::Superseded, true));
        app.ada.sees(Figures { contacts: 1, syringes_out: 30, ..Figures::default() }).await;
        assert!(app.ada.record(first.record).await.conflict, "two ops claim revision 2");
        app.verified().await;
    }

    /// A correction that moves a contact takes it from the old day and site.
    async fn a_moved_contact_is_counted_once(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        let first = amina.records(contact().syringes(10).on("2026-06-01").at("market"));
        amina.syncs().await;
        amina.corrects(&first, 2, contact().syringes(10).on("2026-05-31").at("old-port"));
        amina.syncs().await;
        let report: rounds_shared::report::Report =
            app.ada.get("/api/v1/reports?from=2026-01-01&to=2026-12-31&by=month,site").await.json();
        let keys: Vec<String> = report.rows.iter().map(|row| format!("{:?}", row.key)).collect();
        assert_eq!(keys, [r#"{"month": "2026-05", "site": "old-port"}"#]);
        app.verified().await;
    }
}
