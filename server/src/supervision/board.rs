//! The team board: today, this week, last sync, gaps and what waits in quarantine, per worker.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use rounds_shared::auth::Role;
use rounds_shared::console::{BackupState, Board, BoardRow, BoardSums, DeviceGap};
use rounds_shared::ids::{DeviceId, WorkerId};
use uuid::Uuid;

use super::store::{self, DayFigure, Phone};
use crate::db::{Db, StoreError};
use crate::people::{self, Person, Reach};
use crate::sync::missing_ranges;
use crate::tallies::measure;
use crate::wiring::instant;

/// Whose board at what time.
#[derive(Debug, Clone)]
pub struct BoardRequest {
    /// Programme.
    pub programme: Uuid,
    /// Its time zone.
    pub tz: Tz,
    /// Whom the asker may see.
    pub reach: Reach,
    /// Whose wellbeing is the asker's business.
    pub own_team: Vec<Uuid>,
    /// Now.
    pub now: DateTime<Utc>,
    /// How old the newest checked backup is.
    pub backup: BackupState,
    /// Since when the figures are known to differ from the records.
    pub drift_at: Option<DateTime<Utc>>,
}

/// The board of a team.
///
/// # Errors
/// [`StoreError`] of the database.
pub async fn board(db: &Db, request: BoardRequest) -> Result<Board, StoreError> {
    let today = request.now.with_timezone(&request.tz).date_naive();
    let (week_start, week_end) = iso_week(today);
    let tx = db.snapshot().await?;
    let everybody = people::all(&tx, request.programme).await?;
    let in_team = |person: &Person| person.role == Role::Peer && request.reach.covers(person.id);
    let team: Vec<Person> = everybody.into_iter().filter(in_team).collect();
    let ids: Vec<Uuid> = team.iter().map(|worker| worker.id).collect();
    let figures = store::figures(&tx, request.programme, (week_start, week_end), &ids).await?;
    let phones = store::phones(&tx, request.programme, &ids).await?;
    let waiting = store::waiting(&tx, request.programme, &ids).await?;
    let shifts = store::shifts_on(&tx, request.programme, &ids, today).await?;
    let own: Vec<Uuid> = ids.iter().copied().filter(|id| request.own_team.contains(id)).collect();
    let signals = store::signals(&tx, request.programme, &own, today).await?;
    tx.commit().await?;
    let sums = by_worker(&figures, today);
    let mut board = Board {
        today,
        week_start,
        now: request.now,
        rows: Vec::with_capacity(team.len()),
        total_today: BoardSums::default(),
        total_week: BoardSums::default(),
        backup: request.backup,
        drift_at: request.drift_at,
    };
    for worker in team {
        let (today, week) = sums.get(&worker.id).copied().unwrap_or_default();
        add_sums(&mut board.total_today, today);
        add_sums(&mut board.total_week, week);
        let phones = phones.get(&worker.id).map_or(&[][..], Vec::as_slice);
        // Somebody who left is listed as long as there is something of theirs to see.
        if worker.has_left() && week == BoardSums::default() {
            continue;
        }
        board.rows.push(BoardRow {
            worker: WorkerId(worker.id),
            handle: worker.handle,
            level: worker.level,
            status: worker.status,
            today,
            week,
            last_sync: phones.iter().filter_map(|p| p.last_push_at).max().map(instant),
            gaps: phones.iter().filter_map(gap).collect(),
            quarantined: waiting.get(&worker.id).copied().unwrap_or(0),
            shift_today: shifts.get(&worker.id).copied(),
            talk: signals.get(&worker.id).and_then(|signal| signal.talk),
            heavy: signals.get(&worker.id).and_then(|signal| signal.heavy),
        });
    }
    Ok(board)
}

/// Monday and Sunday of the ISO week of a date.
fn iso_week(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
    (monday, monday + Days::new(6))
}

fn gap(phone: &Phone) -> Option<DeviceGap> {
    let missing = missing_ranges(&phone.received, phone.high);
    (!missing.is_empty()).then_some(DeviceGap {
        device: DeviceId(phone.id),
        missing,
        high: phone.high,
    })
}

fn by_worker(figures: &[DayFigure], today: NaiveDate) -> HashMap<Uuid, (BoardSums, BoardSums)> {
    let mut sums: HashMap<Uuid, (BoardSums, BoardSums)> = HashMap::new();
    for figure in figures {
        let (day, week) = sums.entry(figure.worker).or_default();
        add_measure(week, &figure.measure, figure.n);
        if figure.day == today {
            add_measure(day, &figure.measure, figure.n);
        }
    }
    sums
}

fn add_measure(to: &mut BoardSums, measure: &str, n: i64) {
    match measure {
        measure::CONTACTS => to.sums.contacts += n,
        measure::NEW => to.sums.new_contacts += n,
        measure::SYRINGES_OUT => to.sums.syringes_out += n,
        measure::SYRINGES_IN => to.sums.syringes_in += n,
        measure::NALOXONE_KITS => to.sums.naloxone_kits += n,
        measure::REFERRALS => to.referrals += n,
        _ => {}
    }
}

fn add_sums(to: &mut BoardSums, more: BoardSums) {
    to.sums.contacts += more.sums.contacts;
    to.sums.new_contacts += more.sums.new_contacts;
    to.sums.syringes_out += more.sums.syringes_out;
    to.sums.syringes_in += more.sums.syringes_in;
    to.sums.naloxone_kits += more.sums.naloxone_kits;
    to.referrals += more.referrals;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_runs_from_monday_to_sunday_over_the_new_year() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(iso_week(day("2026-06-09")), (day("2026-06-08"), day("2026-06-14")));
        assert_eq!(iso_week(day("2027-01-03")), (day("2026-12-28"), day("2027-01-03")));
        assert_eq!(iso_week(day("2026-12-28")), (day("2026-12-28"), day("2027-01-03")));
    }

    #[test]
    fn today_is_part_of_the_week_and_other_days_are_not_part_of_today() {
        let worker = Uuid::from_u128(1);
        let figure = |day: &str, measure: &str, n| DayFigure {
            worker,
            day: day.parse().unwrap(),
            measure: measure.to_owned(),
            n,
        };
        let figures = [
            figure("2026-06-08", measure::CONTACTS, 4),
            figure("2026-06-09", measure::CONTACTS, 3),
            figure("2026-06-09", measure::REFERRALS, 2),
        ];
        let sums = by_worker(&figures, "2026-06-09".parse().unwrap());
        let (today, week) = sums[&worker];
        assert_eq!((today.sums.contacts, today.referrals), (3, 2));
        assert_eq!((week.sums.contacts, week.referrals), (7, 2));
    }

    #[test]
    fn a_phone_that_sent_58_but_for_one_shows_the_one() {
        let phone = Phone {
            id: Uuid::nil(),
            last_push_at: None,
            received: vec![[1, 40], [42, 58]],
            high: 58,
        };
        let found = gap(&phone).unwrap();
        assert_eq!((found.missing, found.high), (vec![[41, 41]], 58));
        assert_eq!(
            gap(&Phone {
                received: vec![[1, 58]],
                ..phone
            }),
            None
        );
    }
}
