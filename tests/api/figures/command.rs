//! `rounds import` and `rounds publish`: the same from the command line, while the server runs.

use std::path::Path;
use std::process::Output;

use rounds_shared::indicator::IndicatorTable;
use rounds_tests::{Figures, Rounds, TestApp, both_databases};

use super::{SHEET, first_lines};

/// Runs the program with arguments on the test's database.
fn run(app: &TestApp, arguments: &[&str]) -> Output {
    Rounds::command(&app.database).args(arguments).output().unwrap()
}

fn import(app: &TestApp, sheet: &str) -> (i32, String) {
    let file = app.database.dir().join("sheet.csv");
    std::fs::write(&file, sheet).unwrap();
    let output = run(app, &["import", path(&file), "--programme", "Harbour", "--create"]);
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

both_databases! {
    /// Status 0 when all is well, 2 when some rows were not taken, 1 when nothing could be.
    async fn the_exit_status_says_what_became_of_the_rows(app: &TestApp) {
        let (status, said) = import(app, SHEET);
        assert_eq!(status, 0, "{said}");
        assert!(said.contains("240 rows: 240 new, 0 corrected, 0 unchanged"), "{said}");
        app.ada.sees(Figures { contacts: 240, people: 70, syringes_out: 3535, syringes_in: 1928 }).await;
        let bad = first_lines(3) + "x1,amina,yesterday,market,pair,street,new,,man,25-34,no,0,,0,0,0,0,0,0,0,0,0\n";
        let (status, said) = import(app, &bad);
        assert_eq!(status, 2, "{said}");
        assert!(said.contains("2 unchanged") && said.contains("line 4, column service_date: not_a_date"), "{said}");
        let (status, said) = import(app, "record_id,cake\n");
        assert_eq!(status, 1);
        assert!(said.contains("column cake: unknown_column") && said.contains("column worker: missing_column"), "{said}");
        let output = run(app, &["import", "nowhere.csv", "--programme", "Harbour"]);
        assert_eq!(output.status.code(), Some(1));
    }

    /// A period is published by hand, a running one is not.
    async fn a_period_is_published_by_hand(app: &TestApp) {
        import(app, SHEET);
        let output = run(app, &["publish", "--programme", "Harbour", "--period", "2026-05"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let table: IndicatorTable = app.ada.get("/api/v1/indicators?period=2026-05").await.json();
        assert_eq!(table.release.number, 1);
        let output = run(app, &["publish", "--programme", "Harbour", "--period", "2199-05"]);
        assert_eq!(output.status.code(), Some(1));
        let output = run(app, &["publish", "--programme", "Nowhere", "--period", "2026-05"]);
        assert_eq!(output.status.code(), Some(1));
    }
}
