// What stands behind the tabs Referrals, Guide and Me: ageing of slips, bodies, search, bars, and the own part of a pull.
import { describe, expect, it } from "vitest";
import type { CommonBody } from "../src/domain/around";
import type { Catalogue, PlannedShift } from "../src/generated/contract";
import { heights, weekBars, weeksBars } from "../src/domain/bars";
import { EMPTY, setProvider, tapService } from "../src/domain/draft";
import { findProviders, folded, matches, offeredServices, offering } from "../src/domain/guide";
import { knownOwn, nextShifts, validity } from "../src/domain/own";
import { drawQr, qrSquares } from "../src/domain/qr";
import { toReferral, toReferralEvent } from "../src/domain/referral";
import { isListed, settles } from "../src/domain/slips";
import { ZERO } from "../src/domain/sums";

const SLIP = { slip: "7QSK74", service: "hiv_test", day: "2026-06-09" };
const COMMON: CommonBody = {
  worker: "w",
  catalogue: 3,
  site: "market",
  service_date: "2026-06-10",
  captured: { local: "2026-06-10T10:00:00", offset_minutes: 120 },
  mode: "pair",
  setting: "street",
};

describe("a slip", () => {
  it("is listed for 30 days", () => {
    expect([isListed(SLIP, "2026-06-09"), isListed(SLIP, "2026-07-09"), isListed(SLIP, "2026-07-10")]).toEqual([true, true, false]);
  });
  it("is settled by what nothing can follow, whoever says so", () => {
    expect(["completed", "attended_not_served"].every((one) => settles(one as "completed"))).toBe(true);
    expect(["issued", "unreachable", "not_attended", "attended"].some((one) => settles(one as "issued"))).toBe(false);
  });
});

describe("bodies", () => {
  it("name the provider only when one was chosen", () => {
    const draft = { service: "hiv_test", slip: "7QSK74", way: "told", provider: undefined } as const;
    expect(toReferral(draft, COMMON).referral).toEqual({ slip: "7QSK74", service: "hiv_test", way: "told", status: "issued" });
    expect(toReferral({ ...draft, provider: "harbour" }, COMMON).referral.provider).toBe("harbour");
  });
  it("of what became of a referral name slip and service", () => {
    const { slip, service, status, source, site } = toReferralEvent(SLIP, "attended", "accompanied", COMMON);
    expect([slip, service, status, source, site]).toEqual(["7QSK74", "hiv_test", "attended", "accompanied", "market"]);
  });
  it("of the pad take a provider and lose it again", () => {
    const named = setProvider(tapService(EMPTY, "hiv_test", "7QSK74"), "hiv_test", "harbour");
    expect(named.referrals[0]?.provider).toBe("harbour");
    expect(setProvider(named, "hiv_test", undefined).referrals[0]).not.toHaveProperty("provider");
  });
});

const CATALOGUE = {
  services: [
    { code: "hiv_test", icon: "test", label: { en: "HIV test", fr: "Dépistage" } },
    { code: "legal", icon: "scales", label: { en: "Legal help", ar: "مُساعدة قانونية" } },
    { code: "old", icon: "box", label: { en: "Old" }, retired: true },
    { code: "food", icon: "food", label: { en: "Food" } },
  ],
  providers: [
    { code: "b", label: { en: "Day shelter Ölberg" }, services: ["legal", "old"], address: { en: "Station Road 3" } },
    { code: "a", label: { en: "Harbour" }, services: ["hiv_test", "legal"], notes: { en: "Ask for Nour" } },
    { code: "gone", label: { en: "Harbour, old house" }, services: ["hiv_test", "food"], retired: true },
  ],
} as unknown as Catalogue;

describe("search", () => {
  const codes = (typed: string, service?: string): string[] => findProviders(CATALOGUE, typed, service).map((one) => one.code);
  it("goes without accents, vowel signs and capitals", () => {
    expect([folded("Ölberg"), folded("ÉTÉ"), folded("مُسـاعدة")]).toEqual(["olberg", "ete", "مساعدة"]);
    expect([codes("olberg"), codes("ÖLB"), codes("depistage"), codes("مساعدة")]).toEqual([["b"], ["b"], ["a"], ["b", "a"]]);
  });
  it("wants every word, in any order and any field", () => {
    expect([matches("road day", ["Day shelter", "Station Road"]), matches("road night", ["Day shelter", "Station Road"])]).toEqual([true, false]);
    expect(codes("nour harbour")).toEqual(["a"]);
    expect(codes("  ")).toEqual(["b", "a"]);
  });
  it("keeps to a service, and leaves out what is retired", () => {
    expect([codes("", "hiv_test"), codes("harbour"), codes("", "food")]).toEqual([["a"], ["a"], []]);
    expect(offering(CATALOGUE, "legal").map((one) => one.code)).toEqual(["b", "a"]);
    expect(offeredServices(CATALOGUE).map((one) => one.code)).toEqual(["hiv_test", "legal"]);
  });
});

describe("bars", () => {
  it("stand for the seven days of the week, none for days to come", () => {
    const rows = [{ day: "2026-06-09", sums: { ...ZERO, contacts: 4 } }];
    const bars = weekBars(rows, "2026-06-08", "2026-06-10");
    expect(bars.map(({ n }) => n)).toEqual([0, 4, 0, undefined, undefined, undefined, undefined]);
    expect(bars[6]?.day).toBe("2026-06-14");
  });
  it("of weeks take this one from the phone", () => {
    const weeks = [
      { start: "2026-06-01", sums: { ...ZERO, contacts: 9 } },
      { start: "2026-06-08", sums: { ...ZERO, contacts: 2 } },
    ];
    expect(weeksBars(weeks, "2026-06-08", 5).map(({ n }) => n)).toEqual([9, 5]);
  });
  it("fill the height with the greatest, and a small one can be seen", () => {
    const of = (...list: (number | undefined)[]): number[] => heights(list.map((n) => ({ day: "", n })));
    expect(of(0, 5, 10, undefined)).toEqual([0, 50, 100, 0]);
    expect(of(1, 1000)).toEqual([4, 100]);
    expect(of(0, 0)).toEqual([0, 0]);
    expect(of()).toEqual([]);
  });
});

describe("the own part of a pull", () => {
  it("of an older server is empty, and its figures are not zero but absent", () => {
    expect(knownOwn(undefined)).toMatchObject({ shifts: [], thanks: [], settled: [], qualifications: [], level: null, figures: undefined });
    const month = { ...ZERO, contacts: 3 };
    expect(knownOwn({ month }).figures).toEqual({ month, weeks: [], bag: [] });
  });
  it("shows the shifts that are still to come", () => {
    const shift = (day: string, state: string): PlannedShift => ({ day, state }) as PlannedShift;
    const all = [shift("2026-06-08", "planned"), shift("2026-06-09", "started"), shift("2026-06-09", "planned"), shift("2026-06-11", "cancelled")];
    expect(nextShifts(all, "2026-06-09")).toEqual([all[2], all[3]]);
  });
  it("says when something learned ends", () => {
    const on = (expires: string | null): string => validity(expires, "2026-06-09");
    expect([on(null), on("2026-07-10"), on("2026-07-09"), on("2026-06-09"), on("2026-06-08")]).toEqual(["holds", "holds", "soon", "soon", "ended"]);
  });
});

// Read back by an independent reader when it was written down.
const GOLDEN = `
#######.#####.#######
#.....#..#..#.#.....#
#.###.#...###.#.###.#
#.###.#.##....#.###.#
#.###.#...#...#.###.#
#.....#..##.#.#.....#
#######.#.#.#.#######
..........#..........
..#.###.##.#.#...#..#
.#..#..###.#.....##..
..#...##..##..#.#..##
...#...####.#....#...
...#########.#..#.###
........##....##.#...
#######..##.#..#..#.#
#.....#.#..#...##...#
#.###.#.##....##..#.#
#.###.#..###...#..##.
#.###.#.###.#.#.##..#
#.....#...#.#.##..###
#######....##.#.#.#.#`;

describe("the QR code of a slip", () => {
  it("is the one that readers read", () => {
    const drawn = qrSquares("7QSK74")?.map((line) => line.map((dark) => (dark ? "#" : ".")).join(""));
    expect(drawn).toEqual(GOLDEN.trim().split("\n"));
  });
  it("has a bright border, and a square for each dark one", () => {
    const drawing = drawQr("7QSK74");
    expect([drawing?.width, drawing?.height]).toEqual([29, 29]);
    expect(drawing?.path.split("M").length).toBe(GOLDEN.split("#").length);
    expect(drawing?.path.startsWith("M4 4h1v1h-1z")).toBe(true);
  });
  it("is of capitals and digits, ten at most", () => {
    expect([qrSquares("7qsk74"), qrSquares("01234567890")]).toEqual([undefined, undefined]);
    expect(qrSquares("0123456789")).toBeDefined();
  });
});
