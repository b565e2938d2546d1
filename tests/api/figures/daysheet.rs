//! `POST /api/v1/imports/daysheet`: paper sheets are records like all others.

use std::collections::BTreeMap;

use rounds_shared::console::ImportResult;
use rounds_shared::report::Report;
use rounds_tests::{Answer, Seen, Staff, both_databases};
use serde_json::{Value, json};

use super::{EXPECTED, SHEET, first_lines};

async fn imports(staff: &Staff, csv: &str) -> ImportResult {
    staff.imports(csv).await.json()
}

async fn report(staff: &Staff, by: &str) -> Report {
    let path = format!("/api/v1/reports?from=2026-01-01&to=2026-12-31&by={by}");
    staff.get(&path).await.json()
}

/// Rows of a report by their key, two names joined as the expected file does.
fn rows(report: &Report, by: &str) -> Value {
    let rows: BTreeMap<String, Value> = report
        .rows
        .iter()
        .map(|row| {
            let key: Vec<&str> = by.split(',').map(|name| row.key[name].as_str()).collect();
            (key.join("|"), serde_json::to_value(&row.values).unwrap())
        })
        .collect();
    json!(rows)
}

/// One line of the sheet with a cell changed.
fn with_cell(line: usize, column: &str, text: &str) -> String {
    let at = SHEET.lines().next().unwrap().split(',').position(|name| name == column).unwrap();
    let change = |(n, row): (usize, &str)| {
        let mut cells: Vec<&str> = row.split(',').collect();
        if n + 1 == line {
            cells[at] = text;
        }
        cells.join(",") + "\n"
    };
    SHEET.lines().enumerate().map(change).collect()
}

both_databases! {
    /// The sheet's figures are those that were counted by others, and the same sheet again changes nothing.
    async fn the_sheet_adds_up_and_adds_up_once(app: &TestApp) {
        let first = imports(&app.ada, SHEET).await;
        assert_eq!((first.rows, first.created, first.errors.len()), (240, 240, 0));
        assert_eq!(first.workers_created, ["amina", "brian", "chidi", "dora"]);
        let expected: Value = serde_json::from_str(EXPECTED).unwrap();
        let audited = app.ada.audit().await.len();
        let again = imports(&app.ada, SHEET).await;
        assert_eq!((again.created, again.corrected, again.unchanged), (0, 0, 240));
        assert_eq!(app.ada.audit().await.len(), audited, "a sheet that is in writes nothing");
        assert_eq!(serde_json::to_value(report(&app.ada, "").await.total).unwrap(), expected["total"]);
        let cuts = [
            ("month", "by_month"),
            ("site", "by_site"),
            ("worker", "by_worker"),
            ("gender", "by_gender"),
            ("age_band", "by_age_band"),
            ("setting", "by_setting"),
            ("month,site", "by_month_and_site"),
        ];
        for (by, name) in cuts {
            assert_eq!(rows(&report(&app.ada, by).await, by), expected[name], "{by}");
        }
        let services: BTreeMap<String, i64> = report(&app.ada, "service")
            .await
            .rows
            .iter()
            .map(|row| (row.key["service"].clone(), row.values.referrals.unwrap()))
            .collect();
        assert_eq!(json!(services), expected["referrals_by_service"]);
        app.verified().await;
        let bytes = app.database.bytes();
        assert!(!bytes.windows(7).any(|window| window == b"MOM0865"), "a client code lies in clear");
    }

    /// A changed row is a correction, and back again is one more: three revisions.
    async fn a_changed_row_is_a_correction_and_so_is_its_way_back(app: &TestApp) {
        imports(&app.ada, SHEET).await;
        let before = report(&app.ada, "").await.total;
        let changed = imports(&app.ada, &with_cell(2, "out:condom", "14")).await;
        assert_eq!((changed.created, changed.corrected, changed.unchanged), (0, 1, 239));
        let after = report(&app.ada, "").await.total;
        assert_eq!(after.items_out.unwrap()["condom"], before.items_out.as_ref().unwrap()["condom"] + 4);
        assert_eq!(after.contacts, before.contacts);
        assert_eq!(imports(&app.ada, SHEET).await.corrected, 1);
        assert_eq!(report(&app.ada, "").await.total, before);
        let revs = records_of(&app.ada, "amina", "2026-04-01").await;
        assert_eq!(revs, [3]);
        app.verified().await;
    }

    /// Another worker and another day under a known record id are another contact: a second sheet that begins at 1 again.
    async fn a_second_sheet_with_the_same_ids_corrects_nothing(app: &TestApp) {
        let header = first_lines(1);
        let row = |id: &str, cells: &str| format!("{id},{cells},with_staff,street,new,,man,25-34,no,0,,0,0,0,0,1,0,0,0,0\n");
        let (amina, brian) = (row("1", "amina,2026-04-01,market"), row("2", "brian,2026-04-01,market"));
        imports(&app.ada, &format!("{header}{amina}{brian}")).await;
        let before = report(&app.ada, "worker,site").await.rows;
        let (eshe, amina_later) = (row("1", "eshe,2026-04-02,harbour"), row("2", "amina,2026-04-02,market"));
        let second = imports(&app.ada, &format!("{header}{eshe}{amina_later}")).await;
        assert_eq!(other_contacts(&second), [2, 3]);
        assert_eq!((second.created, second.corrected, second.unchanged, second.review), (0, 0, 0, 0));
        assert!(second.workers_created.is_empty() && second.sites_created.is_empty(), "not even a worker is made");
        assert_eq!(report(&app.ada, "worker,site").await.rows, before);
        let mixed = format!("{header}{amina_later}{}{amina}", row("3", "brian,2026-04-02,market"));
        let request = app.ada.request(reqwest::Method::POST, "/api/v1/imports/daysheet").header("content-type", "text/csv");
        let mixed: ImportResult = Answer::of(request.body(mixed)).await.json();
        assert_eq!((mixed.created, mixed.corrected, mixed.unchanged), (1, 0, 1), "other rows go on");
        assert_eq!(other_contacts(&mixed), [2]);
        let named = app.ada.request(reqwest::Method::POST, "/api/v1/imports/daysheet?create=true&source=second");
        let named = named.header("content-type", "text/csv").body(format!("{header}{eshe}{amina_later}"));
        assert_eq!(Answer::of(named).await.json::<ImportResult>().created, 2, "with a source of its own it is in");
        app.verified().await;
    }

    /// One of worker and date may have been mistyped; quantities anyhow.
    async fn a_row_of_another_worker_or_another_day_is_a_correction(app: &TestApp) {
        imports(&app.ada, &first_lines(3)).await;
        for (column, text) in [("worker", "chidi"), ("service_date", "2026-04-03"), ("worker", "eshe"), ("out:condom", "14")] {
            let row = with_cell(2, column, text).lines().nth(1).unwrap().to_owned();
            let result = imports(&app.ada, &format!("{}{row}\n", first_lines(1))).await;
            assert_eq!((result.corrected, other_contacts(&result).len()), (1, 0), "{column} {text}");
            assert_eq!(imports(&app.ada, &first_lines(2)).await.corrected, 1, "and back");
        }
        app.verified().await;
    }

    /// What a supervisor corrected since is left alone, and the row is told.
    async fn a_row_that_was_corrected_in_the_console_goes_to_review(app: &TestApp) {
        imports(&app.ada, &first_lines(2)).await;
        let record = app.ada.records().await.remove(0);
        let mut contact = record.contact().clone();
        contact.for_others = 7;
        assert_eq!(app.ada.corrects(&record, contact).await.status, 200);
        assert_eq!(imports(&app.ada, &first_lines(2)).await.unchanged, 1);
        let header = first_lines(1);
        let row = with_cell(2, "for_others", "3").lines().nth(1).unwrap().to_owned();
        let again = imports(&app.ada, &format!("{header}{row}\n")).await;
        assert_eq!((again.corrected, again.review), (0, 1));
        assert_eq!(report(&app.ada, "").await.total.reach, Some(8));
    }

    /// Bad rows are told by line and column, good ones are in.
    async fn bad_rows_are_listed_and_good_ones_kept(app: &TestApp) {
        let header = SHEET.lines().next().unwrap();
        let good = SHEET.lines().nth(1).unwrap();
        let row = |cells: &str| format!("{cells},with_staff,street,new,,man,25-34,no,0,,0,0,0,0,0,0,0,0,0");
        let sheet = [
            header,
            good,
            &row("a1,amina,2026-13-01,market"),
            &row("a2,Amina!,2026-04-01,market"),
            good,
            &row("a3,amina,2026-04-01,market").replace(",man,", ",men,").replace(",no,0,", ",no,1.5,"),
            "a4,amina",
            &row("a5,amina,2026-07-01,market"),
            &row("a6,amina,2026-04-01,market").replace(",new,,", ",new,ab,"),
            &row("a7,amina,2026-04-02,market"),
            &row("a8,amina,0026-04-01,market"),
            &row("a9,amina,1999-12-31,market"),
            &row("a10,amina,2000-01-01,market"),
        ]
        .join("\n");
        let result = imports(&app.ada, &sheet).await;
        let found: Vec<(u64, &str, &str)> = result
            .errors
            .iter()
            .map(|error| (error.line, error.column.as_str(), error.code.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (3, "service_date", "not_a_date"),
                (4, "worker", "unknown_worker"),
                (5, "record_id", "repeated"),
                (6, "for_others", "not_a_number"),
                (6, "gender", "unknown_code"),
                (7, "", "field_count"),
                (8, "service_date", "future"),
                (9, "client_code", "too_short"),
                (11, "service_date", "too_old"),
                (12, "service_date", "too_old"),
            ]
        );
        assert!(result.errors.iter().all(|error| !error.detail.is_empty() && !error.detail.contains("Amina!")));
        assert_eq!((result.rows, result.created), (12, 3));
        app.verified().await;
    }

    /// A header that does not fit stops the import before anything is written.
    async fn unknown_and_missing_columns_are_named(app: &TestApp) {
        let sheet = SHEET.replacen("out:cooker", "out:pancake", 1).replacen(",mode,", ",moed,", 1);
        let problem = app.ada.imports(&sheet).await.problem();
        assert_eq!(problem.status, 422);
        let found: Vec<(&str, &str)> = problem.errors.iter().map(|e| (e.path.as_str(), e.code.as_str())).collect();
        assert_eq!(found, [("moed", "unknown_column"), ("out:pancake", "unknown_column"), ("mode", "missing_column")]);
        assert_eq!(report(&app.ada, "").await.total.contacts, Some(0));
    }

    /// Semicolons are one finding, not one per column.
    async fn a_sheet_with_semicolons_is_told_so(app: &TestApp) {
        let problem = app.ada.imports(&first_lines(2).replace(',', ";")).await.problem();
        let found: Vec<(&str, &str)> = problem.errors.iter().map(|e| (e.path.as_str(), e.code.as_str())).collect();
        assert_eq!((problem.status, found), (422, vec![("", "separator")]));
    }

    /// Supervisors import for their own team and make nobody.
    async fn a_supervisor_imports_for_the_own_team(app: &TestApp) {
        let dora = app.supervisor("sheila").await;
        app.peer_of(&dora, "amina").await;
        app.peer("brian").await;
        assert_eq!(dora.imports(SHEET).await.refusal(), (403, "administrators_only".to_owned()));
        let request = dora.request(reqwest::Method::POST, "/api/v1/imports/daysheet").header("content-type", "text/csv");
        let result: ImportResult = Answer::of(request.body(SHEET)).await.json();
        assert_eq!((result.created, result.errors.len()), (58, 182));
        assert!(result.errors.iter().all(|error| error.column == "worker"));
    }
}

/// Lines that were refused as another contact; there are no other findings.
fn other_contacts(result: &ImportResult) -> Vec<u64> {
    let told = result
        .errors
        .iter()
        .all(|error| (error.column.as_str(), error.code.as_str()) == ("record_id", "other_contact"));
    assert!(told, "{:?}", result.errors);
    result.errors.iter().map(|error| error.line).collect()
}

/// Revisions of the heads of a worker's records of a day.
async fn records_of(staff: &Staff, handle: &str, day: &str) -> Vec<i64> {
    let page: rounds_shared::console::RecordPage = staff.get(&format!("/api/v1/records?from={day}&to={day}")).await.json();
    let own = page.records.iter().filter(|record| record.handle == handle);
    own.map(|record| record.rev).collect()
}
