// Editing a catalogue: codes for any name, references that follow, retiring that forgets nothing, and two edits brought together.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addEntry,
  bringBack,
  changeCode,
  changeEntry,
  dropEntry,
  entries,
  LISTS,
  moved,
  moveEntry,
  quickOf,
  renameEntry,
  retire,
  takenCodes,
  tidied,
} from "../../src/domain/console/catalogue";
import { CODE, proposedCode, sourceOf } from "../../src/domain/console/catalogue-codes";
import { differences, mergeOnto, same } from "../../src/domain/console/catalogue-merge";
import { labelIn } from "../../src/domain/labels";
import { padServices, padTiles, quickOf as chipsOf } from "../../src/domain/pad-rows";
import type { Catalogue, Item } from "../../src/generated/contract";

const item = (code: string, more: Partial<Item> = {}): Item => ({ code, label: { en: code }, icon: "box", base: 10, quick: [1, 3, 10], retired: false, ...more });

const BASE: Catalogue = {
  version: 3,
  name: "Harbour",
  genders: [],
  age_bands: [],
  items: [item("ns_1ml", { syringes_per_unit: 1 }), item("used"), item("naloxone", { doses_per_unit: 2 }), item("foil"), item("pipe")],
  kits: [{ code: "kit_10", label: { en: "Kit 10" }, lines: [{ item: "foil", quantity: 2 }] }],
  services: [
    { code: "hiv_test", label: { en: "HIV test" }, icon: "test" },
    { code: "oat", label: { en: "OAT" }, icon: "cup" },
  ],
  providers: [{ code: "clinic", label: { en: "Clinic" }, services: ["oat"] }],
  sites: [{ code: "market", label: { en: "Market" }, area: "old_town" }],
  areas: [{ code: "old_town", label: { en: "Old town" } }],
  topics: [],
  languages: ["en", "sw"],
  pad: { syringe_item: "ns_1ml", return_item: "used", naloxone_item: "naloxone", tiles: ["kit_10", "foil"], services: ["hiv_test", "oat"], tests: ["hiv_test"] },
};

const codes = (catalogue: Catalogue, list: (typeof LISTS)[number]): string[] => entries(catalogue, list).map(({ code }) => code);
const at = (catalogue: Catalogue, list: (typeof LISTS)[number], code: string): number => codes(catalogue, list).indexOf(code);

describe("a code", () => {
  it.each([
    ["Old port", "old_port"],
    ["  Café – Straße 5 ", "cafe_strasse_5"],
    ["Ŋgɔmɛ", "ngome"],
    ["Ağaçlı", "agacli"],
    ["مركز", "site_1"],
    ["Рынок 2", "site_1"],
    ["😀", "site_1"],
    ["2", "site_1"],
  ])("of %s is %s", (name, code) => expect(proposedCode("sites", name, [])).toBe(code));

  it("is none of those taken, and short enough with its number", () => {
    const long = "a".repeat(40);
    expect(proposedCode("items", "Foil", ["foil", "foil_2"])).toBe("foil_3");
    expect(proposedCode("items", long, ["a".repeat(32)])).toBe(`${"a".repeat(30)}_2`);
    expect(proposedCode("cards", "بطاقة", ["card_1", "card_2"])).toBe("card_3");
  });

  it("is good and new whatever the name", () => {
    const names = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.string());
    fc.assert(
      fc.property(fc.array(names, { maxLength: 6 }), fc.constantFrom(...LISTS), (all, list) => {
        const taken: string[] = [];
        for (const name of all) {
          const code = proposedCode(list, name, taken);
          expect(code).toMatch(CODE);
          expect(taken).not.toContain(code);
          taken.push(code);
        }
      }),
    );
  });

  it("is made from English, else from the first text in Latin letters, else from any", () => {
    expect(sourceOf({ sw: "Soko", en: "Market" }, ["sw", "en"])).toBe("Market");
    expect(sourceOf({ ar: "سوق", fr: "Marché" }, ["ar", "fr"])).toBe("Marché");
    expect(sourceOf({ ar: "سوق", en: " " }, ["ar"])).toBe("سوق");
  });
});

describe("an entry", () => {
  it("is added at the end in the first language, with a code that neither items nor kits have", () => {
    const next = addEntry({ ...BASE, languages: ["sw", "en"] }, "items", "Kit 10");
    expect(next.items.at(-1)).toMatchObject({ code: "kit_10_2", label: { sw: "Kit 10" }, retired: false });
  });

  it("has a code that follows its name until it is saved or typed by hand", () => {
    const added = addEntry(BASE, "items", "Pap");
    const index = added.items.length - 1;
    const renamed = renameEntry(added, BASE, "items", index, { en: "Paper" });
    expect(renamed.items[index]).toMatchObject({ code: "paper", label: { en: "Paper" } });
    const typed = changeCode(renamed, "items", index, "rolls");
    expect(renameEntry(typed, BASE, "items", index, { en: "Rolls of paper" }).items[index]?.code).toBe("rolls");
    expect(renameEntry(renamed, renamed, "items", index, { en: "Sheets" }).items[index]?.code).toBe("paper");
    expect(renameEntry(BASE, BASE, "items", 3, { en: "Aluminium" }).items[3]?.code).toBe("foil");
  });

  it("takes those who name it along when its code changes", () => {
    const next = changeCode(changeCode(changeCode(BASE, "items", 3, "alu"), "services", 1, "methadone"), "areas", 0, "centre");
    expect(next.kits[0]?.lines[0]?.item).toBe("alu");
    expect(next.pad).toMatchObject({ tiles: ["kit_10", "alu"], services: ["hiv_test", "methadone"] });
    expect(next.providers[0]?.services).toEqual(["methadone"]);
    expect(next.sites[0]?.area).toBe("centre");
    expect(changeCode(BASE, "items", 0, "barrel").pad.syringe_item).toBe("barrel");
  });

  it("moves within its list and no further", () => {
    expect(codes(moveEntry(BASE, "items", 4, 0), "items")).toEqual(["pipe", "ns_1ml", "used", "naloxone", "foil"]);
    expect([moved([1, 2, 3], 0, 2), moved([1, 2, 3], 0, 3), moved([1, 2, 3], 0, -1), moved([1], 5, 0)]).toEqual([[2, 3, 1], [1, 2, 3], [1, 2, 3], [1]]);
  });

  it("is retired off the pad, stays in the list, and comes back to the list alone", () => {
    const without = retire(retire(BASE, "items", 3), "services", 0);
    expect(codes(without, "items")).toEqual(codes(BASE, "items"));
    expect(without.pad).toMatchObject({ tiles: ["kit_10"], services: ["oat"], tests: [] });
    expect(without.kits[0]?.lines).toEqual(BASE.kits[0]?.lines);
    const back = bringBack(without, "items", 3);
    expect([back.items[3]?.retired, back.pad.tiles]).toEqual([false, ["kit_10"]]);
  });

  it("of a row of the pad is not retired", () => {
    for (const index of [0, 1, 2]) expect(retire(BASE, "items", index)).toBe(BASE);
  });

  it("that was never saved is taken away with every mention of it", () => {
    expect(dropEntry(BASE, "items", 3)).toMatchObject({ kits: [{ lines: [] }], pad: { tiles: ["kit_10"] } });
    expect(dropEntry(BASE, "areas", 0).sites[0]?.area).toBeNull();
    expect(dropEntry(BASE, "services", 1).providers[0]?.services).toEqual([]);
    expect(dropEntry(BASE, "items", 0)).toBe(BASE);
  });
});

describe("texts", () => {
  it("fall back to English, then to any, and an empty one is missing", () => {
    expect([labelIn({ sw: "Soko", en: "Market" }, "sw"), labelIn({ sw: " ", en: "Market" }, "sw"), labelIn({ fr: "Marché" }, "sw"), labelIn({}, "sw")]).toEqual([
      "Soko",
      "Market",
      "Marché",
      "",
    ]);
  });

  it("are sent trimmed and without empty ones", () => {
    const messy = changeEntry(changeEntry(BASE, "items", 3, { label: { en: " Foil ", sw: "  " } }), "providers", 0, { phone: "", hours: { en: "" } });
    const sent = tidied({ ...messy, name: " Harbour " });
    expect(sent.items[3]?.label).toEqual({ en: "Foil" });
    expect(sent.providers[0]).toEqual({ code: "clinic", label: { en: "Clinic" }, services: ["oat"], hours: {} });
    expect(sent.name).toBe("Harbour");
    expect(same(tidied(BASE), BASE) || differences(BASE, tidied(BASE)).length === 0).toBe(true);
  });

  it("of quick quantities are at most five whole numbers", () => {
    expect([quickOf("1, 5;10 20/50 100"), quickOf("3 3 0"), quickOf("x")]).toEqual([[1, 5, 10, 20, 50], [3], []]);
  });
});

describe("the pad", () => {
  it("shows three tiles and services in use", () => {
    const tiles = ["foil", "kit_10", "pipe", "naloxone"];
    expect(padTiles({ ...BASE, pad: { ...BASE.pad, tiles } }).map(({ code, kit }) => [code, kit])).toEqual([["foil", false], ["kit_10", true], ["pipe", false]]);
    const gone = changeEntry(changeEntry(BASE, "kits", 0, { retired: true }), "services", 0, { retired: true });
    expect([padTiles(gone).map(({ code }) => code), padServices(gone).map(({ code }) => code)]).toEqual([["foil"], ["oat"]]);
    expect([chipsOf(item("x", { quick: [] })), chipsOf(item("x", { quick: [2] }))]).toEqual([[1, 5, 10, 20, 50], [2]]);
  });
});

describe("differences", () => {
  it("are none between a catalogue and itself, whatever the order of keys", () => {
    expect(differences(BASE, structuredClone(BASE))).toEqual([]);
    expect(same({ a: 1, b: null }, { a: 1 })).toBe(true);
    expect([same([1], [1, 2]), same({ a: 1 }, { b: 1 }), same([], {})]).toEqual([false, false, false]);
  });

  it("name what was added, changed, retired and moved", () => {
    const next = addEntry(moveEntry(retire(changeEntry(BASE, "items", 4, { quick: [1] }), "items", 3), "services", 1, 0), "sites", "North");
    expect(differences(BASE, { ...next, currency: "KES" })).toEqual([
      { part: "items", code: "foil", kind: "retired", fields: [] },
      { part: "items", code: "pipe", kind: "changed", fields: ["quick"] },
      { part: "services", kind: "order", fields: [] },
      { part: "sites", code: "north", kind: "added", fields: [] },
      { part: "pad", kind: "changed", fields: ["tiles"] },
      { part: "programme", kind: "changed", fields: ["currency"] },
    ]);
  });
});

describe("two edits of one catalogue", () => {
  const named = (catalogue: Catalogue, code: string, label: Record<string, string>): Catalogue => changeEntry(catalogue, "items", at(catalogue, "items", code), { label });

  it("come together where they touch different things, also two languages of one name", () => {
    const mine = addEntry(named(BASE, "foil", { en: "foil", sw: "Karatasi" }), "sites", "North");
    const theirs = { ...addEntry(named(BASE, "foil", { en: "Foil sheets" }), "sites", "South"), version: 4, currency: "KES" };
    const { catalogue, clashes } = mergeOnto(BASE, mine, theirs);
    expect(clashes).toEqual([]);
    expect(catalogue.items[3]?.label).toEqual({ en: "Foil sheets", sw: "Karatasi" });
    expect(codes(catalogue, "sites")).toEqual(["market", "south", "north"]);
    expect([catalogue.version, catalogue.currency]).toEqual([4, "KES"]);
  });

  it("keep mine where both changed one field, and say so", () => {
    const { catalogue, clashes } = mergeOnto(BASE, named(BASE, "foil", { en: "Mine" }), named(BASE, "foil", { en: "Theirs" }));
    expect(catalogue.items[3]?.label).toEqual({ en: "Mine" });
    expect(clashes).toEqual([{ part: "items", code: "foil", field: "label", theirs: "Theirs" }]);
  });

  it("give another code to my new entry where theirs has the same, and the pad follows", () => {
    const added = addEntry(BASE, "items", "Glass");
    const mine = { ...added, pad: { ...added.pad, tiles: ["glass"] } };
    const theirs = addEntry(BASE, "items", "glass");
    const { catalogue } = mergeOnto(BASE, mine, theirs);
    expect(codes(catalogue, "items").slice(-2)).toEqual(["glass", "glass_2"]);
    expect(catalogue.pad.tiles).toEqual(["glass_2"]);
    expect(new Set(takenCodes(catalogue, "items")).size).toBe(takenCodes(catalogue, "items").length);
  });

  it("keep the order of whoever moved something", () => {
    const theirs = addEntry(moveEntry(BASE, "items", 4, 0), "items", "Swab");
    expect(codes(mergeOnto(BASE, BASE, theirs).catalogue, "items")).toEqual(codes(theirs, "items"));
    const mine = moveEntry(BASE, "items", 3, 0);
    expect(codes(mergeOnto(BASE, mine, theirs).catalogue, "items")).toEqual(["foil", "ns_1ml", "used", "naloxone", "pipe", "swab"]);
  });

  it("lose nothing: without their changes it is mine, without mine it is theirs", () => {
    const edited = addEntry(retire(named(BASE, "pipe", { en: "Pipes", sw: "Kiko" }), "items", 3), "topics", "Rights");
    expect(differences(mergeOnto(BASE, edited, BASE).catalogue, edited)).toEqual([]);
    expect(differences(mergeOnto(BASE, BASE, edited).catalogue, edited)).toEqual([]);
  });
});
