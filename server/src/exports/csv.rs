//! Long CSV: one row per cell.

use rounds_shared::indicator::{Breakdown, CellFlag, IndicatorCell, IndicatorDefinition, IndicatorTable, Unit};

/// Place of cells of the whole programme.
const PROGRAMME: &str = "programme";

/// A file that could not be made; memory is the only thing that can be missing.
pub(super) type CsvError = csv::Error;

/// Cells of a table: indicator, period, place, dimension, member, value, flag. A hidden cell has no value and says why.
pub(super) fn cells(table: &IndicatorTable) -> Result<Vec<u8>, CsvError> {
    let period = table.release.period.to_string();
    let header = ["indicator", "period", "place", "dimension", "member", "value", "flag"];
    let rows = table.cells.iter().map(|cell| {
        let (dimension, member) = match (table.by, cell.group.as_deref()) {
            (Some(by), Some(group)) => (by.as_str(), group),
            _ => ("", ""),
        };
        let place = match table.by {
            Some(Breakdown::Site) | None => cell.site.as_deref(),
            _ => table.site.as_deref(),
        };
        [
            cell.indicator.clone(),
            period.clone(),
            place.unwrap_or(PROGRAMME).to_owned(),
            dimension.to_owned(),
            member.to_owned(),
            value(cell),
            cell.flag.map_or("", flag).to_owned(),
        ]
    });
    write(&header, rows)
}

/// Definitions: one row per indicator.
pub(super) fn definitions(list: &[IndicatorDefinition]) -> Result<Vec<u8>, CsvError> {
    let header = [
        "indicator",
        "number",
        "name",
        "formula",
        "denominator",
        "standard",
        "protection",
        "unit",
    ];
    let rows = list.iter().map(|d| {
        [
            d.id.clone(),
            d.number.clone(),
            d.name.clone(),
            d.formula.clone(),
            d.denominator.clone().unwrap_or_default(),
            d.standard.clone(),
            d.protection.clone(),
            unit(d.unit).to_owned(),
        ]
    });
    write(&header, rows)
}

fn write<const N: usize>(header: &[&str], rows: impl Iterator<Item = [String; N]>) -> Result<Vec<u8>, CsvError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| safe(cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// Characters that begin a formula in some spreadsheet, the wide ones of East Asian keyboards included.
const BEGINS_FORMULA: [char; 10] = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet takes for a formula: those begin with certain characters, for some also after blanks and quotes. Where it cuts
/// at semicolons or tabs, as in many languages, each part may be one, because quotes hold only around the first. Figures are never negative.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    for part in text.split_inclusive([';', '\t']) {
        let first =
            part.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '\u{feff}' | '\u{200b}'));
        if first.starts_with(BEGINS_FORMULA) || (safe.is_empty() && part.starts_with(['\t', '\r', '\n'])) {
            safe.push('\'');
        }
        safe.push_str(part);
    }
    safe
}

fn value(cell: &IndicatorCell) -> String {
    cell.value.map_or_else(String::new, |value| value.to_string())
}

fn flag(flag: CellFlag) -> &'static str {
    match flag {
        CellFlag::BelowThreshold => "below_threshold",
        CellFlag::Withheld => "withheld",
        CellFlag::NotComputable => "not_computable",
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "count",
        Unit::Quantity => "quantity",
        Unit::Ratio => "ratio",
        Unit::Share => "share",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rounds_shared::indicator::Release;
    use rounds_shared::time::Period;

    fn cell(group: Option<&str>, value: Option<f64>, flag: Option<CellFlag>) -> IndicatorCell {
        IndicatorCell {
            indicator: "contacts".to_owned(),
            site: Some("market".to_owned()),
            group: group.map(str::to_owned),
            value,
            display: String::new(),
            flag,
        }
    }

    #[test]
    fn a_row_per_cell_and_nothing_for_hidden_ones() {
        let table = IndicatorTable {
            release: Release {
                period: Period::Quarter(2026, 2),
                number: 1,
                published: "2026-07-15".parse().unwrap(),
                devices_reported: 1,
                devices_total: 1,
            },
            site: Some("market".to_owned()),
            by: Some(Breakdown::AgeBand),
            indicators: Vec::new(),
            cells: vec![
                cell(None, Some(65.0), None),
                cell(Some("<18"), None, Some(CellFlag::BelowThreshold)),
                cell(Some("-x"), Some(0.25), None),
            ],
            threshold: 10,
        };
        let text = String::from_utf8(cells(&table).unwrap()).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(
            lines,
            [
                "indicator,period,place,dimension,member,value,flag",
                "contacts,2026-Q2,market,,,65,",
                "contacts,2026-Q2,market,age_band,<18,,below_threshold",
                "contacts,2026-Q2,market,age_band,'-x,0.25,",
                "",
            ]
        );
    }

    #[test]
    fn formulas_are_made_harmless() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\tx",
            "＝1",
            "＋1",
            "－1",
            "＠SUM(A1)",
            "\"=1",
            " =1",
            "\u{feff}=1",
            "'=1",
        ] {
            assert!(safe(text).starts_with('\''), "{text:?}");
        }
        for text in ["50+", "25-34", "<18", "Men = 1", "", " "] {
            assert_eq!(safe(text), text);
        }
        assert_eq!(
            safe("x;=1;y\t \"+1"),
            "x;'=1;y\t' \"+1",
            "each part of what semicolons and tabs cut"
        );
    }
}
