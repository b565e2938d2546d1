// What the board says about a phone whose numbers have holes, and how long ago it spoke to the server.
import type { BoardRow, DeviceGap, QuestionView } from "../../generated/contract";

/** A hole in words that a person can read out: `41`, or `41–43, 50`, of how many numbers. */
export interface GapText {
  missing: string;
  high: number;
  count: number;
}

/** The missing numbers of one phone. */
export function gapText(gap: DeviceGap): GapText {
  const missing = gap.missing.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(", ");
  const count = gap.missing.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  return { missing, high: gap.high, count };
}

/** How long ago, in the unit that a person would use. */
export interface Ago {
  value: number;
  unit: "minute" | "hour" | "day";
}

const MINUTE = 60_000;

/** Time between two instants; a clock that runs ahead counts as now. */
export function ago(now: string, then: string): Ago {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(then)) / MINUTE));
  if (minutes < 60) return { value: minutes, unit: "minute" };
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? { value: hours, unit: "hour" } : { value: Math.floor(hours / 24), unit: "day" };
}

/** What waits for the supervisor. */
export interface Needs {
  /** Workers who want to talk or met something heavy. */
  people: BoardRow[];
  /** Questions that were answered. */
  answered: QuestionView[];
  /** Holes in what phones sent. */
  gaps: number;
  /** Records in quarantine. */
  quarantined: number;
}

/** What waits for the supervisor, of the board and of the questions that are open. */
export function needs(rows: readonly BoardRow[], questions: readonly QuestionView[]): Needs {
  const heavy = (row: BoardRow): boolean => row.heavy != null && row.heavy !== "none";
  const talk = (row: BoardRow): boolean => row.talk != null && row.talk !== "no";
  // Who wants to talk today comes first.
  const first = (row: BoardRow): number => (row.talk === "today" ? 0 : 1);
  return {
    people: rows.filter((row) => talk(row) || heavy(row)).sort((a, b) => first(a) - first(b)),
    answered: questions.filter(({ answers, closed }) => answers.length > 0 && !closed),
    gaps: rows.reduce((sum, row) => sum + row.gaps.length, 0),
    quarantined: rows.reduce((sum, row) => sum + row.quarantined, 0),
  };
}
