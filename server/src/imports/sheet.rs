//! The file as lines and columns, before anything is understood.

use std::collections::BTreeSet;

use rounds_shared::catalogue::Catalogue;
use rounds_shared::ids::Code;
use rounds_shared::record::Direction;

use rounds_shared::console::ImportError;

/// Columns that every sheet has, in their usual order.
pub(super) const COLUMNS: [&str; 13] = [
    "record_id",
    "worker",
    "service_date",
    "site",
    "mode",
    "setting",
    "returning",
    "client_code",
    "gender",
    "age_band",
    "injects",
    "for_others",
    "referrals",
];

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// One of [`COLUMNS`].
    Field,
    /// Quantity of an item.
    Item(Direction, Code),
}

/// A line of the file.
#[derive(Debug)]
pub(super) struct Line {
    /// Number, the header being 1.
    pub number: u64,
    /// Cells, trimmed, one per column.
    pub cells: Vec<String>,
}

/// A sheet whose header is understood.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Names and meanings of the columns.
    pub columns: Vec<(String, Column)>,
    /// Lines that have a cell for each column.
    pub lines: Vec<Line>,
    /// Lines that have not, or can't be read.
    pub errors: Vec<ImportError>,
}

/// A finding about a line.
pub(super) fn finding(line: u64, column: &str, code: &str, detail: &str) -> ImportError {
    ImportError {
        line,
        column: column.to_owned(),
        code: code.to_owned(),
        detail: detail.to_owned(),
    }
}

impl Sheet {
    /// Splits a file. Fails as a whole only when its header does not fit: then no line can be trusted.
    pub(super) fn read(file: &[u8], catalogue: &Catalogue) -> Result<Self, Vec<ImportError>> {
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(file);
        let header = reader
            .headers()
            .map_err(|_| vec![finding(1, "", "not_utf8", "save the file as CSV in UTF-8")])?;
        let columns = columns(header, catalogue)?;
        let mut sheet = Self {
            columns,
            lines: Vec::new(),
            errors: Vec::new(),
        };
        let mut counter = LineCounter::new(file);
        for record in reader.byte_records() {
            match record {
                Ok(record) => {
                    let number = counter.line_of(record.position().map_or(0, csv::Position::byte));
                    sheet.take(number, &record);
                }
                Err(_) => {
                    sheet
                        .errors
                        .push(finding(0, "", "unreadable", "the file ends in the middle of a line"));
                    break;
                }
            }
        }
        Ok(sheet)
    }

    fn take(&mut self, number: u64, record: &csv::ByteRecord) {
        if record.len() != self.columns.len() {
            let detail = "the line has more or fewer cells than the header";
            self.errors.push(finding(number, "", "field_count", detail));
            return;
        }
        let mut cells = Vec::with_capacity(record.len());
        for (cell, (name, _)) in record.iter().zip(&self.columns) {
            match std::str::from_utf8(cell) {
                Ok(text) => cells.push(text.to_owned()),
                Err(_) => {
                    self.errors.push(finding(number, name, "not_utf8", "save the file as CSV in UTF-8"));
                    return;
                }
            }
        }
        self.lines.push(Line { number, cells });
    }
}

/// Line numbers as an editor shows them. The reader's own are off by one after CRLF and empty lines.
struct LineCounter<'a> {
    rest: std::iter::Peekable<std::iter::Enumerate<std::slice::Iter<'a, u8>>>,
    line: u64,
}

impl<'a> LineCounter<'a> {
    fn new(file: &'a [u8]) -> Self {
        Self {
            rest: file.iter().enumerate().peekable(),
            line: 1,
        }
    }

    /// Line of the first character of text at or after a position; positions only grow.
    fn line_of(&mut self, position: u64) -> u64 {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        let before = |(at, byte): &(usize, &u8)| *at < position || matches!(byte, b'\r' | b'\n');
        while let Some((_, byte)) = self.rest.next_if(before) {
            self.line += u64::from(*byte == b'\n');
        }
        self.line
    }
}

fn columns(header: &csv::StringRecord, catalogue: &Catalogue) -> Result<Vec<(String, Column)>, Vec<ImportError>> {
    // Spreadsheets of many countries save with semicolons; one finding about that says more than one per column.
    if header.len() == 1 && header.iter().any(|name| name.contains([';', '\t'])) {
        return Err(vec![finding(1, "", "separator", "separate the columns with commas")]);
    }
    let mut errors = Vec::new();
    let mut columns = Vec::with_capacity(header.len());
    let mut seen = BTreeSet::new();
    for name in header {
        if !seen.insert(name) {
            errors.push(finding(1, name, "repeated", "the header names this column twice"));
        }
        match column(name, catalogue) {
            Some(column) => columns.push((name.to_owned(), column)),
            None => errors.push(finding(
                1,
                name,
                "unknown_column",
                "not a column of the day sheet, nor out:CODE or in:CODE with an item of the catalogue",
            )),
        }
    }
    for name in COLUMNS.iter().filter(|name| !seen.contains(*name)) {
        errors.push(finding(1, name, "missing_column", "the header must have this column"));
    }
    if errors.is_empty() { Ok(columns) } else { Err(errors) }
}

fn column(name: &str, catalogue: &Catalogue) -> Option<Column> {
    if COLUMNS.contains(&name) {
        return Some(Column::Field);
    }
    let (direction, code) = name.split_once(':')?;
    let code = Code::parse(code).ok()?;
    catalogue.item(&code)?;
    Some(Column::Item(Direction::parse(direction)?, code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rounds_shared::catalogue::default_catalogue;

    fn read(text: &str) -> Result<Sheet, Vec<ImportError>> {
        Sheet::read(text.as_bytes(), &default_catalogue("Harbour").unwrap())
    }

    #[test]
    fn unknown_repeated_and_missing_columns_are_named() {
        let header = COLUMNS.join(",").replace("mode", "moed") + ",out:ns_1ml,out:cake,in:ns_1ml,out:ns_1ml";
        let errors = read(&header).unwrap_err();
        let found: Vec<_> = errors.iter().map(|e| (e.line, e.column.as_str(), e.code.as_str())).collect();
        assert_eq!(
            found,
            [
                (1, "moed", "unknown_column"),
                (1, "out:cake", "unknown_column"),
                (1, "out:ns_1ml", "repeated"),
                (1, "mode", "missing_column"),
            ]
        );
    }

    #[test]
    fn another_separator_than_a_comma_is_one_finding() {
        for separator in [";", "\t"] {
            let errors = read(&format!("\u{feff}{}\r\n", COLUMNS.join(separator))).unwrap_err();
            let found: Vec<_> = errors.iter().map(|e| (e.line, e.column.as_str(), e.code.as_str())).collect();
            assert_eq!(found, [(1, "", "separator")], "{separator:?}");
        }
        assert_eq!(
            read("record_id\n").unwrap_err().len(),
            COLUMNS.len() - 1,
            "one column needs no separator"
        );
        assert!(
            read(&COLUMNS.join(",").replace("mode", "mo;de"))
                .unwrap_err()
                .iter()
                .all(|e| e.code != "separator")
        );
    }

    #[test]
    fn a_short_line_is_told_by_its_number_and_the_others_are_kept() {
        let row = ["x"; 13].join(",");
        let text = format!("\u{feff}{}\n{row}\nx,y\n{row}\n", COLUMNS.join(","));
        let sheet = read(&text).unwrap();
        assert_eq!(sheet.lines.iter().map(|l| l.number).collect::<Vec<_>>(), [2, 4]);
        assert_eq!((sheet.errors[0].line, sheet.errors[0].code.as_str()), (3, "field_count"));
    }

    #[test]
    fn lines_are_numbered_as_editors_do_with_crlf_empty_lines_and_quoted_breaks() {
        let row = ["x"; 12].join(",");
        let text = format!("{}\r\n{row},y\r\n\r\n{row},\"a\r\nb\"\r\n{row},z\r\n", COLUMNS.join(","));
        let sheet = read(&text).unwrap();
        assert_eq!(sheet.lines.iter().map(|l| l.number).collect::<Vec<_>>(), [2, 4, 6]);
    }
}
