// Several workers of one phone. The one whose turn it is has their rows under the plain names; those of the others are parked beside their
// number. Records are not parked: there is one queue, and whoever's turn it is sends it.
import { unnamed } from "../domain/own";
import { listOf } from "./list";
import { watched, withDatabase } from "./open";
import type { AuthorRow, Device, OwnRow, ShiftRow, SlipRow } from "./schema";

/** What is parked of a worker. */
const PARKED = ["place", "shift", "slips", "own"] as const;

/** Workers of a phone that was asked; before anybody was added it is the one who set it up. */
function known(rows: AuthorRow[] | undefined, self: Device | undefined): AuthorRow[] {
  return rows ?? (self === undefined ? [] : [{ author: self.author, n: 1 }]);
}

/** The workers of this phone, each with a number, in the order in which they came. */
export async function authors(): Promise<AuthorRow[]> {
  return withDatabase(async (db) => {
    const tx = db.transaction(["self", "state"]);
    const rows = (await tx.objectStore("state").get("authors")) as AuthorRow[] | undefined;
    return known(rows, (await tx.objectStore("self").get("device")) as Device | undefined);
  });
}

/** What the parked rows of workers may still hold. */
export interface Lasts {
  slip: (row: SlipRow) => boolean;
  /** Whether a shift still has its list. */
  list: (shift: ShiftRow | undefined) => boolean;
}

/** Forgets of those whose turn it is not what has outlived its time: open slips, and lists of shifts. */
export async function sweepParked(lasts: Lasts): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction(["self", "state", "list"], "readwrite"));
    const [state, list] = [tx.objectStore("state"), tx.objectStore("list")];
    const self = (await tx.objectStore("self").get("device")) as Device | undefined;
    const rows = ((await state.get("authors")) as AuthorRow[] | undefined) ?? [];
    const parked = rows.filter((row) => row.author !== self?.author);
    for (const { author, shift } of parked) if (!lasts.list(shift)) await list.delete(listOf(author));
    const isOver = (slip: SlipRow): boolean => !lasts.slip(slip);
    if (parked.some(({ slips = [] }) => slips.some(isOver))) {
      await state.put(
        rows.map((row) => (row.slips === undefined ? row : { ...row, slips: row.slips.filter(lasts.slip) })),
        "authors",
      );
    }
    await tx.done;
  });
}

/** Adds a worker and answers their number; somebody who is there already keeps theirs. */
export async function addAuthor(author: string): Promise<number> {
  return withDatabase(async (db) => {
    const tx = watched(db.transaction(["self", "state"], "readwrite", { durability: "strict" }));
    const self = (await tx.objectStore("self").get("device")) as Device | undefined;
    const rows = known((await tx.objectStore("state").get("authors")) as AuthorRow[] | undefined, self);
    const there = rows.find((row) => row.author === author);
    const n = there?.n ?? Math.max(0, ...rows.map((row) => row.n)) + 1;
    if (there === undefined) {
      const state = tx.objectStore("state");
      const after = [...rows, { author, n }];
      const here = new Set(after.map((row) => row.author));
      await state.put(
        after.map((row: AuthorRow) => (row.own === undefined ? row : { ...row, own: unnamed(row.own, here) })),
        "authors",
      );
      const own = (await state.get("own")) as OwnRow | undefined;
      if (own !== undefined) await state.put(unnamed(own, here), "own");
    }
    await tx.done;
    return n;
  });
}

/** Gives the turn to another worker of this phone: parks the rows of the one before and brings theirs, in one transaction. */
export async function turnTo(author: string): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction(["self", "state"], "readwrite", { durability: "strict" }));
    const [selves, state] = [tx.objectStore("self"), tx.objectStore("state")];
    const self = (await selves.get("device")) as Device | undefined;
    const rows = known((await state.get("authors")) as AuthorRow[] | undefined, self);
    const next = rows.find((row) => row.author === author);
    if (self === undefined || next === undefined || self.author === author) return;
    const held: Partial<AuthorRow> = {};
    for (const key of PARKED) {
      const row = await state.get(key);
      if (row !== undefined) Object.assign(held, { [key]: row });
      const theirs = next[key];
      if (theirs === undefined) await state.delete(key);
      else await state.put(theirs, key);
    }
    const after = rows.map((row): AuthorRow => {
      if (row.author === author) return { author, n: row.n };
      return row.author === self.author ? { ...held, author: row.author, n: row.n } : row;
    });
    await state.put(after, "authors");
    await selves.put({ ...self, author }, "device");
    await tx.done;
  });
}
