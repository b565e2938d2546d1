// The plan of a week: its days, what stands on each, how many were held, and what a new plan must say.
import type { FieldError, Mode, NewShift, Setting, ShiftState, ShiftView } from "../../generated/contract";
import { addDays } from "../dates";

/** A day of the week with its shifts, earliest first; hours that are open come last. */
export interface PlanDay {
  day: string;
  shifts: ShiftView[];
}

const begins = (shift: ShiftView): string => `${shift.from ?? "99"} ${shift.handle}`;

/** The seven days from a Monday. */
export function week(monday: string, shifts: readonly ShiftView[]): PlanDay[] {
  return Array.from({ length: 7 }, (_, n) => addDays(monday, n)).map((day) => ({
    day,
    shifts: shifts.filter((shift) => shift.day === day).sort((a, b) => (begins(a) < begins(b) ? -1 : 1)),
  }));
}

/** How many shifts are in each state; a state without any is left out. */
export function byState(shifts: readonly ShiftView[]): [ShiftState, number][] {
  const order: readonly ShiftState[] = ["done", "started", "planned", "missed", "cancelled"];
  return order.map((state): [ShiftState, number] => [state, shifts.filter((shift) => shift.state === state).length]).filter(([, n]) => n > 0);
}

/** A plan while it is being typed. */
export interface PlanDraft {
  workers: readonly string[];
  day: string;
  site: string;
  mode: Mode | "";
  setting: Setting;
  from: string;
  until: string;
}

/** How many one plan can name. */
const MOST_WORKERS = 10;

/** How they go out: as chosen; before that two or more are together, and nobody is sent alone by default. */
export function modeOf(draft: PlanDraft): Mode {
  if (draft.mode !== "") return draft.mode;
  return draft.workers.length > 1 ? "pair" : "with_staff";
}

const timeOf = (typed: string): string | null => (typed === "" ? null : `${typed.slice(0, 5)}:00`);

/** The body that is sent. */
export function planOf(draft: PlanDraft): NewShift {
  const { workers, day, site, setting, from, until } = draft;
  return { workers: [...workers], day, site, mode: modeOf(draft), setting, from: timeOf(from), until: timeOf(until) };
}

/** What the form must refuse, with the server's paths and codes. */
export function planProblems(draft: PlanDraft, today: string): FieldError[] {
  const found: FieldError[] = [];
  if (draft.workers.length === 0) found.push({ path: "workers", code: "required" });
  if (draft.workers.length > MOST_WORKERS) found.push({ path: "workers", code: "length" });
  if (draft.day === "") found.push({ path: "day", code: "required" });
  else if (draft.day < today) found.push({ path: "day", code: "past" });
  if (draft.site === "") found.push({ path: "site", code: "required" });
  return found;
}
