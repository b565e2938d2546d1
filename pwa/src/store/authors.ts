// Several workers of one phone. The one whose turn it is has their rows under the plain names; those of the others are parked beside their
// number. Records are not parked: there is one queue, and whoever's turn it is sends it.
import { watched, withDatabase } from "./open";
import type { AuthorRow, Device } from "./schema";

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

/** Workers whose turn it is not, with what is parked of each. */
export async function parked(): Promise<AuthorRow[]> {
  return withDatabase(async (db) => {
    const tx = db.transaction(["self", "state"]);
    const rows = ((await tx.objectStore("state").get("authors")) as AuthorRow[] | undefined) ?? [];
    const self = (await tx.objectStore("self").get("device")) as Device | undefined;
    return rows.filter((row) => row.author !== self?.author);
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
    if (there === undefined) await tx.objectStore("state").put([...rows, { author, n }], "authors");
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
