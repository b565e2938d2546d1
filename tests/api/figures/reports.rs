//! `GET /api/v1/reports`: exact, for those who may.

use rounds_shared::report::Report;
use rounds_tests::{Staff, both_databases, contact};

async fn report(staff: &Staff, by: &str) -> Report {
    staff
        .get(&format!("/api/v1/reports?from=2026-01-01&to=2026-12-31&by={by}"))
        .await
        .json()
}

fn keys(report: &Report, name: &str) -> Vec<String> {
    report.rows.iter().map(|row| row.key[name].clone()).collect()
}

both_databases! {
    /// By worker a supervisor sees the own team, in the rows and in the total; by place everybody.
    async fn by_worker_shows_the_team_only(app: &TestApp) {
        let (dora, emil) = (app.supervisor("dora").await, app.supervisor("emil").await);
        let mut amina = app.peer_of(&dora, "amina").await;
        let mut brian = app.peer_of(&emil, "brian").await;
        amina.records(contact().syringes(10));
        brian.records(contact().syringes(20));
        brian.records(contact().syringes(30).at("old-port"));
        amina.syncs().await;
        brian.syncs().await;
        for by in ["worker", "site,worker", "worker,item", "worker,service"] {
            let seen = report(&dora, by).await;
            assert!(seen.rows.iter().all(|row| row.key["worker"] == "amina"), "{by}");
            assert_eq!(seen.total.syringes_out, Some(10), "{by}");
        }
        assert_eq!(report(&dora, "site").await.total.syringes_out, Some(60));
        assert_eq!(keys(&report(&app.ada, "worker").await, "worker"), ["amina", "brian"]);
        assert_eq!(keys(&report(&dora, "site").await, "site"), ["market", "old-port"], "only groups that have contacts");
    }

    /// Distinct codes don't add up, and a refused code counts nowhere.
    async fn people_are_distinct_in_each_group(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().syringes(1).coded("MOM0865"));
        amina.records(contact().syringes(1).coded("mom 0865").at("old-port"));
        amina.records(contact().coded("KOM1867").at("old-port"));
        amina.records(contact().at("old-port"));
        amina.syncs().await;
        let seen = report(&app.ada, "site").await;
        let people: Vec<_> = seen.rows.iter().map(|row| (row.values.unique_codes, row.values.prv8_codes)).collect();
        assert_eq!(people, [(Some(1), Some(1)), (Some(2), Some(1))]);
        assert_eq!((seen.total.unique_codes, seen.total.contacts_with_code), (Some(2), Some(3)));
    }

    /// Items out and in, services alone.
    async fn items_and_services_carry_their_own_figures(app: &TestApp) {
        let mut amina = app.peer("amina").await;
        amina.records(contact().syringes(10).returns(40).naloxone(2).refers("hiv_test").refers("oat"));
        amina.syncs().await;
        let items = report(&app.ada, "item").await;
        let found: Vec<_> = items
            .rows
            .iter()
            .map(|row| (row.key["item"].as_str(), row.values.quantity_out, row.values.quantity_in, row.values.contacts))
            .collect();
        assert_eq!(
            found,
            [
                ("naloxone_nasal", Some(2), Some(0), None),
                ("ns_1ml", Some(10), Some(0), None),
                ("used_syringe", Some(0), Some(40), None),
            ]
        );
        let services = report(&app.ada, "service").await;
        assert_eq!(keys(&services, "service"), ["hiv_test", "oat"]);
        assert!(services.rows.iter().all(|row| row.values.referrals == Some(1) && row.values.contacts.is_none()));
    }

    /// What does not fit is named.
    async fn a_wrong_query_names_the_field(app: &TestApp) {
        let refused = async |query: &str| {
            let problem = app.ada.get(&format!("/api/v1/reports?{query}")).await.problem();
            let error = problem.errors.first().map(|error| (error.path.clone(), error.code.clone()));
            (problem.status, error.unwrap_or_default())
        };
        let days = "from=2026-01-01&to=2026-12-31";
        let named = |path: &str, code: &str| (422, (path.to_owned(), code.to_owned()));
        assert_eq!(refused(&format!("{days}&by=code")).await, named("by", "unknown_code"));
        assert_eq!(refused(&format!("{days}&by=month,site,gender")).await, named("by", "too_many"));
        assert_eq!(refused(&format!("{days}&by=site,site")).await, named("by", "repeated"));
        assert_eq!(refused(&format!("{days}&by=service,item")).await, named("by", "not_allowed"));
        assert_eq!(refused("from=2026-02-01&to=2026-01-01").await, named("from", "after_to"));
        assert_eq!(refused("from=2026-02-30&to=2026-03-01").await.0, 400);
        assert_eq!(refused("from=2026-01-01").await.0, 400);
    }
}
