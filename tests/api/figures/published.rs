//! `GET /api/v1/indicators…` and `exports/…`: evaluators get published cells and nothing else.

use std::collections::BTreeMap;

use chrono::Duration;
use rounds::audit::Actor;
use rounds::publication::{PublishError, publish, publish_due};
use rounds_shared::indicator::{CellFlag, IndicatorCell, IndicatorChoices, IndicatorTable, Trend, Unit};
use rounds_shared::report::Report;
use rounds_shared::time::Period;
use rounds_tests::{Answer, Staff, TestApp, both_databases};
use serde_json::json;

use super::SHEET;

/// The sheet is in, its quarter is over and published. The administrator and an evaluator, logged in again two weeks later.
async fn published_quarter(app: &TestApp) -> (Staff, Staff) {
    let mut eva = app.evaluator("eva").await;
    let mut ada = app.ada.clone();
    assert_eq!(ada.imports(SHEET).await.status, 200);
    app.clock.advance(Duration::days(15));
    let done = publish_due(&app.state, app.id).await.unwrap();
    let periods: Vec<String> = done.iter().map(|release| release.period.to_string()).collect();
    assert_eq!(periods, ["2026-04", "2026-05", "2026-06", "2026-Q2"]);
    for staff in [&mut ada, &mut eva] {
        let body = json!({ "login": staff.login, "password": staff.password });
        let request = app
            .client
            .post("/api/v1/auth/login")
            .header("sec-fetch-site", "same-origin")
            .json(&body);
        staff.cookie = Staff::cookie_of(&Answer::of(request).await);
    }
    (ada, eva)
}

async fn table(eva: &Staff, query: &str) -> IndicatorTable {
    eva.get(&format!("/api/v1/indicators?{query}")).await.json()
}

/// Every query that can be asked about the quarter.
fn queries() -> Vec<String> {
    let mut queries = Vec::new();
    for period in ["2026-04", "2026-05", "2026-06", "2026-Q2"] {
        for by in ["", "&by=gender", "&by=age_band", "&by=setting"] {
            for site in ["", "&site=market", "&site=old-port", "&site=drop-in"] {
                queries.push(format!("period={period}{by}{site}"));
            }
        }
        queries.push(format!("period={period}&by=site"));
    }
    queries
}

/// Greatest common divisor of what an indicator may show, and whether the programme's own total is exact.
fn rule(id: &str) -> (i64, bool) {
    let whole = id.split('.').next().unwrap();
    match (whole, id) {
        (_, "syringes_out" | "syringes_in") => (20, true),
        ("syringes_in", _) => (20, false),
        ("people" | "for_others", _) => (10, false),
        ("naloxone_kits" | "naloxone_doses", _) => (if id.contains("nasal") && whole == "naloxone_doses" { 10 } else { 5 }, true),
        _ => (5, false),
    }
}

fn is_figure(table: &IndicatorTable, cell: &IndicatorCell) -> bool {
    let definition = table.indicators.iter().find(|definition| definition.id == cell.indicator).unwrap();
    matches!(definition.unit, Unit::Count | Unit::Quantity)
}

fn whole(value: f64) -> i64 {
    let text = format!("{value}");
    text.parse().unwrap_or_else(|_| panic!("{text} is not a whole number"))
}

both_databases! {
    /// Over every route and parameter: a figure is a multiple of its base, or the programme's own total of a quantity.
    async fn no_answer_has_an_exact_count(app: &TestApp) {
        let (_, eva) = published_quarter(app).await;
        let mut seen = 0;
        for query in queries() {
            let table = table(&eva, &query).await;
            for cell in table.cells.iter().filter(|cell| is_figure(&table, cell)) {
                let (base, exact_total) = rule(&cell.indicator);
                match (cell.value, cell.flag) {
                    (Some(value), None) => {
                        let total = cell.site.is_none() && cell.group.is_none();
                        assert!(whole(value) % base == 0 || exact_total && total, "{query}: {cell:?}");
                        assert!(whole(value) == 0 || whole(value) >= 10, "{query}: {cell:?}");
                        assert_eq!(cell.display, format!("{}", whole(value)));
                    }
                    (None, Some(CellFlag::BelowThreshold)) => assert_eq!(cell.display, "<10"),
                    (None, Some(_)) => assert_eq!(cell.display, ""),
                    other => panic!("{query}: {other:?}"),
                }
                seen += 1;
            }
        }
        assert!(seen > 1000);
    }

    /// Cells whose exact figure is no multiple of the base never show it, and every cell is a neighbour of its exact figure.
    async fn a_published_count_is_a_neighbour_of_the_exact_one(app: &TestApp) {
        let (ada, eva) = published_quarter(app).await;
        let exact: Report = ada.get("/api/v1/reports?from=2026-05-01&to=2026-05-31&by=gender").await.json();
        let contacts: BTreeMap<&str, i64> = exact
            .rows
            .iter()
            .map(|row| (row.key["gender"].as_str(), row.values.contacts.unwrap()))
            .collect();
        let published = table(&eva, "period=2026-05&by=gender").await;
        let mut odd = 0;
        for cell in published.cells.iter().filter(|cell| cell.indicator == "contacts") {
            let Some(group) = cell.group.as_deref() else { continue };
            let exact = contacts.get(group).copied().unwrap_or(0);
            match cell.value {
                Some(value) => {
                    assert!((whole(value) - exact).abs() < 5, "{group}: {value} for {exact}");
                    if exact % 5 != 0 {
                        assert_ne!(whole(value), exact);
                        odd += 1;
                    }
                }
                None => assert!((1..15).contains(&exact), "{group}: {exact}"),
            }
        }
        assert!(odd > 0, "the sheet has counts that are no multiple of 5");
        let total = table(&eva, "period=2026-05").await;
        let syringes = total.cells.iter().find(|cell| cell.indicator == "syringes_out").unwrap();
        assert_eq!(syringes.value.map(whole), Some(1415), "programmes account for this one");
    }

    /// A quarter's counts are the sums of its published months; ratios come from what is shown.
    async fn sums_and_ratios_follow_from_published_cells(app: &TestApp) {
        let (_, eva) = published_quarter(app).await;
        let value = async |period: &str, id: &str| {
            let table = table(&eva, &format!("period={period}")).await;
            table.cells.iter().find(|cell| cell.indicator == id).unwrap().value.unwrap()
        };
        let mut sum = 0.0;
        for month in ["2026-04", "2026-05", "2026-06"] {
            sum += value(month, "contacts").await;
        }
        assert_eq!(whole(sum), whole(value("2026-Q2", "contacts").await));
        let ratio = value("2026-Q2", "return_ratio").await;
        let (back, out) = (value("2026-Q2", "syringes_in").await, value("2026-Q2", "syringes_out").await);
        assert!((ratio - back / out).abs() < 1e-12);
        let people = value("2026-Q2", "people").await;
        assert!((61..=79).contains(&whole(people)), "{people} unique codes for 70");
        let trend: Trend = eva.get("/api/v1/indicators/trend?indicator=contacts").await.json();
        let points: Vec<String> = trend.points.iter().map(|point| point.period.to_string()).collect();
        assert_eq!(points, ["2026-04", "2026-05", "2026-06"]);
        assert_eq!(whole(trend.points.iter().map(|point| point.cell.value.unwrap()).sum()), whole(sum));
    }

    /// The file says what the table says, cell for cell, and is in the audit.
    async fn the_file_is_the_table(app: &TestApp) {
        let (ada, eva) = published_quarter(app).await;
        for query in ["period=2026-Q2", "period=2026-Q2&by=gender", "period=2026-05&by=site", "period=2026-05&site=market&by=age_band"] {
            let table = table(&eva, query).await;
            let file = eva.get(&format!("/api/v1/exports/csv?{query}")).await;
            assert_eq!(file.status, 200, "{}", file.text());
            let text = file.text();
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(lines[0], "indicator,period,place,dimension,member,value,flag");
            assert_eq!(lines.len() - 1, table.cells.len());
            for (line, cell) in lines[1..].iter().zip(&table.cells) {
                let cells: Vec<&str> = line.split(',').collect();
                assert_eq!(cells[0], cell.indicator);
                let shown: Option<f64> = cells[5].parse().ok();
                // Reading JSON may turn the last digit of a ratio.
                let same = shown.unwrap_or(-1.0) - cell.value.unwrap_or(-1.0);
                assert!(same.abs() < 1e-9 && cells[5].is_empty() == cell.value.is_none(), "{line}: {cell:?}");
                assert_eq!(cells[6].is_empty(), cell.flag.is_none());
            }
        }
        let definitions = eva.get("/api/v1/exports/definitions.csv").await.text();
        assert!(definitions.contains("\r\nreturn_ratio,I7,Return ratio,"));
        let exports: Vec<String> = ada.audit().await.into_iter().map(|entry| entry.action).take(5).collect();
        assert_eq!(exports, ["export.definitions", "export.csv", "export.csv", "export.csv", "export.csv"]);
    }

    /// What is not published is not there, for anybody.
    async fn only_published_periods_can_be_asked(app: &TestApp) {
        let (ada, eva) = published_quarter(app).await;
        let refused = async |query: &str| eva.get(&format!("/api/v1/indicators?{query}")).await.refusal();
        assert_eq!(refused("period=2026-07").await, (404, "not_published".to_owned()));
        assert_eq!(refused("period=2026").await, (404, "not_published".to_owned()));
        assert_eq!(refused("period=2026-Q2&site=nowhere").await, (422, "invalid".to_owned()));
        assert_eq!(refused("period=2026-Q2&site=market&by=site").await, (422, "invalid".to_owned()));
        assert_eq!(refused("period=2026-Q2&by=worker").await.0, 400);
        assert_eq!(refused("period=2026-04-01").await.0, 400);
        let choices: IndicatorChoices = eva.get("/api/v1/indicators/choices").await.json();
        let periods: Vec<String> = choices.releases.iter().map(|release| release.period.to_string()).collect();
        assert_eq!(periods, ["2026-06", "2026-Q2", "2026-05", "2026-04"]);
        for path in ["/api/v1/reports?from=2026-04-01&to=2026-04-30", "/api/v1/records", "/api/v1/board", "/api/v1/quarantine", "/api/v1/workers"] {
            assert_eq!(eva.get(path).await.status, 403, "{path}");
        }
        let ada_may = ada.get("/api/v1/indicators?period=2026-Q2").await;
        assert_eq!(ada_may.status, 200);
    }

    /// The job publishes once; by hand there is a next release, of the quarter too.
    async fn a_release_by_hand_has_the_next_number_and_takes_its_quarter_along(app: &TestApp) {
        let (ada, eva) = published_quarter(app).await;
        assert!(publish_due(&app.state, app.id).await.unwrap().is_empty());
        let before = table(&eva, "period=2026-04&by=gender").await;
        let april = Period::parse("2026-04").unwrap();
        let done = publish(&app.state, app.id, april, Actor::System).await.unwrap();
        let found: Vec<(String, i64)> = done.iter().map(|release| (release.period.to_string(), release.number)).collect();
        assert_eq!(found, [("2026-04".to_owned(), 2), ("2026-Q2".to_owned(), 2)]);
        let after = table(&eva, "period=2026-04&by=gender").await;
        assert_eq!(after.cells, before.cells, "the same records have the same cells");
        assert_eq!((before.release.number, after.release.number), (1, 2));
        let running = publish(&app.state, app.id, Period::parse("2026-07").unwrap(), Actor::System).await;
        assert!(matches!(running, Err(PublishError::NotOver)));
        let audit = ada.audit().await;
        assert_eq!(audit.iter().filter(|entry| entry.action == "publication.release").count(), 6);
    }
}
