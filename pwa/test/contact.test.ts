// From taps to the body of a contact.
import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import type { Catalogue } from "../src/generated/contract";
import { pad, utf8 } from "../src/domain/bytes";
import { codeTooShort, linesOut, putPlaintext, toContact } from "../src/domain/contact";
import * as form from "../src/domain/draft";
import { gridColumns, gridRows } from "../src/domain/pad-rows";
import { addSums, sumsOf, ZERO } from "../src/domain/sums";
import { checkContact, likeness } from "../src/domain/validation";

const document = JSON.parse(readFileSync(new URL("../../shared/corpus/contacts.json", import.meta.url), "utf8")) as { catalogue: Catalogue };
const catalogue: Catalogue = {
  ...document.catalogue,
  kits: [{ code: "kit_10", label: { en: "Kit 10" }, lines: [{ item: "ns_1ml", quantity: 10 }, { item: "condom", quantity: 2 }] }],
};
const around = {
  worker: "0197a3c0-0000-7000-8000-000000000004",
  place: { site: "market", mode: "pair", setting: "street" },
  serviceDate: "2026-06-09",
  captured: { local: "2026-06-09T21:14:05", offset_minutes: 60 },
} as const;
const contact = (draft: form.Draft): ReturnType<typeof toContact> => toContact(draft, catalogue, around);

describe("an untouched form", () => {
  it("is a valid contact: what was not tapped is unknown or not asked", () => {
    const body = contact(form.EMPTY);
    expect(checkContact(body, catalogue, "2026-06-09")).toEqual([]);
    expect(body).toMatchObject({ gender: "unknown", age_band: "unknown", returning: "not_asked", injects: "not_asked", code: "none" });
    expect(body.lines).toBeUndefined();
    expect(form.isTouched(form.EMPTY)).toBe(false);
  });
});

describe("taps", () => {
  it("of the typical contact", () => {
    let draft = form.tapCell(form.EMPTY, "man", "25-34");
    draft = form.tapReturning(draft, "returning");
    draft = form.tapChip(draft, "ns_1ml", 10);
    draft = form.setOut(draft, "naloxone_nasal", 1);
    draft = form.tapService(draft, "hiv_test", "K742QS");
    const body = contact(draft);
    expect(checkContact(body, catalogue, "2026-06-09")).toEqual([]);
    expect(body).toMatchObject({ gender: "man", age_band: "25-34", returning: "returning", injects: "assumed" });
    expect(body.lines).toEqual([
      { item: "ns_1ml", direction: "out", quantity: 10 },
      { item: "naloxone_nasal", direction: "out", quantity: 1, reason: "not_asked" },
    ]);
    expect(body.referrals).toEqual([{ service: "hiv_test", slip: "K742QS", way: "slip", status: "issued" }]);
    expect(sumsOf({ kind: "contact", body }, catalogue)).toEqual({ contacts: 1, new_contacts: 0, syringes_out: 10, syringes_in: 0, naloxone_kits: 1 });
  });
  it("of a simple contact fit 512 bytes", () => {
    const draft = form.tapChip(form.tapReturning(form.tapCell(form.EMPTY, "trans_woman", "25-34"), "returning"), "ns_1ml", 10);
    expect(pad(utf8(putPlaintext({ kind: "contact", body: contact({ ...draft, code: "AnA1990" }) }))).length).toBe(512);
  });
  it("done again clear what they set", () => {
    const once = form.tapService(form.tapChip(form.tapReturning(form.tapCell(form.EMPTY, "man", "<18"), "new"), "ns_1ml", 5), "oat", "K742QS");
    const twice = form.tapService(form.tapChip(form.tapReturning(form.tapCell(once, "man", "<18"), "new"), "ns_1ml", 5), "oat", "K742QS");
    expect(twice).toEqual(form.EMPTY);
  });
  it("on a kit add its lines, beside what was tapped of the item", () => {
    const draft = form.setKit(form.tapChip(form.EMPTY, "ns_1ml", 5), "kit_10", 2);
    expect(linesOut(draft, catalogue)).toEqual([
      ["ns_1ml", 25],
      ["condom", 4],
    ]);
    expect(form.syringesOut(linesOut(draft, catalogue), catalogue.items)).toBe(25);
  });
  it("on what was not wanted leave no slip", () => {
    const draft = form.setReferral(form.tapService(form.EMPTY, "oat", "K742QS"), "oat", { status: "declined" });
    expect(contact(draft).referrals).toEqual([{ service: "oat", way: "slip", status: "declined" }]);
  });
  it("never leave a line of zero or below", () => {
    expect(form.setOut(form.setOut(form.EMPTY, "ns_1ml", 3), "ns_1ml", -2).out).toEqual({});
    expect(contact(form.setBack(form.EMPTY, "used_syringe", 40)).lines).toEqual([{ item: "used_syringe", direction: "in", quantity: 40, method: "reported" }]);
  });
  it("say who injects: assumed with syringes, unless tapped", () => {
    const syringes = form.tapChip(form.EMPTY, "ns_1ml", 1);
    expect(contact(syringes).injects).toBe("assumed");
    expect(contact({ ...syringes, injects: "no" }).injects).toBe("no");
    expect(contact(form.setOut(form.EMPTY, "condom", 1)).injects).toBe("not_asked");
  });
});

describe("the same once more", () => {
  const ten = form.setBack(form.tapChip(form.EMPTY, "ns_1ml", 10), "used_syringe", 3);
  const like = (draft: form.Draft, change: Partial<Parameters<typeof toContact>[2]> = {}): string => likeness(toContact(draft, catalogue, { ...around, ...change }));
  it("is the same worker, minute and lines, whoever it was for", () => {
    const later = { captured: { local: "2026-06-09T21:14:59", offset_minutes: 60 } };
    expect(like(form.tapCell({ ...ten, code: "AnA-1990" }, "man", "25-34"), later)).toBe(like(ten));
    expect(like(form.EMPTY)).toBe(like(form.tapReturning(form.EMPTY, "new")));
  });
  it("is not another worker, minute or quantity, nor the same quantity the other way", () => {
    const others = [
      like(ten, { worker: "0197a3c0-0000-7000-8000-000000000005" }),
      like(ten, { captured: { local: "2026-06-09T21:15:00", offset_minutes: 60 } }),
      like(form.tapChip(ten, "ns_1ml", 20)),
      like(form.setBack(form.EMPTY, "used_syringe", 10)),
      like(form.setOut(form.EMPTY, "used_syringe", 10)),
    ];
    expect(new Set([...others, like(ten)]).size).toBe(others.length + 1);
  });
  it("remembers nothing of the person", () => {
    expect(like(form.tapCell({ ...ten, code: "AnA-1990" }, "man", "25-34"))).not.toMatch(/AnA|man|25/u);
  });
  it("is no mistake when it was asked for", () => {
    expect([form.EMPTY.again, form.sameAgain(ten, () => "00001Y").again]).toEqual([false, true]);
  });
});

describe("a code", () => {
  it("is sealed as typed, and left out when too short", () => {
    expect(contact({ ...form.EMPTY, code: " AnA-1990 " }).code).toEqual({ set: "AnA-1990" });
    expect(contact({ ...form.EMPTY, code: "ab" }).code).toBe("none");
    expect([codeTooShort({ ...form.EMPTY, code: "ab" }), codeTooShort(form.EMPTY)]).toEqual([true, false]);
  });
  it("is not in the next contact, whose slips are fresh", () => {
    const draft = { ...form.tapService(form.EMPTY, "oat", "K742QS"), code: "AnA-1990", codeRefused: true };
    expect(form.sameAgain(draft, () => "00001Y")).toMatchObject({ code: "", codeRefused: false, referrals: [{ service: "oat", slip: "00001Y" }] });
  });
});

describe("the grid", () => {
  it("has a row per gender or shared row and no row or column for unknown", () => {
    const shared = { ...catalogue, genders: [...catalogue.genders, { code: "trans_man", label: { en: "Trans man" }, standard: "trans_man", row: "trans" }, { code: "trans_woman", label: { en: "Trans woman" }, standard: "trans_woman", row: "trans" }] };
    expect(gridRows(shared).map(({ key, genders }) => [key, genders.length])).toEqual([["man", 1], ["woman", 1], ["trans", 2]]);
    expect(gridColumns(shared).map((band) => band.code)).toEqual(["<18", "25-34"]);
  });
});

describe("sums", () => {
  it("never fall below zero", () => expect(addSums(ZERO, { ...ZERO, contacts: 1 }, -1)).toEqual(ZERO));
});
