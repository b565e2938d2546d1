// A correction keeps the client code, says exactly what changed, and gives way to what others changed meanwhile.
import { describe, expect, it } from "vitest";
import { changed, contactOf, correctionOf, draftOf, measuredQuantity, problemsOf, rebased, withTest } from "../../src/domain/console/correction";
import type { Contact } from "../../src/generated/contract";

const CONTACT: Contact = {
  worker: "w1",
  catalogue: 2,
  site: "market",
  service_date: "2026-06-09",
  captured: { local: "2026-06-09T21:14:05", offset_minutes: 180 },
  mode: "pair",
  setting: "street",
  returning: "returning",
  gender: "man",
  age_band: "25-34",
  injects: "assumed",
  code: "keep",
  code_refused: false,
  lines: [
    { item: "ns_1ml", direction: "out", quantity: 10 },
    { item: "naloxone_nasal", direction: "out", quantity: 1, reason: "first" },
    { item: "used_syringe", direction: "in", quantity: 40, method: "weighed", measured: { value: 0.65, unit: "kg", factor: 62 } },
  ],
  referrals: [{ service: "hiv_test", slip: "7KQ2M9", way: "slip", status: "issued" }],
};

describe("a correction", () => {
  it("that touches nothing states the same contact, with the code kept", () => {
    const body = contactOf(draftOf(CONTACT), 2);
    expect(changed(CONTACT, body)).toEqual([]);
    expect(body.code).toBe("keep");
    expect(body.captured).toEqual(CONTACT.captured);
    expect(body.lines).toEqual(CONTACT.lines);
    expect(body.referrals).toEqual(CONTACT.referrals);
  });
  it("never states a code, whatever the record held", () => {
    const held: Contact = { ...CONTACT, code: { set: "MOM0865" } };
    expect(JSON.stringify(correctionOf(draftOf(held), 3, 4, "typed twice"))).not.toContain("MOM0865");
  });
  it("carries revision, trimmed reason and the catalogue that the form offered", () => {
    const body = correctionOf({ ...draftOf(CONTACT), site: "old_port" }, 3, 4, "  wrong place ");
    const stated = contactOf({ ...draftOf(CONTACT), site: "old_port" }, 3);
    expect(body).toEqual({ rev: 4, reason: "wrong place", record: { kind: "contact", body: stated } });
    expect([stated.catalogue, stated.site]).toEqual([3, "old_port"]);
    expect(changed(CONTACT, stated)).toEqual(["site"]);
  });
  it("treats an absent list, null and an empty list as the same", () => {
    expect(changed({ ...CONTACT, topics: [], for_others: 0 }, CONTACT)).toEqual([]);
    expect(changed({ ...CONTACT, referrals: [{ service: "oat", slip: null, way: "told", status: "issued" }] }, { ...CONTACT, referrals: [{ service: "oat", way: "told", status: "issued" }] })).toEqual([]);
  });
});

describe("lines", () => {
  const [out, naloxone, back] = draftOf(CONTACT).lines;
  it("compute a measured return by rounding half up", () => {
    expect(measuredQuantity(back!)).toBe(40);
    expect(measuredQuantity({ ...back!, value: "0.5", factor: "5" })).toBe(3);
    expect(measuredQuantity({ ...back!, factor: "" })).toBeUndefined();
    expect(measuredQuantity({ ...back!, method: "counted" })).toBeUndefined();
  });
  it("drop what does not go with their way", () => {
    const turned = contactOf({ ...draftOf(CONTACT), lines: [{ ...naloxone!, direction: "in" }, { ...back!, direction: "out" }] }, 2);
    expect(turned.lines).toEqual([
      { item: "naloxone_nasal", direction: "in", quantity: 1, method: "reported" },
      { item: "used_syringe", direction: "out", quantity: 40 },
    ]);
  });
  it.each(["", "0", "-1", "1.5", "100001", "ten"])("refuse the quantity %j", (quantity) => {
    expect(problemsOf({ ...draftOf(CONTACT), lines: [{ ...out!, quantity }] }, "reason", "2026-06-09")).toEqual([{ path: "lines[0].quantity", code: "range" }]);
  });
});

describe("what the form refuses", () => {
  const draft = draftOf(CONTACT);
  it.each([
    [{ service_date: "2026-06-10" }, "why", { path: "service_date", code: "future" }],
    [{ service_date: "" }, "why", { path: "service_date", code: "required" }],
    [{ for_others: "100" }, "why", { path: "for_others", code: "range" }],
    [{}, " no ", { path: "reason", code: "length" }],
    [{}, "x".repeat(201), { path: "reason", code: "length" }],
  ])("%j with the reason %j", (change, reason, error) => {
    expect(problemsOf({ ...draft, ...change }, reason, "2026-06-09")).toEqual([error]);
  });
  it("is nothing in a sound one, and more back than out is sound", () => {
    expect(problemsOf(draft, "why", "2026-06-09")).toEqual([]);
  });
});

describe("a record that moved on", () => {
  it("keeps what was typed and takes everything else from the newest", () => {
    const typed = { ...draftOf(CONTACT), gender: "woman" };
    const latest: Contact = { ...CONTACT, site: "old_port", gender: "other" };
    const next = contactOf(rebased(CONTACT, latest, typed, 2), 2);
    expect([next.gender, next.site]).toEqual(["woman", "old_port"]);
    expect(changed(latest, next)).toEqual(["gender"]);
  });
});

describe("tests", () => {
  it("are set once per kind and taken away", () => {
    const one = withTest([], "hiv_test", "referred");
    expect(withTest(one, "hiv_test", "declined")).toEqual([{ kind: "hiv_test", result: "declined" }]);
    expect(withTest(one, "hiv_test", "")).toEqual([]);
  });
});
