// From what was tapped about a group to its record, and for whom the form is open.
import type { Catalogue, Group, Level, RecordBody, SessionType } from "../../generated/contract";
import type { CommonBody } from "../around";
import { linesOf } from "../contact";
import { NOTHING_GIVEN, type Given } from "../draft";
import { mayLead } from "../validation-record";
import { together } from "./people";

/** What was tapped so far. */
export interface GroupTaps extends Given {
  session: SessionType;
  topics: readonly string[];
  /** People who took part, as typed; those on the grid count at least. */
  typed: number;
  groups: readonly Group[];
  facilitators: readonly string[];
}

/** Nothing tapped. */
export const NO_GROUP: GroupTaps = { ...NOTHING_GIVEN, session: "group", topics: [], typed: 0, groups: [], facilitators: [] };

/** Kinds of session, in the order of the form. */
export const SESSIONS: readonly SessionType[] = ["group", "mentoring"];

/** Most people of a session. */
export const MAX_PEOPLE = 5_000;

/** People who took part. */
export function attendeesOf(taps: GroupTaps): number {
  return Math.max(taps.typed, together(taps.groups));
}

/** Sets how many took part; never fewer than the grid has. */
export function setAttendees(taps: GroupTaps, n: number): GroupTaps {
  return { ...taps, typed: Math.max(n, together(taps.groups)) };
}

/** What a worker may record: nothing, groups, or the mentoring of other peers too. */
export function sessionsOf(level: Level | undefined): readonly SessionType[] {
  return level === undefined ? [] : SESSIONS.filter((session) => mayLead(session, level));
}

/** The record; undefined while nobody took part. */
export function groupOf(taps: GroupTaps, common: CommonBody, catalogue: Catalogue): RecordBody | undefined {
  const attendees = attendeesOf(taps);
  if (attendees === 0) return undefined;
  const lines = linesOf(taps, catalogue);
  return {
    kind: "group_session",
    body: {
      ...common,
      session: taps.session,
      ...(taps.topics.length > 0 ? { topics: [...taps.topics] } : {}),
      ...(taps.facilitators.length > 0 ? { facilitators: taps.facilitators.slice(0, 10) } : {}),
      attendees,
      ...(taps.groups.length > 0 ? { groups: [...taps.groups] } : {}),
      ...(lines.length > 0 ? { lines } : {}),
    },
  };
}
