// The worker's own part of a pull, whatever the server's version: what it doesn't say is empty.
import type { Colleague, Own, PlannedShift } from "../generated/contract";
import { ZERO } from "./sums";

/** The part with every field. A server that says nothing of figures answers none, which is not zero. */
export type KnownOwn = Omit<Own, "month" | "weeks" | "bag"> & { figures: Pick<Own, "month" | "weeks" | "bag"> | undefined };

/** Reads the part. */
export function knownOwn(given: Partial<Own> | undefined): KnownOwn {
  const { level, supervisor, shifts = [], colleagues = [], thanks = [], qualifications = [], settled = [], weeks = [], bag = [], month } = given ?? {};
  return {
    level: level ?? null,
    supervisor: supervisor ?? null,
    shifts,
    colleagues,
    thanks,
    qualifications,
    settled,
    figures: month === undefined ? undefined : { month: { ...ZERO, ...month }, weeks, bag },
  };
}

/** The part without the handles of those who use the same phone: who takes it learns of them a number only, and so do they of each other. */
export function unnamed<T extends Pick<Own, "colleagues" | "shifts">>(own: T, here: ReadonlySet<string>): T {
  const colleague = (one: Colleague): Colleague => (here.has(one.id) ? { ...one, handle: "" } : one);
  const shift = (one: PlannedShift): PlannedShift => (one.with == null ? one : { ...one, with: one.with.map(colleague) });
  return { ...own, colleagues: own.colleagues.map(colleague), shifts: own.shifts.map(shift) };
}

/** Shifts from today on that are to be held or were called off. */
export function nextShifts(shifts: readonly PlannedShift[], today: string): PlannedShift[] {
  return shifts.filter(({ day, state }) => day >= today && (state === "planned" || state === "cancelled"));
}

/** Days before it ends in which a qualification is said to end soon. */
const SOON_DAYS = 30;

/** Whether a qualification holds on, ends soon or has ended. */
export function validity(expires: string | null | undefined, today: string): "holds" | "soon" | "ended" {
  if (expires == null) return "holds";
  const left = (Date.parse(expires) - Date.parse(today)) / 86_400_000;
  return left < 0 ? "ended" : left <= SOON_DAYS ? "soon" : "holds";
}
