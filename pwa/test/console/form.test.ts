// A correction of any kind states what it was opened with, says exactly what changed, keeps the client code, and gives way to
// what others changed meanwhile.
import { describe, expect, it } from "vitest";
import { homeless, ownPath, problemsOf } from "../../src/domain/console/checks";
import { ENUMS } from "../../src/domain/console/enums";
import { fieldsOf, KINDS, labelOf, type FieldSpec } from "../../src/domain/console/fields";
import { changed, correctionOf, draftOf, freshRow, isShown, measuredQuantity, rebased, recordOf, rowsOf, settingOf, withTest, type Draft } from "../../src/domain/console/form";
import type { Contact, RecordBody } from "../../src/generated/contract";
import kinds from "../../src/i18n/en/console/kinds";
import { CATALOGUE, RECORDS } from "./samples";

const TODAY = "2026-06-09";
const setting = (record: RecordBody) => settingOf(record, CATALOGUE, TODAY);
const names = (fields: FieldSpec[]): string[] => fields.map((field) => field.name);

/** The record that a form states after a change. */
function after(record: RecordBody, change: Draft): RecordBody {
  return recordOf(record, { ...draftOf(record), ...change }, 3, setting(record));
}

/** A value of the body that a form states. */
function said(record: RecordBody, change: Draft, name: string): unknown {
  return (after(record, change).body as unknown as Record<string, unknown>)[name];
}

describe.each(KINDS)("a correction of %s", (kind) => {
  const record = RECORDS[kind];
  it("that touches nothing states the same record", () => {
    expect(recordOf(record, draftOf(record), 2, setting(record))).toEqual(record);
    expect(changed(record, after(record, {}))).toEqual([]);
    expect(problemsOf(fieldsOf(kind), draftOf(record), "why", setting(record))).toEqual([]);
  });
  it("has words for every field, row and value", () => {
    const check = (fields: readonly FieldSpec[]): string[] =>
      fields.flatMap((field) => [
        `field_${labelOf(field)}`,
        ...(field.type === "enum" ? ENUMS[field.of].map((value) => `${field.of}_${value}`) : []),
        ...(field.type === "rows" ? [`row_${field.row}`, `add_${field.row}`] : []),
        ...(field.type === "rows" || field.type === "one" ? check(field.of) : []),
      ]);
    expect([`kind_${kind}`, ...check(fieldsOf(kind))].filter((key) => !(key in kinds) && !/^(?:status|level)_/u.test(key))).toEqual([]);
  });
  it.each(fieldsOf(kind).filter((field) => field.type === "enum").map((field) => field.name))("changes %s alone", (name) => {
    const field = fieldsOf(kind).find((one) => one.name === name)!;
    const other = field.type === "enum" ? ENUMS[field.of].find((value) => value !== draftOf(record)[name])! : "";
    const fields = names(changed(record, after(record, { [name]: other })));
    expect(fields).toContain(name);
    expect(fields.filter((one) => one !== name && !["doses", "no_ambulance", "measured"].includes(one))).toEqual([]);
  });
});

describe("a correction", () => {
  const { contact } = RECORDS;
  it("never states a client code, whatever the record held", () => {
    const held: RecordBody = { kind: "contact", body: { ...contact.body, code: { set: "MOM0865" } } };
    const body = correctionOf(held, draftOf(held), 3, setting(held), 4, "typed twice");
    expect(JSON.stringify(body)).not.toContain("MOM0865");
    expect(body.record.body).toMatchObject({ code: "keep" });
  });
  it("carries revision, trimmed reason and the catalogue that the form offered", () => {
    const body = correctionOf(contact, { ...draftOf(contact), site: "old_port" }, 3, setting(contact), 4, "  wrong place ");
    expect(body).toEqual({ rev: 4, reason: "wrong place", record: { kind: "contact", body: { ...contact.body, site: "old_port", catalogue: 3 } } });
    expect(names(changed(contact, body.record))).toEqual(["site"]);
  });
  it("treats an absent list, null and an empty list as the same", () => {
    const { topics, for_others, ...rest } = contact.body;
    expect([topics, for_others]).toEqual([[], 0]);
    const body: Contact = { ...rest, referrals: [{ ...contact.body.referrals![0]!, provider: null }] };
    expect(changed({ kind: "contact", body }, contact)).toEqual([]);
  });
  it("leaves out what another answer rules out, and brings it back", () => {
    const { overdose } = RECORDS;
    expect(said(overdose, { naloxone: "unknown" }, "doses")).toBeUndefined();
    expect(said(overdose, { ambulance: "yes" }, "no_ambulance")).toBeUndefined();
    expect(said(overdose, { ambulance: "no" }, "no_ambulance")).toBe("police");
  });
  it("reads money, hours and scales as the contract writes them", () => {
    expect([said(RECORDS.expense, { amount: "7,5" }, "amount"), said(RECORDS.expense, { amount: "0.29" }, "amount")]).toEqual([750, 29]);
    expect([said(RECORDS.shift, { from: "20:15" }, "from"), said(RECORDS.shift, { until: "" }, "until")]).toEqual(["20:15:00", undefined]);
    expect([said(RECORDS.incident, { severity: "3" }, "severity"), said(RECORDS.debrief, { mood: "" }, "mood")]).toEqual([3, undefined]);
  });
  it("closes a shift by the clock that the record was made with, and keeps the seconds of one that was there", () => {
    expect(said(RECORDS.shift, { check_out: "2026-06-10T00:50" }, "check_out")).toEqual({ local: "2026-06-10T00:50:00", offset_minutes: 180 });
    expect(said(RECORDS.shift, {}, "check_in")).toEqual({ local: "2026-06-09T19:41:12", offset_minutes: 180 });
  });
});

describe("lines", () => {
  const { contact } = RECORDS;
  const [out, naloxone, back] = rowsOf(draftOf(contact), "lines");
  const field = fieldsOf("contact").find((one) => one.name === "lines")!;
  const fields = field.type === "rows" ? field.of : [];
  it("compute a measured return by rounding half up", () => {
    expect(measuredQuantity(fields, back!)).toBe(40);
    expect(measuredQuantity(fields, { ...back!, measured: { value: "0.5", unit: "kg", factor: "5" } })).toBe(3);
    expect(measuredQuantity(fields, { ...back!, measured: { value: "0.5", unit: "kg", factor: "" } })).toBeUndefined();
    expect(measuredQuantity(fields, { ...back!, method: "counted" })).toBeUndefined();
  });
  it("drop what does not go with their way", () => {
    const lines = [{ ...naloxone!, direction: "in" }, { ...back!, direction: "out" }, { ...naloxone!, item: "ns_1ml" }];
    expect(said(contact, { lines }, "lines")).toEqual([
      { item: "naloxone_nasal", direction: "in", quantity: 1, method: "reported" },
      { item: "used_syringe", direction: "out", quantity: 40 },
      { item: "ns_1ml", direction: "out", quantity: 1 },
    ]);
  });
  it.each(["", "0", "-1", "1.5", "100001", "ten"])("refuse the quantity %j", (quantity) => {
    const draft = { ...draftOf(contact), lines: [{ ...out!, quantity }] };
    expect(problemsOf(fieldsOf("contact"), draft, "reason", setting(contact))).toEqual([{ path: "lines[0].quantity", code: "range" }]);
  });
  it("begin as an item that is offered", () => {
    expect(freshRow(fields, CATALOGUE)).toMatchObject({ item: "ns_1ml", direction: "out", quantity: "1", reason: "" });
    const doses = fieldsOf("overdose").find((one) => one.name === "doses")!;
    expect(doses.type === "rows" && freshRow(doses.of, CATALOGUE)).toEqual({ item: "naloxone_nasal", n: "1" });
  });
  it("ask why for naloxone alone", () => {
    const why = fields.find((one) => one.name === "reason")!;
    expect([naloxone!, out!].map((line) => isShown(why, line, setting(contact).naloxone))).toEqual([true, false]);
  });
});

describe("what the form refuses", () => {
  it.each([
    ["contact", { service_date: "2026-06-10" }, "why", { path: "service_date", code: "future" }],
    ["contact", { service_date: "" }, "why", { path: "service_date", code: "required" }],
    ["contact", { for_others: "100" }, "why", { path: "for_others", code: "range" }],
    ["contact", {}, " no ", { path: "reason", code: "length" }],
    ["contact", {}, "x".repeat(201), { path: "reason", code: "length" }],
    ["incident", { kinds: [] }, "why", { path: "kinds", code: "required" }],
    ["stock_move", { lines: [] }, "why", { path: "lines", code: "required" }],
    ["expense", { amount: "0" }, "why", { path: "amount", code: "range" }],
    ["expense", { amount: "1.255" }, "why", { path: "amount", code: "range" }],
    ["expense", { currency: "E" }, "why", { path: "currency", code: "length" }],
    ["collection", { quantity: "0", method: "counted" }, "why", { path: "quantity", code: "range" }],
    ["collection", { measured: { value: "2", unit: "kg", factor: "" } }, "why", { path: "measured", code: "required" }],
    ["overdose", { doses: [{ item: "naloxone_nasal", n: "101" }] }, "why", { path: "doses[0].n", code: "range" }],
    ["tally_sheet", { groups: [{ gender: "man", age_band: "25-34", n: "" }] }, "why", { path: "groups[0].n", code: "range" }],
    ["referral", { referral: { service: "", way: "told", status: "issued" } }, "why", { path: "referral.service", code: "required" }],
  ] as const)("of a %s %j with the reason %j", (kind, change, reason, error) => {
    const record = RECORDS[kind];
    expect(problemsOf(fieldsOf(kind), { ...draftOf(record), ...change }, reason, setting(record))).toEqual([error]);
  });
  it("is no planned shift ahead, and nothing that is not shown", () => {
    const { shift, overdose } = RECORDS;
    expect(problemsOf(fieldsOf("shift"), { ...draftOf(shift), service_date: "2026-07-01" }, "why", setting(shift))).toEqual([]);
    expect(problemsOf(fieldsOf("overdose"), { ...draftOf(overdose), naloxone: "no", doses: [{ item: "", n: "" }] }, "why", setting(overdose))).toEqual([]);
  });
});

describe("an error of the server", () => {
  it("is known by the path of its field", () => {
    expect(["record.lines[2].quantity", "record.body.groups", "reason"].map(ownPath)).toEqual(["lines[2].quantity", "groups", "reason"]);
  });
  it("that no field shows is told apart", () => {
    const error = (path: string) => ({ path, code: "range" });
    expect(homeless(fieldsOf("tally_sheet"), [error("record.groups"), error("record.lines[0].item"), error("record.catalogue"), error("reason")])).toEqual([error("record.catalogue")]);
  });
});

describe("a record that moved on", () => {
  it("keeps what was typed and takes everything else from the newest", () => {
    const { overdose } = RECORDS;
    const typed = { ...draftOf(overdose), outcome: "hospital" };
    const latest: RecordBody = { kind: "overdose", body: { ...overdose.body, site: "old_port", outcome: "died", doses: [] } };
    const next = recordOf(latest, rebased(overdose, latest, typed, 2, setting(overdose)), 2, setting(latest));
    expect(next.body).toMatchObject({ outcome: "hospital", site: "old_port", doses: [] });
    expect(names(changed(latest, next))).toEqual(["outcome"]);
  });
});

describe("tests", () => {
  it("are set once per kind and taken away", () => {
    const one = withTest([], "hiv_test", "referred");
    expect(withTest(one, "hiv_test", "declined")).toEqual([{ kind: "hiv_test", result: "declined" }]);
    expect(withTest(one, "hiv_test", "")).toEqual([]);
  });
});
