//! Figures: day sheets in, exact reports, the board, published cells and files out.

mod board;
mod command;
mod daysheet;
mod drift;
mod published;
mod reports;

/// The paper sheet of a quarter.
const SHEET: &str = include_str!("../../data/daysheet-harbour.csv");
/// What it adds up to, counted by others.
const EXPECTED: &str = include_str!("../../data/daysheet-harbour.expected.json");

/// The first lines of the sheet, the header being one.
fn first_lines(n: usize) -> String {
    SHEET.lines().take(n).map(|line| format!("{line}\n")).collect()
}
