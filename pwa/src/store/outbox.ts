// Sealed ops and the sums of days. One strict transaction saves an op, its number and the sums; all or nothing.
import type { IDBPTransaction } from "idb";
import type { DaySums } from "../generated/contract";
import { addSums, ZERO } from "../domain/sums";
import type { OutboxOp } from "../domain/outbox";
import { listOf } from "./list";
import { watched, withDatabase } from "./open";
import type { AuthorRow, DayRow, ListRow, PlaceRow, RoundsSchema, ShiftRow, SlipRow, SyncState } from "./schema";

/** The counter was moved by somebody else between reading and writing: seal again with a new number. */
export class CounterMoved extends Error {}

/** The record was changed by somebody else since it was read: what was tapped is about an older state of it. */
export class RecordMoved extends Error {}

/** The next sequence number of this device, from 1. */
export function nextDseq(): Promise<number> {
  return withDatabase(async (db) => {
    const counter = await db.get("contract", "counter");
    return typeof counter === "number" ? counter : 1;
  });
}

type SaveStore = "contract" | "ops" | "days" | "state" | "list";
type SaveTransaction = IDBPTransaction<RoundsSchema, SaveStore[], "readwrite">;

/** What a save changes beside its op: the sums of its day and shift, the shift under way, the open slips. */
export interface Effects {
  sums: DaySums;
  /** 1 for a put, −1 for a removal. */
  times: 1 | -1;
  /** Shift that the record belongs to. */
  shift?: string | undefined;
  /** The shift under way from now on; `null` when none is. */
  running?: ShiftRow | null | undefined;
  /** Where the worker is from now on. */
  place?: PlaceRow | undefined;
  /** Slips that are now open, or with a removal no longer. */
  slips?: readonly SlipRow[] | undefined;
  /** Slips that are settled, or with a removal open again. */
  settled?: readonly SlipRow[] | undefined;
  /** Row that the shift's list has from now on. */
  listed?: ListRow | undefined;
  /** Id of the row that it no longer has. */
  unlisted?: string | undefined;
  /** Another worker of this phone, whose parked shift ends with it. */
  ended?: string | undefined;
}

/** The open slips after a save. */
export function slipsAfter(before: readonly SlipRow[], { slips = [], settled = [], times }: Pick<Effects, "slips" | "settled" | "times">): SlipRow[] {
  const gone = new Set([...settled, ...slips].map((one) => one.slip));
  const kept = before.filter((one) => !gone.has(one.slip));
  // In order of their days, so that one that comes back stands where it was.
  return [...kept, ...(times === 1 ? slips : settled)].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

async function writeList(tx: SaveTransaction, author: string, { running, listed, unlisted }: Effects): Promise<void> {
  const list = tx.objectStore("list");
  if (unlisted !== undefined) await list.delete([author, unlisted]);
  if (listed !== undefined) await list.put(listed);
  // It goes with the shift.
  if (running === null) await list.delete(listOf(author));
}

/** Ends the shift of a worker whose turn it is not, and their list with it. */
async function endParked(tx: SaveTransaction, author: string): Promise<void> {
  const rows = ((await tx.objectStore("state").get("authors")) as AuthorRow[] | undefined) ?? [];
  const after = rows.map((row) => {
    const { shift: _shift, ...rest } = row;
    return row.author === author ? rest : row;
  });
  await tx.objectStore("state").put(after, "authors");
  await tx.objectStore("list").delete(listOf(author));
}

async function writeEffects(tx: SaveTransaction, author: string, effects: Effects): Promise<void> {
  const state = tx.objectStore("state");
  const { running, place, slips, settled, shift, sums, times, ended } = effects;
  await writeList(tx, author, effects);
  if (ended !== undefined) await endParked(tx, ended);
  if (running === null) await state.delete("shift");
  else if (running !== undefined) await state.put(running, "shift");
  else if (shift !== undefined) {
    const row = (await state.get("shift")) as ShiftRow | undefined;
    if (row?.record === shift) await state.put({ ...row, sums: addSums(row.sums, sums, times) }, "shift");
  }
  if (place !== undefined) await state.put(place, "place");
  if (slips === undefined && settled === undefined) return;
  await state.put(slipsAfter(((await state.get("slips")) as SlipRow[] | undefined) ?? [], effects), "slips");
}

/** Whether the phone holds a statement about the record that the op does not know of. */
async function isOvertaken(tx: SaveTransaction, { record, rev, day }: OutboxOp): Promise<boolean> {
  if (rev === 1) return false;
  return (await tx.objectStore("ops").index("day").getAll(day)).some((one) => one.record === record && one.rev >= rev);
}

/** What a save leaves beside its op; nothing on a phone that was cleared, which keeps sealed ops only. */
async function writeTraces(tx: SaveTransaction, { author, day }: OutboxOp, effects: Effects): Promise<void> {
  const [sync, before] = await Promise.all([tx.objectStore("state").get("sync"), tx.objectStore("days").get([author, day])]);
  if ((sync as SyncState | undefined)?.wiped === true) return;
  const row: DayRow = { author, day, sums: addSums(before?.sums ?? ZERO, effects.sums, effects.times) };
  await Promise.all([tx.objectStore("days").put(row), writeEffects(tx, author, effects)]);
}

/** Puts a save's writes into its transaction; nothing when the op is there already, after a retry. */
async function writeOp(tx: SaveTransaction, op: OutboxOp, effects: Effects): Promise<void> {
  const [counter, before, overtaken] = await Promise.all([tx.objectStore("contract").get("counter"), tx.objectStore("ops").get(op.op), isOvertaken(tx, op)]);
  if (before !== undefined) return;
  const moved = (typeof counter === "number" ? counter : 1) !== op.dseq ? new CounterMoved() : overtaken ? new RecordMoved() : undefined;
  if (moved !== undefined) {
    tx.abort();
    throw moved;
  }
  await Promise.all([tx.objectStore("ops").add(op), tx.objectStore("contract").put(op.dseq + 1, "counter"), writeTraces(tx, op, effects)]);
}

const SAVE_STORES: SaveStore[] = ["contract", "ops", "days", "state", "list"];
const ON_DISK = { durability: "strict" } as const;

/** A save's transaction that changes nothing: it writes back the number that it reads. A start's first write to the disk is slow. */
export function rehearseSave(): Promise<void> {
  return withDatabase(async (db) => {
    const tx = watched(db.transaction(SAVE_STORES, "readwrite", ON_DISK));
    const counter = await tx.objectStore("contract").get("counter");
    if (typeof counter === "number") await tx.objectStore("contract").put(counter, "counter");
    await tx.done;
  });
}

/** Writes an op, moves the counter and does what follows from it. Resolves when it is on the disk, as far as the browser tells. */
export function saveOp(op: OutboxOp, effects: Effects): Promise<void> {
  return withDatabase(async (db) => {
    const tx = watched(db.transaction(SAVE_STORES, "readwrite", ON_DISK));
    try {
      await writeOp(tx, op, effects);
    } catch (error) {
      // The transaction's own error says why (no room, dead connection); that of a request only that it was aborted.
      if (!(error instanceof CounterMoved) && !(error instanceof RecordMoved)) await tx.done;
      throw error;
    }
    await tx.done;
  });
}

/** Ops that wait, in order of their numbers. */
export function waitingOps(): Promise<OutboxOp[]> {
  return withDatabase(async (db) => {
    const ops = await db.getAllFromIndex("ops", "state", "waiting");
    return ops.sort((a, b) => a.dseq - b.dseq);
  });
}

/** Ops that the home screen counts: today's, and whatever else is not received. */
export function countedOps(today: string): Promise<OutboxOp[]> {
  return withDatabase(async (db) => {
    const tx = watched(db.transaction("ops"));
    const [day, waiting, rejected] = await Promise.all([
      tx.store.index("day").getAll(today),
      tx.store.index("state").getAll("waiting"),
      tx.store.index("state").getAll("rejected"),
    ]);
    await tx.done;
    return [...new Map([...day, ...waiting, ...rejected].map((op) => [op.op, op])).values()];
  });
}

/** Every op that the phone holds. */
export function allOps(): Promise<OutboxOp[]> {
  return withDatabase((db) => db.getAll("ops"));
}

/** Some ops by their ids, as far as the phone still holds them. */
export function opsOf(ids: readonly string[]): Promise<Map<string, OutboxOp>> {
  return withDatabase(async (db) => {
    const tx = db.transaction("ops");
    const [found] = await Promise.all([Promise.all(ids.map((id) => tx.store.get(id))), tx.done]);
    return new Map(found.flatMap((op) => (op === undefined ? [] : [[op.op, op] as const])));
  });
}

/** How many ops wait. */
export function countWaiting(): Promise<number> {
  return withDatabase((db) => db.countFromIndex("ops", "state", "waiting"));
}

/** What an answer changed: ops by a pure function over all or some of them, ops to forget, and the state of synchronisation. */
export interface Change {
  /** Ids of the ops that `update` sees; all when absent. */
  only?: readonly string[];
  /** New form of an op, the same object when nothing changed, or `forget`. */
  update: (op: OutboxOp) => OutboxOp | "forget";
  /** New state of synchronisation, from the one that is stored. */
  state?: (state: SyncState) => SyncState;
}

/** Applies a change in one transaction, on what is stored now. */
export function applyChange({ only, update, state }: Change): Promise<void> {
  return withDatabase(async (db) => {
    const tx = watched(db.transaction(["ops", "state"], "readwrite"));
    const ops = tx.objectStore("ops");
    const held = only === undefined ? await ops.getAll() : await Promise.all(only.map((id) => ops.get(id)));
    for (const op of held) {
      if (op === undefined) continue;
      const after = update(op);
      if (after === "forget") await ops.delete(op.op);
      else if (after !== op) await ops.put(after);
    }
    if (state !== undefined) {
      const before = (await tx.objectStore("state").get("sync")) as SyncState | undefined;
      if (before !== undefined) await tx.objectStore("state").put(state(before), "sync");
    }
    await tx.done;
  });
}

/** Sums of a worker's days from one date to another, both included. */
export function daysOf(author: string, from: string, to: string): Promise<DayRow[]> {
  return withDatabase((db) => db.getAll("days", IDBKeyRange.bound([author, from], [author, to])));
}

/** Lets days follow the server where `may` says so of the day's ops, in the transaction that looks at them. */
export function followDays(rows: readonly DayRow[], may: (row: DayRow, ops: readonly OutboxOp[]) => boolean): Promise<void> {
  return withDatabase(async (db) => {
    const tx = watched(db.transaction(["ops", "days"], "readwrite"));
    for (const row of rows) {
      const ops = await tx.objectStore("ops").index("day").getAll(row.day);
      if (may(row, ops)) await tx.objectStore("days").put(row);
    }
    await tx.done;
  });
}

/** Forgets sums of days before a date, whoever of the phone's workers they are of: the week is all that the phone shows. */
export function forgetDays(before: string): Promise<void> {
  return withDatabase(async (db) => {
    const tx = watched(db.transaction("days", "readwrite"));
    for (const key of await tx.store.getAllKeys()) if (key[1] < before) await tx.store.delete(key);
    await tx.done;
  });
}
