// From what was tapped on a bulk sheet to its record.
import type { Catalogue, Group, RecordBody } from "../../generated/contract";
import type { CommonBody } from "../around";
import { linesOf } from "../contact";
import { NOTHING_GIVEN, type Given } from "../draft";
import { together } from "./people";

/** What was tapped so far. */
export interface SheetTaps extends Given {
  /** Contacts, as typed; those on the grid count at least. */
  typed: number;
  groups: readonly Group[];
}

/** Nothing tapped. */
export const NO_SHEET: SheetTaps = { ...NOTHING_GIVEN, typed: 0, groups: [] };

/** Most contacts of a sheet. */
export const MAX_CONTACTS = 5_000;

/** Contacts of the sheet. */
export function contactsOf({ typed, groups }: SheetTaps): number {
  return Math.max(typed, together(groups));
}

/** The record; undefined while it says nothing. */
export function sheetOf(taps: SheetTaps, common: CommonBody, catalogue: Catalogue): RecordBody | undefined {
  const [contacts, lines] = [contactsOf(taps), linesOf(taps, catalogue)];
  if (contacts === 0 && lines.length === 0) return undefined;
  return {
    kind: "tally_sheet",
    body: {
      ...common,
      contacts,
      ...(taps.groups.length === 0 ? {} : { groups: [...taps.groups] }),
      ...(lines.length === 0 ? {} : { lines }),
    },
  };
}
