// What a list says of a record of each kind.
import { describe, expect, it } from "vitest";
import { KINDS } from "../../src/domain/console/fields";
import { ICON_OF, summaryOf, type Part } from "../../src/domain/console/summary";
import type { RecordBody } from "../../src/generated/contract";
import { ICONS } from "../../src/ui/kit/icons";
import { RECORDS } from "./samples";

/** A part in short. */
function short(part: Part): string {
  switch (part.is) {
    case "enum":
      return part.value;
    case "code":
      return part.code;
    case "item":
      return `${part.n} × ${part.code}`;
    case "count":
      return `${part.n} ${part.of}`;
    case "field":
      return `${part.label}: ${short(part.value)}`;
    case "to":
      return `to ${part.services.join("+")}`;
    case "money":
      return `${part.amount} ${part.currency}`;
    case "hours":
      return `${part.from ?? ""}–${part.until ?? ""}`;
    case "due":
      return `due ${part.day}`;
    case "people":
      return `with ${part.ids.join("+")}`;
    case "slip":
      return `slip ${part.slip}`;
    case "nothing":
      return "talk only";
  }
}

const said = (record: RecordBody): string[] => {
  const { main, more } = summaryOf(record);
  return [main.map(short).join(", "), more.map(short).join(", ")];
};

describe("the summary", () => {
  it.each([
    ["contact", "man, 25-34, returning", "10 × ns_1ml, 1 × naloxone_nasal, 40 back, to hiv_test"],
    ["tally_sheet", "30 contacts", "90 × ns_1ml"],
    ["group_session", "group, 8 attendees", "safer_use"],
    ["overdose", "recovered, naloxone: yes, 2 doses", "home, ambulance: no, police: no"],
    ["incident", "theft, 2, open", "worker, police, due 2026-06-12"],
    ["collection", "40 × used_syringe", "weighed"],
    ["referral", "hiv_test, attended", "accompanied, clinic, slip 7KQ2M9"],
    ["referral_event", "hiv_test, completed", "provider, slip 7KQ2M9"],
    ["shift", "started, pair", "19:30:00–01:00:00, with w2"],
    ["debrief", "talk: today", "heavy: death"],
    ["expense", "1250 EUR, transport", "submitted"],
    ["stock_move", "100 × ns_1ml", "issue, stock_from: store, stock_to: bag"],
    ["answer", "yes", ""],
  ] as const)("of %s", (kind, main, more) => expect(said(RECORDS[kind])).toEqual([main, more]));

  it("of a contact with nothing given says so", () => {
    const body = { ...RECORDS.contact.body, lines: [], referrals: [] };
    expect(said({ kind: "contact", body })[1]).toBe("talk only");
  });
  it("of a debrief never tells the mood", () => {
    const told = (mood: number) => said({ kind: "debrief", body: { ...RECORDS.debrief.body, mood } });
    expect(told(1)).toEqual(told(5));
  });
  it("has an icon of its own for every kind", () => {
    expect(KINDS.filter((kind) => !(ICON_OF[kind] in ICONS))).toEqual([]);
    expect(new Set(Object.values(ICON_OF)).size).toBe(KINDS.length);
  });
});
