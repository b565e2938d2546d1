// A week's plan, and what a level stands on.
import { describe, expect, it } from "vitest";
import { holds, lacking } from "../../src/domain/console/development";
import { byState, modeOf, planOf, planProblems, week, type PlanDraft } from "../../src/domain/console/shifts";
import type { QualificationView, ShiftView } from "../../src/generated/contract";

const shift = (id: string, day: string, change: Partial<ShiftView> = {}): ShiftView => ({
  id,
  rev: 1,
  worker: id,
  handle: id,
  day,
  site: "market",
  mode: "pair",
  state: "planned",
  with: [],
  closed_by_itself: false,
  ...change,
});

describe("a week", () => {
  it("has seven days, each with its shifts by the hour and then by name", () => {
    const shifts = [shift("d", "2026-06-09"), shift("c", "2026-06-09", { from: "20:00:00" }), shift("b", "2026-06-09", { from: "09:30:00" }), shift("a", "2026-06-09", { from: "20:00:00" }), shift("x", "2026-06-15")];
    const days = week("2026-06-08", shifts);
    expect(days.map(({ day }) => day)).toEqual(["08", "09", "10", "11", "12", "13", "14"].map((day) => `2026-06-${day}`));
    expect(days[1]?.shifts.map(({ id }) => id)).toEqual(["b", "a", "c", "d"]);
    expect(days.flatMap(({ shifts: here }) => here)).toHaveLength(4);
  });
  it("counts its shifts by state", () => {
    const shifts = [shift("a", "2026-06-09"), shift("b", "2026-06-09", { state: "done" }), shift("c", "2026-06-09", { state: "done" })];
    expect(byState(shifts)).toEqual([
      ["done", 2],
      ["planned", 1],
    ]);
  });
});

describe("a plan", () => {
  const draft: PlanDraft = { workers: ["w1", "w2"], day: "2026-06-10", site: "market", mode: "", setting: "street", from: "19:30", until: "" };
  it("sends nobody alone unless somebody says so", () => {
    expect([modeOf(draft), modeOf({ ...draft, workers: ["w1"] }), modeOf({ ...draft, mode: "alone" })]).toEqual(["pair", "with_staff", "alone"]);
  });
  it("is sent as the contract writes it", () => {
    expect(planOf(draft)).toEqual({ workers: ["w1", "w2"], day: "2026-06-10", site: "market", mode: "pair", setting: "street", from: "19:30:00", until: null });
  });
  it.each([
    [{}, []],
    [{ workers: [] }, ["workers required"]],
    [{ workers: Array.from({ length: 11 }, String) }, ["workers length"]],
    [{ day: "" }, ["day required"]],
    [{ day: "2026-06-08" }, ["day past"]],
    [{ day: "2026-06-09" }, []],
    [{ site: "" }, ["site required"]],
  ])("with %j is refused for %j", (change, errors) => {
    expect(planProblems({ ...draft, ...change }, "2026-06-09").map(({ path, code }) => `${path} ${code}`)).toEqual(errors);
  });
});

describe("a level", () => {
  const held = (module: string, expires: string | null = null): QualificationView => ({ id: module, module, on: "2026-01-01", expires, confirmed_by: "dora" });
  const taught = ["outreach_basics", "facilitation", "mentoring"];
  it("lacks the trainings that it stands on and that do not hold", () => {
    expect(lacking("outreach", [], taught, "2026-06-09")).toEqual([]);
    expect(lacking("facilitation", [held("mentoring")], taught, "2026-06-09")).toEqual(["facilitation"]);
    expect(lacking("mentoring", [held("facilitation", "2026-06-08"), held("mentoring")], taught, "2026-06-09")).toEqual(["facilitation"]);
    expect(lacking("mentoring", [held("facilitation"), held("mentoring")], taught, "2026-06-09")).toEqual([]);
  });
  it("does not ask for what the programme does not teach", () => {
    expect(lacking("mentoring", [], ["facilitation"], "2026-06-09")).toEqual(["facilitation"]);
  });
  it("holds through its last day", () => {
    expect([holds(held("x", "2026-06-09"), "2026-06-09"), holds(held("x", "2026-06-09"), "2026-06-10")]).toEqual([true, false]);
  });
});
