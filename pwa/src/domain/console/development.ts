// What a level opens, and which training it stands on.
import type { Level, QualificationView } from "../../generated/contract";

/** The training modules that a level stands on, by their code in the catalogue. Outreach opens nothing more, so it needs none. */
const NEEDS: Readonly<Record<Level, readonly string[]>> = {
  outreach: [],
  facilitation: ["facilitation"],
  mentoring: ["facilitation", "mentoring"],
};

/** Whether a qualification holds on a day. */
export function holds(qualification: QualificationView, today: string): boolean {
  return qualification.expires == null || qualification.expires >= today;
}

/** Modules that a level stands on and that are not among the qualifications that hold. A module that the programme does not teach is not asked for. */
export function lacking(level: Level, held: readonly QualificationView[], taught: readonly string[], today: string): string[] {
  const good = new Set(held.filter((one) => holds(one, today)).map((one) => one.module));
  return NEEDS[level].filter((module) => taught.includes(module) && !good.has(module));
}
