// A shift: what its start and its stop state, which planned ones are offered, and when one that nobody stopped ends.
import type { Captured, DaySums, PlannedShift, Shift, ShiftState } from "../generated/contract";
import type { Place } from "./around";
import { addDays, instantOf, wallIn } from "./dates";

/** A shift under way. Its place is the one at its start; the worker may have moved on since. */
export interface Running extends Place {
  record: string;
  rev: number;
  /** Its service date. */
  day: string;
  /** Check-in. */
  since: Captured;
  /** Who else is out on it. */
  with: string[];
  /** Planned times, programme-local. */
  from?: string;
  until?: string;
  /** Sums of what was saved in it. */
  sums: DaySums;
}

/** What a shift's start or stop says of it. */
type Outing = Omit<Running, "record" | "rev" | "sums">;

/** Whose shift it is, and the catalogue that its codes are of. */
export interface Whose {
  worker: string;
  catalogue: number;
}

/** The body of a start or a stop; without `out` the tap that would have stopped it never came. */
export function shiftBody(outing: Outing, whose: Whose, state: ShiftState, tap?: Captured, out?: Captured): Shift {
  const { from, until } = outing;
  return {
    worker: whose.worker,
    catalogue: whose.catalogue,
    site: outing.site,
    service_date: outing.day,
    ...(tap === undefined ? {} : { captured: tap }),
    mode: outing.mode,
    setting: outing.setting,
    state,
    with: [...outing.with],
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    check_in: outing.since,
    ...(out === undefined ? {} : { check_out: out }),
  };
}

/** A shift that begins now, planned or not. */
export function outingOf(place: Place, day: string, since: Captured, plan?: PlannedShift): Outing {
  return {
    site: place.site,
    mode: place.mode,
    setting: place.setting,
    day,
    since,
    with: (plan?.with ?? []).map((one) => one.id),
    ...(plan?.from == null ? {} : { from: plan.from }),
    ...(plan?.until == null ? {} : { until: plan.until }),
  };
}

/** Planned shifts of a day, earliest first; not those of which this phone already says something. */
export function plannedFor(day: string, shifts: readonly PlannedShift[], said: ReadonlySet<string>): PlannedShift[] {
  return shifts.filter((one) => one.day === day && one.state === "planned" && !said.has(one.record));
}

/** Hours that a shift lasts at least before it ends by itself: one that begins shortly before the programme's hour goes on to the next day's. */
const LEAST_HOURS = 4;
const HOURS_OF_DAY = 24;

/**
 * When a shift ends that nobody stops: the first time after at least four hours that the programme's clock stands at `hour`. Begun at 19:40 it
 * ends at 06:00 the next morning, begun at 00:30 the same morning, begun at 05:30 a day later. Both are wall clocks of the programme.
 */
export function closesAt(began: string, hour: number): string {
  const [day = "", time = ""] = began.split("T");
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const earliest = hours + minutes / 60 + LEAST_HOURS;
  const days = Math.max(0, Math.ceil((earliest - hour) / HOURS_OF_DAY));
  return `${addDays(day, days)}T${String(hour).padStart(2, "0")}:00`;
}

/** Whether a shift should have ended by itself. */
export function isForgotten(since: Captured, zone: string, hour: number, now: number): boolean {
  return wallIn(zone, now) >= closesAt(wallIn(zone, instantOf(since)), hour);
}

/** Whole minutes between a check-in and now; a clock that was set back makes none. */
export function minutesOut(since: Captured, now: number): number {
  return Math.max(0, Math.floor((now - instantOf(since)) / 60_000));
}
