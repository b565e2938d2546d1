// From what was tapped about an overdose to its record. What was not answered is unknown.
import type { Answer, NoAmbulance, Outcome, OverdosePlace, RecordBody, ReportedBy } from "../../generated/contract";
import type { CommonBody } from "../around";
import { quantity } from "../draft";

/** An answer that can be tapped; none of them means unknown. */
export type YesNo = Exclude<Answer, "unknown">;

/** When it was, if not on the day of the form: a day, or any day of a month of which no more is known. */
export interface When {
  day: string;
  monthOnly: boolean;
}

/** What was tapped so far. */
export interface OverdoseTaps {
  place?: Exclude<OverdosePlace, "unknown"> | undefined;
  reportedBy?: ReportedBy | undefined;
  naloxone?: YesNo | undefined;
  /** Doses by item. */
  doses: Readonly<Record<string, number>>;
  ambulance?: YesNo | undefined;
  noAmbulance?: Exclude<NoAmbulance, "not_asked"> | undefined;
  police?: YesNo | undefined;
  outcome?: Exclude<Outcome, "unknown"> | undefined;
  gender?: string | undefined;
  ageBand?: string | undefined;
  when?: When | undefined;
}

const MAX_DOSES = 100;

/** Sets the doses of a product. */
export function setDoses(taps: OverdoseTaps, item: string, n: number): OverdoseTaps {
  return { ...taps, doses: quantity(taps.doses, item, Math.min(MAX_DOSES, n)) };
}

/** The record; undefined while nobody is named who tells of it, because no answer stands for "not known" there. */
export function overdoseOf(taps: OverdoseTaps, common: CommonBody): RecordBody | undefined {
  const { reportedBy, when } = taps;
  if (reportedBy === undefined) return undefined;
  const doses = taps.naloxone === "yes" ? Object.entries(taps.doses).map(([item, n]) => ({ item, n })) : [];
  return {
    kind: "overdose",
    body: {
      ...common,
      service_date: when?.day ?? common.service_date,
      precision: when?.monthOnly === true ? "month" : "day",
      place: taps.place ?? "unknown",
      reported_by: reportedBy,
      naloxone: taps.naloxone ?? "unknown",
      ...(doses.length > 0 ? { doses } : {}),
      ambulance: taps.ambulance ?? "unknown",
      ...(taps.ambulance === "no" && taps.noAmbulance !== undefined ? { no_ambulance: taps.noAmbulance } : {}),
      police: taps.police ?? "unknown",
      outcome: taps.outcome ?? "unknown",
      ...(taps.gender === undefined ? {} : { gender: taps.gender }),
      ...(taps.ageBand === undefined ? {} : { age_band: taps.ageBand }),
    },
  };
}

/** The first days of this month and those before it, newest first. */
export function monthsBack(today: string, n: number): string[] {
  const [year, month] = today.split("-").map(Number);
  return Array.from({ length: n }, (_, back) => new Date(Date.UTC(year ?? 0, (month ?? 1) - 1 - back, 1)).toISOString().slice(0, 10));
}
