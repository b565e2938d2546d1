// Deleting ops that were not sent, with what they left on the phone: all in one transaction.
import { partingOf, type Gone } from "../domain/discard";
import type { Traces } from "../domain/listed";
import { addSums, ZERO } from "../domain/sums";
import type { IDBPTransaction } from "idb";
import { listOf } from "./list";
import { watched, withDatabase } from "./open";
import { slipsAfter } from "./outbox";
import type { Device, RoundsSchema, ShiftRow, SlipRow } from "./schema";

type DiscardStore = "self" | "ops" | "days" | "state" | "list";
type DiscardTransaction = IDBPTransaction<RoundsSchema, DiscardStore[], "readwrite">;

/** A record of the list: what it left, with the row that it has there. */
export interface Row extends Traces {
  row: string;
}

async function takeBackSums(tx: DiscardTransaction, author: string, gone: readonly Gone[], unsure: ReadonlySet<string>): Promise<void> {
  const days = tx.objectStore("days");
  for (const { day, traces } of gone) {
    const row = await days.get([author, day]);
    if (row !== undefined) await days.put({ ...row, sums: addSums(row.sums, traces.sums, -1) });
  }
  for (const day of unsure) await days.delete([author, day]);
}

/** The shift's sums can't follow the server: where nobody can tell, it counts anew from here. */
async function takeBackFromShift(tx: DiscardTransaction, gone: readonly Gone[], unsure: ReadonlySet<string>): Promise<void> {
  const shift = (await tx.objectStore("state").get("shift")) as ShiftRow | undefined;
  if (shift === undefined) return;
  const own = gone.filter(({ traces }) => traces.shift === shift.record);
  const isUnsure = [...unsure].some((day) => day >= shift.day);
  const sums = isUnsure ? ZERO : own.reduce((left, { traces }) => addSums(left, traces.sums, -1), shift.sums);
  await tx.objectStore("state").put({ ...shift, sums }, "shift");
}

async function takeBackSlips(tx: DiscardTransaction, gone: readonly Gone[]): Promise<void> {
  const state = tx.objectStore("state");
  let slips = ((await state.get("slips")) as SlipRow[] | undefined) ?? [];
  for (const { traces } of gone) slips = slipsAfter(slips, { slips: traces.slips, settled: traces.settled, times: -1 });
  if (gone.length > 0) await state.put(slips, "slips");
}

/**
 * Deletes those of a worker's ops that still wait, and what they left. `listed` is the shift's list by record; without it, where nobody could open
 * the list, all of its rows go. To be called under the locks `sync` and `save`, while it is the worker's turn.
 */
export async function discardOps(author: string, ops: readonly string[], listed: ReadonlyMap<string, Row> | undefined): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction(["self", "ops", "days", "state", "list"], "readwrite", { durability: "strict" }));
    const self = (await tx.objectStore("self").get("device")) as Device | undefined;
    if (self?.author !== author) return;
    const held = (await tx.objectStore("ops").getAll()).filter((op) => op.author === author);
    const asked = new Set(ops);
    const deleted = held.filter((op) => op.state === "waiting" && asked.has(op.op));
    const shift = (await tx.objectStore("state").get("shift")) as ShiftRow | undefined;
    const { gone, unsure } = partingOf(held, new Set(deleted.map(({ op }) => op)), listed ?? new Map<string, Row>(), shift?.record);
    for (const { op } of deleted) await tx.objectStore("ops").delete(op);
    await takeBackSums(tx, author, gone, unsure);
    await takeBackFromShift(tx, gone, unsure);
    await takeBackSlips(tx, gone);
    if (listed === undefined) await tx.objectStore("list").delete(listOf(author));
    for (const row of deleted.flatMap(({ record }) => listed?.get(record)?.row ?? [])) await tx.objectStore("list").delete([author, row]);
    await tx.done;
  });
}
