// From the taps of each form to its record, held to the rules that the server checks.
import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import type { Catalogue, RecordBody } from "../src/generated/contract";
import type { CommonBody } from "../src/domain/around";
import { collectionOf, mostOf, piecesOf } from "../src/domain/forms/collection";
import { inParts, typeKey, type Key } from "../src/domain/forms/decimal";
import { decimalsOf, expenseOf } from "../src/domain/forms/expense";
import { attendeesOf, groupOf, NO_GROUP, sessionsOf, setAttendees } from "../src/domain/forms/group";
import { incidentOf, NO_INCIDENT } from "../src/domain/forms/incident";
import { monthsBack, overdoseOf, setDoses, type OverdoseTaps } from "../src/domain/forms/overdose";
import { addOne, countOf, takeOne, together } from "../src/domain/forms/people";
import { stockItems, stockOf } from "../src/domain/forms/stock";
import { checkRecord } from "../src/domain/validation-record";
import names from "../src/i18n/en/console/icons";
import { ICONS } from "../src/ui/kit/icons";
import { choiceIcon } from "../src/ui/kit/choice-icons";

const document = JSON.parse(readFileSync(new URL("../../shared/corpus/records.json", import.meta.url), "utf8")) as { catalogue: Catalogue };
const catalogue: Catalogue = {
  ...document.catalogue,
  currency: "KES",
  pad: { ...document.catalogue.pad, measures: [{ method: "weighed", unit: "kg", factor: 619 }] },
  items: document.catalogue.items.map((item) => ({ ...item, stock: item.code !== "used_syringe" })),
};
const common: CommonBody = {
  worker: "0197a3c0-0000-7000-8000-000000000004",
  catalogue: 1,
  site: document.catalogue.sites[0]?.code ?? "",
  service_date: "2026-06-09",
  captured: { local: "2026-06-09T21:14:05", offset_minutes: 60 },
  mode: "pair",
  setting: "street",
};

/** What the server would say of a record. */
const wrong = (record: RecordBody | undefined): unknown => record && checkRecord(record, catalogue, "2026-06-09", "mentoring");

describe("an overdose", () => {
  const told: OverdoseTaps = { reportedBy: "other", doses: {} };

  it("is unknown where nothing was answered, and waits for who told of it", () => {
    expect(overdoseOf({ doses: {} }, common)).toBeUndefined();
    const record = overdoseOf(told, common);
    expect(wrong(record)).toEqual([]);
    expect(record?.body).toEqual({
      ...common,
      precision: "day",
      place: "unknown",
      reported_by: "other",
      naloxone: "unknown",
      ambulance: "unknown",
      police: "unknown",
      outcome: "unknown",
    });
  });

  it("says doses only where naloxone was given, and why no ambulance only where none was called", () => {
    const tapped: OverdoseTaps = { ...setDoses(told, "naloxone_nasal", 2), naloxone: "yes", ambulance: "no", noAmbulance: "police" };
    const record = overdoseOf(tapped, common);
    expect(record?.body).toMatchObject({ doses: [{ item: "naloxone_nasal", n: 2 }], no_ambulance: "police" });
    expect(wrong(record)).toEqual([]);
    const changed = overdoseOf({ ...tapped, naloxone: "no", ambulance: "yes" }, common);
    expect(changed?.body).not.toHaveProperty("doses");
    expect(changed?.body).not.toHaveProperty("no_ambulance");
    expect(wrong(changed)).toEqual([]);
    expect(setDoses(told, "naloxone_nasal", 400).doses).toEqual({ naloxone_nasal: 100 });
  });

  it("may be of another day or only of a month", () => {
    const record = overdoseOf({ ...told, when: { day: "2026-05-01", monthOnly: true }, gender: "woman", ageBand: "25-34" }, common);
    expect(record?.body).toMatchObject({ service_date: "2026-05-01", precision: "month", gender: "woman", age_band: "25-34" });
    expect(wrong(record)).toEqual([]);
    expect(monthsBack("2026-02-28", 4)).toEqual(["2026-02-01", "2026-01-01", "2025-12-01", "2025-11-01"]);
  });
});

describe("an incident", () => {
  it("needs a kind and how bad it was, and is open", () => {
    expect(incidentOf({ ...NO_INCIDENT, kinds: ["theft"] }, common)).toBeUndefined();
    expect(incidentOf({ ...NO_INCIDENT, severity: "2" }, common)).toBeUndefined();
    const record = incidentOf({ ...NO_INCIDENT, kinds: ["theft"], severity: "2" }, common);
    expect(record?.body).toEqual({ ...common, kinds: ["theft"], severity: 2, status: "open" });
    expect(wrong(record)).toEqual([]);
  });
});

describe("a group", () => {
  it("opens by what the worker is unlocked for", () => {
    expect(sessionsOf(undefined)).toEqual([]);
    expect(sessionsOf("outreach")).toEqual([]);
    expect(sessionsOf("facilitation")).toEqual(["group"]);
    expect(sessionsOf("mentoring")).toEqual(["group", "mentoring"]);
  });

  it("counts a person for each tap on the grid, and takes one back", () => {
    let groups = addOne([], "man", "25-34");
    groups = addOne(addOne(groups, "woman", "unknown"), "man", "25-34");
    expect([countOf(groups, "man", "25-34"), countOf(groups, "man", "50+"), together(groups)]).toEqual([2, 0, 3]);
    groups = takeOne(takeOne(groups, "man", "25-34"), "woman", "unknown");
    expect(groups).toEqual([{ gender: "man", age_band: "25-34", n: 1 }]);
  });

  it("has at least the people of the grid", () => {
    const taps = { ...NO_GROUP, groups: addOne(addOne([], "man", "25-34"), "man", "25-34") };
    expect([attendeesOf(taps), attendeesOf(setAttendees(taps, 1)), attendeesOf(setAttendees(taps, 7))]).toEqual([2, 2, 7]);
    expect(groupOf(NO_GROUP, common, catalogue)).toBeUndefined();
    const record = groupOf({ ...setAttendees(taps, 7), out: { condom: 3 }, back: { used_syringe: 4 } }, common, catalogue);
    expect(record?.body).toMatchObject({
      session: "group",
      attendees: 7,
      groups: [{ gender: "man", age_band: "25-34", n: 2 }],
      lines: [
        { item: "condom", direction: "out", quantity: 3 },
        { item: "used_syringe", direction: "in", quantity: 4, method: "reported" },
      ],
    });
    expect(wrong(record)).toEqual([]);
  });
});

const type = (keys: string, decimals: number, max = 1_000_000): string =>
  [...keys].reduce((text, key) => typeKey(text, (key === "<" ? "erase" : key) as Key, decimals, max), "");

describe("a typed number", () => {
  it("takes a point once, and no more decimals than there are", () => {
    expect([type("12.5", 2), type("1..255", 2), type(".5", 2), type("12.5", 0), type("007", 2), type("12<<3", 2)]).toEqual([
      "12.5",
      "1.25",
      "0.5",
      "125",
      "7",
      "3",
    ]);
    expect(type("1000001", 2)).toBe("100000");
  });

  it("is whole hundredths", () => {
    expect(["", "12", "12.", "12.5", "0.29", "1000000"].map((text) => inParts(text, 2))).toEqual([0, 1200, 1200, 1250, 29, 100_000_000]);
  });
});

describe("a clean-up", () => {
  it("is counted in pieces, or by the programme's factor, rounded half up", () => {
    expect(collectionOf({ typed: "3" }, common, catalogue)).toBeUndefined();
    expect(collectionOf({ typed: "", method: "counted" }, common, catalogue)).toBeUndefined();
    const counted = collectionOf({ typed: "37", method: "counted" }, common, catalogue);
    expect(counted?.body).toEqual({ ...common, item: "used_syringe", quantity: 37, method: "counted" });
    const weighed = collectionOf({ typed: "1.5", method: "weighed" }, common, catalogue);
    expect(weighed?.body).toMatchObject({ quantity: 929, method: "weighed", measured: { value: 1.5, unit: "kg", factor: 619 } });
    expect(wrong(weighed)).toEqual([]);
  });

  it("by a container without a factor is typed in pieces, and never more than a record takes", () => {
    const record = collectionOf({ typed: "40", method: "container" }, common, catalogue);
    expect(record?.body).toEqual({ ...common, item: "used_syringe", quantity: 40, method: "container" });
    expect(wrong(record)).toEqual([]);
    const most = type("999999", 2, mostOf("weighed", catalogue));
    expect(piecesOf({ typed: most, method: "weighed" }, catalogue)).toBeLessThanOrEqual(100_000);
  });
});

describe("an expense", () => {
  it("is asked for in hundredths of the programme's currency", () => {
    expect(expenseOf({ typed: "12" }, common, catalogue)).toBeUndefined();
    expect(expenseOf({ typed: "0.00", kind: "transport" }, common, catalogue)).toBeUndefined();
    const record = expenseOf({ typed: "150.5", kind: "transport" }, common, catalogue);
    expect(record?.body).toEqual({ ...common, kind: "transport", amount: 15_050, currency: "KES", status: "submitted" });
    expect(wrong(record)).toEqual([]);
    expect([decimalsOf("KES"), decimalsOf("JPY"), decimalsOf("TND")]).toEqual([2, 0, 2]);
  });
});

describe("received stock", () => {
  it("is one move from the store to the bag, of items that are offered and counted in bags", () => {
    expect(stockItems(catalogue).map((item) => item.code)).not.toContain("used_syringe");
    expect(stockOf({}, common, catalogue)).toBeUndefined();
    const record = stockOf({ naloxone_nasal: 20, ns_1ml: 100, used_syringe: 5, condom: 3 }, common, catalogue);
    expect(record?.body).toEqual({
      ...common,
      lines: [
        { item: "ns_1ml", quantity: 100 },
        { item: "naloxone_nasal", quantity: 20 },
      ],
      from: "store",
      to: "bag",
      reason: "issue",
    });
    expect(wrong(record)).toEqual([]);
  });
});

describe("icons", () => {
  const source = readFileSync(new URL("../../shared/src/catalogue/tables.rs", import.meta.url), "utf8");
  const labels = JSON.parse(readFileSync(new URL("../../shared/src/catalogue/labels/en.json", import.meta.url), "utf8")) as Record<string, Record<string, string>>;

  it("has each that the default catalogue names", () => {
    const [items, services, kits, cards] = ["ITEMS", "SERVICES", "KITS", "CARDS"].map((list) => {
      const text = new RegExp(`const ${list}: .*?= &\\[(.*?)\\n\\];`, "su").exec(source)?.[1] ?? "";
      return [...text.matchAll(/\(\s*"[^"]+",\s*"(\w+)"/gu)].map((match) => match[1] ?? "");
    });
    expect([items?.length, services?.length, kits?.length, cards?.length]).toEqual([26, 16, 2, 5]);
    expect([items, services, kits, cards].flatMap((list) => list ?? []).filter((icon) => !(icon in ICONS))).toEqual([]);
  });

  it.each(["incident_kinds", "perpetrators", "supports", "expense_kinds", "topics"] as const)("has one for each default of %s", (list) => {
    for (const code of Object.keys(labels[list] ?? {})) expect(ICONS, code).toHaveProperty(choiceIcon(list, { code, label: {} }) ?? "none");
  });

  it("has words for each, and for no other", () => {
    const named = Object.keys(names).map((key) => key.replace("icon_", ""));
    expect(named.sort()).toEqual(Object.keys(ICONS).sort());
  });

  it("takes an entry's own icon first", () => {
    expect(choiceIcon("topics", { code: "hiv", label: {}, icon: "star" })).toBe("star");
    expect(choiceIcon("topics", { code: "ours", label: {} })).toBeUndefined();
  });
});
