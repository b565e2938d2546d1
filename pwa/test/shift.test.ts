// Shift, debrief, bag and measured returns: the pure part.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Catalogue, PlannedShift, RecordBody } from "../src/generated/contract";
import { bagNow, handOverLines, handOverMoves, movesBy, movesOf, NO_HANDOVER } from "../src/domain/bag";
import { toContact } from "../src/domain/contact";
import { debriefOf, isPointedOut, lacksTalk } from "../src/domain/debrief";
import { instantOf, wallIn } from "../src/domain/dates";
import * as form from "../src/domain/draft";
import { closesAt, isForgotten, minutesOut, outingOf, plannedFor, shiftBody } from "../src/domain/shift";
import { checkContact } from "../src/domain/validation";
import { checkRecord } from "../src/domain/validation-record";

const { catalogue } = JSON.parse(readFileSync(new URL("../../shared/corpus/records.json", import.meta.url), "utf8")) as { catalogue: Catalogue };
const WORKER = "0197a3c0-0000-7000-8000-000000000004";
const SAM = "0197a3c0-0000-7000-8000-000000000005";
const DAY = "2026-06-09";
const since = { local: "2026-06-09T19:40:00", offset_minutes: 120 };
const place = { site: "market", mode: "pair", setting: "street" } as const;
const common = { worker: WORKER, catalogue: 3, site: "market", service_date: DAY, captured: since, mode: "pair", setting: "street" } as const;
const plan: PlannedShift = { record: SAM, rev: 2, day: DAY, from: "19:30:00", until: "00:30:00", ...place, state: "planned", with: [{ id: SAM, handle: "sam" }] };
const whose = { worker: WORKER, catalogue: 3 };
const good = (record: RecordBody): void => expect(checkRecord(record, catalogue, DAY)).toEqual([]);

describe("a shift", () => {
  it("that was planned starts with what the plan says and ends with it", () => {
    const outing = outingOf(plan, DAY, since, plan);
    const start = shiftBody(outing, whose, "started", since);
    expect(start).toMatchObject({ state: "started", with: [SAM], from: "19:30:00", until: "00:30:00", check_in: since, site: "market", service_date: DAY });
    expect(start.check_out).toBeUndefined();
    good({ kind: "shift", body: start });
    const out = { ...since, local: "2026-06-10T00:40:00" };
    const stop = shiftBody({ ...outing, with: [] }, whose, "done", out, out);
    expect(stop).toMatchObject({ state: "done", with: [], check_in: since, check_out: out, service_date: DAY });
    good({ kind: "shift", body: stop });
  });
  it("that was not planned has no planned times, and one that nobody stopped no check-out", () => {
    const body = shiftBody(outingOf(place, DAY, since), whose, "done");
    expect([body.from, body.until, body.check_out, body.captured]).toEqual([undefined, undefined, undefined, undefined]);
    good({ kind: "shift", body });
  });
  it("is offered on its day, unless it is under way or this phone says something of it already", () => {
    const shifts = [plan, { ...plan, record: "b", state: "started" as const }, { ...plan, record: "c", day: "2026-06-10" }];
    expect(plannedFor(DAY, shifts, new Set())).toEqual([plan]);
    expect(plannedFor(DAY, shifts, new Set([plan.record]))).toEqual([]);
  });
  it.each([
    ["2026-06-09T19:40", 6, "2026-06-10T06:00"],
    ["2026-06-10T00:30", 6, "2026-06-10T06:00"],
    ["2026-06-10T02:00", 6, "2026-06-10T06:00"],
    ["2026-06-10T02:01", 6, "2026-06-11T06:00"],
    ["2026-06-10T05:30", 6, "2026-06-11T06:00"],
    ["2026-06-10T06:00", 6, "2026-06-11T06:00"],
    ["2026-06-09T19:40", 0, "2026-06-10T00:00"],
    ["2026-06-09T22:00", 0, "2026-06-11T00:00"],
    ["2026-06-09T08:00", 23, "2026-06-09T23:00"],
    ["2026-06-30T22:00", 4, "2026-07-01T04:00"],
  ])("begun at %s ends by itself at %i o'clock: %s", (began, hour, ends) => expect(closesAt(began, hour)).toBe(ends));
  it("is forgotten by the programme's clock, not the phone's", () => {
    // 19:40 in Berlin, on a phone that thinks it is in Lisbon, where it is an hour less.
    const phone = { local: "2026-06-09T18:40:00", offset_minutes: 60 };
    const at = (instant: string): boolean => isForgotten(phone, "Europe/Berlin", 6, Date.parse(instant));
    expect([at("2026-06-10T03:59:00Z"), at("2026-06-10T04:00:00Z")]).toEqual([false, true]);
  });
  it("lasted as long as its check-in is ago; a clock that was set back makes nothing of it", () => {
    expect(minutesOut(since, instantOf(since) + 5 * 3_600_000 + 90_000)).toBe(301);
    expect(minutesOut(since, instantOf(since) - 1)).toBe(0);
  });
});

describe("wall clocks", () => {
  it("are those of the zone", () => {
    expect(wallIn("Europe/Berlin", Date.parse("2026-06-09T22:05:00Z"))).toBe("2026-06-10T00:05");
    expect(wallIn("Nowhere/Here", Date.parse("2026-06-09T22:05:00Z"))).toBe("2026-06-09T22:05");
  });
});

describe("a debrief", () => {
  it("needs nothing but whether the worker wants to talk, once anything is said", () => {
    expect([lacksTalk({}), lacksTalk({ mood: 3 }), lacksTalk({ heavy: "none", talk: "no" })]).toEqual([false, true, false]);
    expect(debriefOf(common, { mood: 3 })).toBeUndefined();
    const body = debriefOf(common, { talk: "this_week" })!;
    expect([body.talk, "heavy" in body, "mood" in body]).toEqual(["this_week", false, false]);
    good({ kind: "debrief", body: debriefOf(common, { talk: "no", heavy: "death", mood: 2 })! });
  });
  it("is pointed out for something heavy and for today, and for nothing else", () => {
    expect([isPointedOut({ heavy: "police" }), isPointedOut({ talk: "today" })]).toEqual([true, true]);
    expect([isPointedOut({ heavy: "none", talk: "this_week", mood: 1 }), isPointedOut({})]).toEqual([false, false]);
  });
});

describe("the bag", () => {
  const contact = { kind: "contact", body: toContact(form.setBack(form.setOut(form.EMPTY, "ns_1ml", 10), "used_syringe", 4), catalogue, { worker: WORKER, place, serviceDate: DAY, captured: since }) } as const;
  const bag = [{ item: "ns_1ml", carried: 100, given: 20, lost: 1 }];
  it("is what the pull said and what was saved since; an undo takes its part back", () => {
    const given = movesBy("1", movesOf(contact), 1);
    expect(bagNow(bag, given)).toEqual([{ item: "ns_1ml", carried: 100, given: 30, lost: 1 }]);
    expect(bagNow(bag, [...given, ...movesBy("2", movesOf(contact), -1)])).toEqual(bag);
    const received = { kind: "stock_move", body: { ...common, reason: "issue", from: "store", to: "bag", lines: [{ item: "condom", quantity: 30 }] } } satisfies RecordBody;
    expect(bagNow(bag, movesBy("3", movesOf(received), 1))[1]).toEqual({ item: "condom", carried: 30, given: 0, lost: 0 });
  });
  it("is handed over as carried − given − lost, unless what is left was counted", () => {
    expect(handOverLines(bag, NO_HANDOVER, [])[0]).toMatchObject({ left: 79, lostNow: 0 });
    expect(handOverLines(bag, { ...NO_HANDOVER, lost: { ns_1ml: 4 } }, [])[0]).toMatchObject({ left: 75, lostNow: 4 });
    expect(handOverLines(bag, { ...NO_HANDOVER, left: { ns_1ml: 70 } }, ["condom"]).map((line) => [line.item, line.left])).toEqual([
      ["ns_1ml", 70],
      ["condom", 0],
    ]);
  });
  it("saves what was lost and what goes back, and nothing that nobody said", () => {
    const lines = handOverLines(bag, { ...NO_HANDOVER, lost: { ns_1ml: 4 } }, ["condom"]);
    const { lost, back } = handOverMoves(common, lines, true);
    expect(lost).toMatchObject({ reason: "lost", from: "bag", to: "outside", lines: [{ item: "ns_1ml", quantity: 4 }] });
    expect(back).toMatchObject({ reason: "return", from: "bag", to: "store", lines: [{ item: "ns_1ml", quantity: 75 }] });
    good({ kind: "stock_move", body: lost! });
    good({ kind: "stock_move", body: back! });
    expect(bagNow(bag, [...movesBy("1", movesOf({ kind: "stock_move", body: lost! }), 1), ...movesBy("2", movesOf({ kind: "stock_move", body: back! }), 1)])).toEqual([
      { item: "ns_1ml", carried: 25, given: 20, lost: 5 },
    ]);
    expect(handOverMoves(common, handOverLines(bag, NO_HANDOVER, []), false)).toEqual({});
  });
});

describe("measured returns", () => {
  const measure = { method: "weighed", unit: "kg", factor: 619 } as const;
  const measuring: Catalogue = { ...catalogue, pad: { ...catalogue.pad, measures: [measure] } };
  const lines = (draft: form.Draft, of = measuring): unknown => toContact(draft, of, { worker: WORKER, place, serviceDate: DAY, captured: since }).lines;
  const weighed = form.setReturnValue(form.setReturnMethod(form.EMPTY, "weighed"), "used_syringe", 3.5, measure);
  it("give the pieces, rounded half up, with what was measured beside them", () => {
    expect(lines(weighed)).toEqual([{ item: "used_syringe", direction: "in", quantity: 2167, method: "weighed", measured: { value: 3.5, unit: "kg", factor: 619 } }]);
    const body = toContact(weighed, measuring, { worker: WORKER, place, serviceDate: DAY, captured: since });
    expect(checkContact(body, measuring, DAY)).toEqual([]);
  });
  it("are no longer measured once the pieces are set by hand or found another way", () => {
    expect(lines(form.setBack(weighed, "used_syringe", 40))).toEqual([{ item: "used_syringe", direction: "in", quantity: 40, method: "weighed" }]);
    expect(lines(form.setBack(weighed, "used_syringe", 2167))).toEqual([{ item: "used_syringe", direction: "in", quantity: 2167, method: "weighed" }]);
    expect(lines(form.setReturnMethod(weighed, "counted"))).toEqual([{ item: "used_syringe", direction: "in", quantity: 2167, method: "counted" }]);
  });
  it("of a method without a measure are typed as pieces", () => {
    expect(lines(form.setBack(form.setReturnMethod(form.EMPTY, "container"), "used_syringe", 40))).toEqual([
      { item: "used_syringe", direction: "in", quantity: 40, method: "container" },
    ]);
  });
  it("leave nothing when nothing was measured", () => expect(form.setReturnValue(weighed, "used_syringe", 0, measure).back).toEqual({}));
});
