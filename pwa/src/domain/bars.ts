// The bars of the worker's own figures: contacts by day of this week, and by week.
import type { OwnWeek } from "../generated/contract";
import { addDays } from "./dates";

/** A bar: a date, and how many; none for a day that is still to come. */
export interface DayBar {
  day: string;
  n: number | undefined;
}

interface DaySum {
  day: string;
  sums: { contacts: number };
}

/** The seven days of the week that begins on a Monday. */
export function weekBars(rows: readonly DaySum[], monday: string, today: string): DayBar[] {
  return Array.from({ length: 7 }, (_, n) => addDays(monday, n)).map((day) => ({
    day,
    n: day > today ? undefined : (rows.find((row) => row.day === day)?.sums.contacts ?? 0),
  }));
}

/** The last weeks by their Mondays; of this one the phone knows more than the server. */
export function weeksBars(weeks: readonly OwnWeek[], monday: string, now: number): DayBar[] {
  return weeks.map(({ start, sums }) => ({ day: start, n: start === monday ? now : sums.contacts }));
}

/** Least height of a bar that is not zero, so that one of many can be seen. */
const LEAST = 4;

/** Heights from 0 to 100; the greatest number fills the height. */
export function heights(bars: readonly DayBar[]): number[] {
  const most = Math.max(0, ...bars.map(({ n }) => n ?? 0));
  return bars.map(({ n = 0 }) => (n === 0 ? 0 : Math.max(LEAST, Math.round((n / most) * 100))));
}
