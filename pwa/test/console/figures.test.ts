// Scales, periods, published cells, gaps and the QR code: the arithmetic behind what the console shows.
import { describe, expect, it } from "vitest";
import { change, groupsOf, tooSmall, totalOf } from "../../src/domain/console/figures";
import { ago, gapText, needs } from "../../src/domain/console/gaps";
import { before, comparable, holds, kindOf, months, monthsOf, quarterOf } from "../../src/domain/console/periods";
import { readQr } from "../../src/domain/console/qr";
import { part, ticks } from "../../src/domain/console/scale";
import type { BoardRow, IndicatorCell, IndicatorTable, QuestionView } from "../../src/generated/contract";

describe("the scale of a chart", () => {
  it.each([
    [6260, true, [0, 2000, 4000, 6000, 8000]],
    [3, true, [0, 1, 2, 3]],
    [0, true, [0, 1]],
    [0.77, false, [0, 0.2, 0.4, 0.6, 0.8]],
    [1000, true, [0, 250, 500, 750, 1000]],
  ])("up to %d", (greatest, whole, marks) => {
    expect(ticks(greatest, whole)).toEqual(marks);
  });
  it("starts at zero and never leaves its box", () => {
    expect([part(5, 10), part(-1, 10), part(11, 10), part(1, 0)]).toEqual([0.5, 0, 1, 0]);
  });
});

describe("periods", () => {
  it.each([
    ["2026-06", "month", "2026-05", "2026-06", "2026-06"],
    ["2026-01", "month", "2025-12", "2026-01", "2026-01"],
    ["2026-Q2", "quarter", "2026-Q1", "2026-04", "2026-06"],
    ["2026-Q1", "quarter", "2025-Q4", "2026-01", "2026-03"],
    ["2026", "year", "2025", "2026-01", "2026-12"],
  ])("%s", (period, kind, earlier, first, last) => {
    expect([kindOf(period), before(period), months(period)]).toEqual([kind, earlier, { first, last }]);
  });
  it("hold their months", () => {
    expect([holds("2026-Q2", "2026-04"), holds("2026-Q2", "2026-07"), holds("2026", "2026-12"), quarterOf("2026-09")]).toEqual([true, false, true, "2026-Q3"]);
  });
});

describe("the period before", () => {
  const published = ["2026-Q2", "2026-Q3", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"];
  it.each([
    ["2026-10", "2026-09"],
    ["2026-07", "2026-06"],
    ["2026-06", undefined],
    ["2026-05", undefined],
    ["2026-Q3", undefined],
    ["2026", undefined],
  ])("of %s is %s", (period, earlier) => {
    expect(comparable(period, published)).toBe(earlier);
  });
  it("is a quarter when all its months are out and none is the first of all", () => {
    expect(comparable("2026-Q3", ["2026-03", "2026-04", ...published])).toBe("2026-Q2");
    expect(comparable("2026-Q3", ["2026-04", ...published])).toBeUndefined();
    expect(monthsOf("2026-Q4")).toEqual(["2026-10", "2026-11", "2026-12"]);
  });
});

const cell = (indicator: string, group: string | null, value: number | null, flag: IndicatorCell["flag"] = null): IndicatorCell => ({ indicator, group, value, display: "", flag });
const table = (cells: IndicatorCell[], by: IndicatorTable["by"]): IndicatorTable => ({
  by: by ?? null,
  cells,
  indicators: [],
  release: { period: "2026-06", number: 1, published: "2026-07-14", devices_reported: 1, devices_total: 1 },
  threshold: 10,
});

describe("published cells", () => {
  it("are found by indicator and group", () => {
    const cut = table([cell("contacts", null, 100), cell("contacts", "man", 70), cell("reach", "man", 80)], "gender");
    expect(totalOf(cut, "contacts")?.value).toBe(100);
    expect([...groupsOf(cut, "contacts")].map(([group, one]) => [group, one.value])).toEqual([["man", 70]]);
    const sites = table([{ ...cell("contacts", null, 60), site: "market" }], "site");
    expect(totalOf(sites, "contacts")).toBeUndefined();
    expect(groupsOf(sites, "contacts").get("market")?.value).toBe(60);
  });
  it("compare only where rounding does not pass for change", () => {
    expect(change(112, 100)).toBeCloseTo(0.12);
    expect([change(50, 100), change(100, 99), change(null, 100), change(100, undefined)]).toEqual([undefined, undefined, undefined, undefined]);
  });
  it("say when a breakdown is too fine: half of what is not zero is hidden", () => {
    const hidden = cell("contacts", "woman", null, "below_threshold");
    expect(tooSmall(table([cell("contacts", "man", 70), hidden, cell("contacts", "other", 0)], "gender"))).toBe(true);
    expect(tooSmall(table([cell("contacts", "man", 70), cell("contacts", "unknown", 20), hidden], "gender"))).toBe(false);
    expect(tooSmall(table([cell("contacts", "man", 0)], "gender"))).toBe(false);
  });
});

describe("gaps", () => {
  it("name single numbers and runs", () => {
    expect(gapText({ device: "d", high: 58, missing: [[41, 41]] })).toEqual({ missing: "41", high: 58, count: 1 });
    expect(gapText({ device: "d", high: 58, missing: [[41, 43], [50, 50]] })).toEqual({ missing: "41–43, 50", high: 58, count: 4 });
  });
  it("say how long ago in the unit that fits", () => {
    const now = "2026-06-09T18:00:00Z";
    expect(ago(now, "2026-06-09T17:56:01Z")).toEqual({ value: 3, unit: "minute" });
    expect(ago(now, "2026-06-09T07:00:00Z")).toEqual({ value: 11, unit: "hour" });
    expect(ago(now, "2026-06-06T12:00:00Z")).toEqual({ value: 3, unit: "day" });
    expect(ago(now, "2026-06-09T18:05:00Z")).toEqual({ value: 0, unit: "minute" });
  });
  it("add up to what needs the supervisor", () => {
    const row = { gaps: [{ device: "d", high: 2, missing: [[1, 1]] }], quarantined: 2 } as unknown as BoardRow;
    expect(needs([row, { ...row, gaps: [] }], [])).toEqual({ people: [], answered: [], gaps: 1, quarantined: 4 });
  });
  it("name those who want to talk, today's first, and those who met something heavy", () => {
    const row = (handle: string, change: Partial<BoardRow>): BoardRow => ({ handle, gaps: [], quarantined: 0, ...change }) as BoardRow;
    const rows = [row("a", { heavy: "death", talk: "no" }), row("b", { heavy: "none", talk: "no" }), row("c", { talk: "today" }), row("d", {}), row("e", { talk: "this_week" })];
    expect(needs(rows, []).people.map(({ handle }) => handle)).toEqual(["c", "a", "e"]);
  });
  it("name questions that were answered and are not closed", () => {
    const asked = (handle: string, answers: number, closed: boolean): QuestionView => ({ handle, answers: Array.from({ length: answers }, () => ({ reply: "yes", on: "2026-06-09" })), closed }) as unknown as QuestionView;
    const questions = [asked("a", 0, false), asked("b", 1, false), asked("c", 1, true), asked("d", 2, false)];
    expect(needs([], questions).answered.map(({ handle }) => handle)).toEqual(["b", "d"]);
  });
});

describe("the QR code", () => {
  const svg = '<svg viewBox="0 0 232 232"><path d="M0 0h232v232H0V0" fill="#fff"/><path d="M32 32h8V40H32V32" fill="#000"/></svg>';
  it("gives its box and its dark squares", () => {
    expect(readQr(svg)).toEqual({ width: 232, height: 232, path: "M32 32h8V40H32V32" });
  });
  it("is refused when it is anything else", () => {
    expect(readQr("<svg></svg>")).toBeUndefined();
    expect(readQr(svg.replace("M32 32h8", "url(x)"))).toBeUndefined();
  });
});
