// The shift's list: what an entry holds and what it never holds, how it stands, when it ends, and what a correction changes.
import { describe, expect, it } from "vitest";
import type { Catalogue, Contact } from "../src/generated/contract";
import { toContact } from "../src/domain/contact";
import { EMPTY, setBack, setKit, setOut, tapService, type Draft } from "../src/domain/draft";
import { entryOf, isListing, signsOf, standingOf, tracesOf, type Entry } from "../src/domain/listed";
import type { OutboxOp } from "../src/domain/outbox";
import { addSums, differenceOf, ZERO } from "../src/domain/sums";
import { openEntry, sealEntry } from "../src/sync/list";

const CATALOGUE = {
  version: 3,
  items: [
    { code: "syringe_1ml", icon: "syringe", label: {}, syringes_per_unit: 1 },
    { code: "naloxone_nasal", icon: "naloxone", label: {}, doses_per_unit: 2 },
  ],
  kits: [{ code: "kit_10", icon: "box", label: {}, lines: [{ item: "syringe_1ml", quantity: 10 }] }],
  services: [{ code: "hiv_test", icon: "ribbon", label: {} }],
  pad: {},
} as unknown as Catalogue;

const CODE = "QUINCEY-9417-zebra";
const AT = { local: "2026-06-09T20:14:00", offset_minutes: 120 };
const AROUND = { worker: "w", place: { site: "market", mode: "pair", setting: "street" }, serviceDate: "2026-06-09", captured: AT, shift: "s" } as const;
const DRAFT: Draft = { ...tapService(setBack(setKit(setOut(EMPTY, "naloxone_nasal", 1), "kit_10", 2), "syringe_1ml", 4), "hiv_test", "7QSK74"), returning: "new", code: CODE };
const SAVED = { op: "o", record: "r", rev: 1, dseq: 7, day: "2026-06-09" };
const contact = (draft: Draft, code?: "keep"): Contact => toContact(draft, CATALOGUE, AROUND, code);

function entry(draft: Draft = DRAFT): Entry {
  const record = { kind: "contact", body: contact(draft) } as const;
  return entryOf(record, SAVED, tracesOf(record, CATALOGUE), "row", draft)!;
}

describe("an entry", () => {
  it("holds what was tapped and what it left, and never the code", () => {
    const { sums, moves, slips, draft, place, at, shift } = entry();
    expect(sums).toEqual({ contacts: 1, new_contacts: 1, syringes_out: 20, syringes_in: 4, naloxone_kits: 1 });
    expect(moves.map(({ item, given }) => [item, given])).toEqual([["syringe_1ml", 20], ["naloxone_nasal", 1]]);
    expect(slips).toEqual([{ slip: "7QSK74", service: "hiv_test", day: "2026-06-09" }]);
    expect([draft?.code, draft?.kits, place, at, shift, entry().n]).toEqual(["", { kit_10: 2 }, AROUND.place, AT, "s", 7]);
    expect(JSON.stringify(entry())).not.toContain("QUINCEY");
  });
  it("shows what was given, by icons", () => {
    expect(signsOf(DRAFT, CATALOGUE)).toEqual([
      { icon: "naloxone", n: 1 },
      { icon: "box", n: 2 },
      { icon: "return", n: 4 },
      { icon: "ribbon", n: 0 },
    ]);
  });
  it("is sealed for one worker and one row, and its length says nothing of what is short", async () => {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const row = await sealEntry(key, "a", entry());
    expect(new TextDecoder("latin1").decode(row.ct)).not.toContain("syringe");
    expect((row.ct.length - 16) % 256).toBe(0);
    expect(await openEntry(key, row)).toEqual(entry());
    expect(await openEntry(key, { ...row, author: "b" })).toBeUndefined();
    expect(await openEntry(key, { ...row, id: "other" })).toBeUndefined();
    const other = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    expect(await openEntry(other, row)).toBeUndefined();
  });
});

describe("a correction", () => {
  it("keeps the code unless another is typed", () => {
    expect(contact({ ...DRAFT, code: "" }, "keep").code).toBe("keep");
    expect(contact({ ...DRAFT, code: "abc" }, "keep").code).toBe("keep");
    expect(contact(DRAFT, "keep").code).toEqual({ set: CODE });
    expect(contact({ ...DRAFT, code: "" }).code).toBe("none");
  });
  it("changes sums by the difference, down as well as up, and there and back is nothing", () => {
    const day = { ...ZERO, contacts: 3, new_contacts: 2, syringes_out: 30, syringes_in: 4, naloxone_kits: 1 };
    const less = entry({ ...setOut(setKit(DRAFT, "kit_10", 0), "naloxone_nasal", 3), returning: "returning" });
    const change = differenceOf(less.sums, entry().sums);
    expect(addSums(day, change)).toEqual({ contacts: 3, new_contacts: 1, syringes_out: 10, syringes_in: 4, naloxone_kits: 3 });
    expect(addSums(addSums(day, change), change, -1)).toEqual(day);
    expect(differenceOf(entry().sums, entry().sums)).toEqual(ZERO);
  });
});

describe("a list", () => {
  const now = Date.parse("2026-06-09T18:14:00Z");
  it("lasts 24 hours from the check-in at most, and not without a shift", () => {
    expect(isListing(AT, now)).toBe(true);
    expect(isListing(AT, now + 24 * 3_600_000 - 1)).toBe(true);
    expect(isListing(AT, now + 24 * 3_600_000)).toBe(false);
    expect(isListing(AT, now - 24 * 3_600_000)).toBe(false);
    expect(isListing(undefined, now)).toBe(false);
  });
  it("says how each stands by its op", () => {
    const op = (change: Partial<OutboxOp>): OutboxOp => ({ state: "received", code: "accepted", ...change }) as OutboxOp;
    expect(standingOf(op({ state: "waiting" }))).toBe("waiting");
    expect(standingOf(op({}))).toBe("received");
    expect(standingOf(undefined)).toBe("deleted");
    expect(standingOf(op({ code: "quarantined" }))).toBe("attention");
    expect(standingOf(op({ state: "rejected" }))).toBe("attention");
    expect(standingOf(op({ code: "superseded", bySupervisor: true }))).toBe("changed");
  });
});
