// From what was tapped about an incident to its record: a stub that the supervisor follows up.
import type { Affects, RecordBody } from "../../generated/contract";
import type { CommonBody } from "../around";

/** How bad it was, from light to severe. */
export type Severity = "1" | "2" | "3";

/** What was tapped so far. */
export interface IncidentTaps {
  kinds: readonly string[];
  severity?: Severity | undefined;
  affects?: Affects | undefined;
  by: readonly string[];
  support: readonly string[];
}

/** Nothing tapped. */
export const NO_INCIDENT: IncidentTaps = { kinds: [], by: [], support: [] };

const MOST = 10;

/** The record; undefined while the kind or the severity is not said. */
export function incidentOf({ kinds, severity, affects, by, support }: IncidentTaps, common: CommonBody): RecordBody | undefined {
  if (kinds.length === 0 || severity === undefined) return undefined;
  return {
    kind: "incident",
    body: {
      ...common,
      ...(affects === undefined ? {} : { affects }),
      kinds: kinds.slice(0, MOST),
      ...(by.length > 0 ? { by: by.slice(0, MOST) } : {}),
      severity: Number(severity),
      ...(support.length > 0 ? { support: support.slice(0, MOST) } : {}),
      status: "open",
    },
  };
}
