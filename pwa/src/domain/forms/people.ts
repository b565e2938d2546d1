// People counted together by gender and age band: each tap on the grid adds one, the last one can be taken back.
import type { Group } from "../../generated/contract";

/** One more of a gender and age band. */
export function addOne(groups: readonly Group[], gender: string, ageBand: string): readonly Group[] {
  const found = groups.some((group) => group.gender === gender && group.age_band === ageBand);
  if (!found) return [...groups, { gender, age_band: ageBand, n: 1 }];
  return groups.map((group) => (group.gender === gender && group.age_band === ageBand ? { ...group, n: group.n + 1 } : group));
}

/** One less of a gender and age band; nothing stays of none. */
export function takeOne(groups: readonly Group[], gender: string, ageBand: string): readonly Group[] {
  return groups.flatMap((group) => {
    if (group.gender !== gender || group.age_band !== ageBand) return [group];
    return group.n > 1 ? [{ ...group, n: group.n - 1 }] : [];
  });
}

/** How many of a gender and age band. */
export function countOf(groups: readonly Group[], gender: string, ageBand: string): number {
  return groups.find((group) => group.gender === gender && group.age_band === ageBand)?.n ?? 0;
}

/** All of them. */
export function together(groups: readonly Group[]): number {
  return groups.reduce((sum, group) => sum + group.n, 0);
}
