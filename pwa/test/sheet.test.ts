// From the taps of a bulk sheet to its record.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Catalogue } from "../src/generated/contract";
import { setBack, setOut } from "../src/domain/draft";
import { addOne } from "../src/domain/forms/people";
import { contactsOf, NO_SHEET, sheetOf } from "../src/domain/forms/sheet";
import { sumsOf } from "../src/domain/sums";
import { checkRecord } from "../src/domain/validation-record";

const { catalogue } = JSON.parse(readFileSync(new URL("../../shared/corpus/records.json", import.meta.url), "utf8")) as { catalogue: Catalogue };
const common = {
  worker: "0197a3c0-0000-7000-8000-000000000004",
  catalogue: 3,
  site: "market",
  service_date: "2026-06-09",
  captured: { local: "2026-06-09T21:14:05", offset_minutes: 60 },
  mode: "pair",
  setting: "street",
} as const;

it("counts what was typed, and at least those on the grid", () => {
  const groups = addOne(addOne([], "man", "25-34"), "man", "25-34");
  expect([contactsOf({ ...NO_SHEET, typed: 12, groups }), contactsOf({ ...NO_SHEET, typed: 1, groups })]).toEqual([12, 2]);
});

it("is a valid record of its contacts, groups and lines, and adds them to the day", () => {
  const groups = addOne(addOne([], "man", "25-34"), "woman", "unknown");
  const taps = setBack(setOut({ ...NO_SHEET, typed: 12, groups }, "ns_1ml", 120), "used_syringe", 300);
  const record = sheetOf(taps, common, catalogue)!;
  expect(checkRecord(record, catalogue, "2026-06-09")).toEqual([]);
  expect(record).toMatchObject({ kind: "tally_sheet", body: { contacts: 12, groups: [{ n: 1 }, { n: 1 }], lines: [{ quantity: 120 }, { quantity: 300, method: "reported" }] } });
  expect(sumsOf(record, catalogue)).toEqual({ contacts: 12, new_contacts: 0, syringes_out: 120, syringes_in: 300, naloxone_kits: 0 });
});

it("without a tap is no record; with things alone it is one", () => {
  expect(sheetOf(NO_SHEET, common, catalogue)).toBeUndefined();
  expect(sheetOf(setOut(NO_SHEET, "condom", 30), common, catalogue)?.body).toMatchObject({ contacts: 0 });
});
