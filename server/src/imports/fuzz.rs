//! What a day sheet of any bytes must keep to; run by the fuzzing target and, over its seeds, by tests.

use std::collections::{BTreeSet, HashMap};

use rounds_shared::record::{Contact, RecordBody};
use rounds_shared::validation::check_contact;
use uuid::Uuid;

use super::row::{Known, Row, rows};
use super::sheet::Sheet;
use crate::fuzzing::WORLD;

/// The only worker whom the sheet may name when none is made.
const WORKER: Uuid = Uuid::from_u128(4);

/// A sheet. The first byte says whether unknown workers and sites would be made, the rest is the file.
///
/// # Panics
/// When the outcome breaks a promise.
pub fn sheet(data: &[u8]) {
    let Some((shape, file)) = data.split_first() else { return };
    let handles = HashMap::from([("amina".to_owned(), WORKER)]);
    let known = Known {
        catalogue: &WORLD.catalogue,
        handles: &handles,
        create: shape & 1 != 0,
        today: WORLD.today,
    };
    let breaks = file.iter().filter(|byte| **byte == b'\n').count();
    let mut sheet = match Sheet::read(file, known.catalogue) {
        Ok(sheet) => sheet,
        Err(errors) => {
            assert!(!errors.is_empty(), "a header was refused for nothing");
            return;
        }
    };
    for pair in sheet.lines.windows(2) {
        assert!(
            pair.first().map(|line| line.number) <= pair.last().map(|line| line.number),
            "lines go backwards"
        );
    }
    for number in sheet
        .lines
        .iter()
        .map(|line| line.number)
        .chain(sheet.errors.iter().map(|error| error.line))
    {
        assert!(number <= breaks as u64 + 1, "line {number} of a file of {} lines", breaks + 1);
    }
    let (good, bad) = rows(&sheet, known);
    let refused: BTreeSet<u64> = bad.iter().map(|error| error.line).collect();
    let taken: BTreeSet<u64> = good.iter().map(|row| row.line).collect();
    for line in &sheet.lines {
        assert!(
            taken.contains(&line.number) || refused.contains(&line.number),
            "line {} is lost",
            line.number
        );
    }
    assert!(good.len() <= sheet.lines.len());
    let ids: BTreeSet<&str> = good.iter().map(|row| row.record_id.as_str()).collect();
    assert_eq!(ids.len(), good.len(), "a record id is taken twice");
    for row in &good {
        whole(row, known);
    }
    turned(&mut sheet, known, &good);
}

/// A row that is taken is a record that may be stored, and reads back as it is.
fn whole(row: &Row, known: Known<'_>) {
    let contact = row.contact(WORKER, known.catalogue.version);
    let errors = check_contact(&contact, known.catalogue, known.today);
    let unknown_site = known.catalogue.site(row.site()).is_none();
    assert!(
        errors.iter().all(|error| error.path == "site" && unknown_site && known.create),
        "line {} is taken in spite of {errors:?}",
        row.line
    );
    let body = RecordBody::from(contact.clone());
    let back = body.to_value().ok().and_then(|value| serde_json::from_value::<Contact>(value).ok());
    assert_eq!(back.as_ref(), Some(&contact));
}

/// The order of the columns changes nothing about a row.
fn turned(sheet: &mut Sheet, known: Known<'_>, good: &[Row]) {
    sheet.columns.reverse();
    for line in &mut sheet.lines {
        line.cells.reverse();
    }
    let (again, _) = rows(sheet, known);
    let said = |rows: &[Row]| -> Vec<(u64, String, Vec<u8>)> {
        rows.iter()
            .map(|row| (row.line, row.worker.clone(), row.canonical.clone()))
            .collect()
    };
    assert_eq!(said(&again), said(good), "the order of the columns matters");
}
