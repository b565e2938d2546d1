// What is deleted with ops that were not sent: what they added to the figures of the phone, as far as that can be told. Ops are sealed, so only
// the shift's list tells it; days of which it can't be told begin anew and follow the server.
import type { Traces } from "./listed";
import type { OutboxOp } from "./outbox";

/** What a record left on the phone that goes with it, and the day that it counted for. */
export interface Gone {
  day: string;
  traces: Traces;
}

/** What follows from deleting ops. */
export interface Parting {
  /** Records of which nothing stays. */
  gone: Gone[];
  /** Days of which can't be told what their sums are without the ops. */
  unsure: Set<string>;
}

/** What a whole record, which is only on this phone, adds to the sums now; undefined when nobody can tell. */
function addedBy(record: string, ops: readonly OutboxOp[], known: ReadonlyMap<string, Traces>, shift: string | undefined): Traces | "nothing" | undefined {
  const last = ops.reduce((a, b) => (b.rev > a.rev ? b : a));
  // A shift adds nothing, and what was taken back does no longer.
  return last.type === "void" || record === shift ? "nothing" : known.get(record);
}

/**
 * What follows from deleting some ops of a worker. `held` are all of theirs, `known` says what records left, by record, as far as the list
 * tells, and `shift` is the record of the shift under way.
 */
export function partingOf(held: readonly OutboxOp[], deleted: ReadonlySet<string>, known: ReadonlyMap<string, Traces>, shift: string | undefined): Parting {
  const parting: Parting = { gone: [], unsure: new Set() };
  const records = new Set(held.filter(({ op }) => deleted.has(op)).map((one) => one.record));
  for (const record of records) {
    const ops = held.filter((one) => one.record === record);
    const [{ day } = { day: "" }] = ops;
    // What the server has of it goes on counting, and how much that is the phone does not know.
    const isWhole = ops.every(({ op }) => deleted.has(op)) && (record === shift || ops.some(({ op }) => op === record));
    const added = isWhole ? addedBy(record, ops, known, shift) : undefined;
    if (added === undefined) parting.unsure.add(day);
    else if (added !== "nothing") parting.gone.push({ day, traces: added });
  }
  return parting;
}
