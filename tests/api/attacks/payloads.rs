//! Text that a spreadsheet would take for a formula, in everything that reaches a file.

use chrono::Duration;
use rounds::publication::publish_due;
use rounds_shared::auth::Role;
use rounds_shared::ids::Code;
use rounds_shared::sync::OpCode;
use rounds_tests::{Staff, both_databases, contact};
use serde_json::json;

/// Beginnings that spreadsheets of some language or version calculate.
const FORMULAS: [&str; 10] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\u{ff1d}1+1",
    "\u{ff0b}1",
    "\"=1+1",
    " =1+1",
];

/// Whether a cell of a file would be calculated: what is left after blanks and quotes begins as a formula does, and no apostrophe says text.
fn runs(cell: &str) -> bool {
    let shown = cell.trim_start_matches([' ', '"', '\t', '\r', '\n', '\u{feff}', '\u{a0}']);
    let number = shown.parse::<f64>().is_ok();
    !number && shown.starts_with(['=', '+', '-', '@', '|', '%', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

both_databases! {
    /// Codes are the only text of programmes that a file of the server has, and some of their characters begin formulas.
    async fn no_cell_of_a_file_is_calculated(app: &TestApp) {
        let mut eva = app.evaluator("eva").await;
        for formula in FORMULAS {
            let site = app.ada.post("/api/v1/sites", &json!({ "code": formula, "label": "Site" })).await;
            assert_eq!(site.status == 201, Code::parse(formula).is_ok(), "{formula:?} {}", site.text());
            let handle = app.ada.post("/api/v1/workers", &json!({ "handle": formula, "role": "peer" })).await;
            assert_eq!(handle.status, 422, "{formula:?} as a handle");
        }
        // Enough of them at each of those places that its cells are published, by enough people.
        for _ in 0..3 {
            let mut peer = app.enrols(app.adds(&format!("peer-{}", app.number("SELECT COUNT(*) FROM worker").await), Role::Peer, None).await.id.0).await;
            for place in ["+1+1", "-1+1"] {
                for _ in 0..20 {
                    peer.records(contact().at(place).on("2026-05-20").syringes(1));
                }
            }
            assert!(peer.syncs().await.results.iter().all(|result| result.code == OpCode::Accepted));
        }
        publish_due(&app.state, app.id).await.unwrap();
        app.clock.advance(Duration::days(1));
        eva.cookie = Staff::cookie_of(&eva.logs_in(None).await);
        let mut cells = 0;
        for path in ["/api/v1/exports/csv?period=2026-05&by=gender", "/api/v1/exports/csv?period=2026-05&by=site", "/api/v1/exports/definitions.csv"] {
            let file = eva.get(path).await;
            assert_eq!(file.status, 200, "{path} {}", file.text());
            assert!(file.header("content-type").starts_with("text/csv"), "{path}");
            assert!(file.header("content-disposition").starts_with("attachment"), "{path}: a file, not a page");
            let text = file.text();
            for line in text.lines() {
                for cell in line.split([',', ';', '\t']) {
                    cells += 1;
                    assert!(!runs(cell), "{path}: {cell:?} in {line:?}");
                }
            }
            if path.contains("by=site") {
                assert!(text.contains(",'+1+1,") && text.contains(",'-1+1,"), "the planted codes are there: {text}");
            }
        }
        assert!(cells > 100);
    }
}
