// What a PIN guards on the phone: its slots, and the rows of the shift's list. All of it by worker.
import type { PinRow } from "../domain/pin";
import { watched, withDatabase } from "./open";
import type { ListRow, SyncState } from "./schema";

/** The keys of a worker's rows. */
export function listOf(author: string): IDBKeyRange {
  return IDBKeyRange.bound([author], [author, []]);
}

/** How the keys of what is kept of PINs begin. */
export const PIN_KEYS = "pin:";

function pinKey(author: string): string {
  return `${PIN_KEYS}${author}`;
}

/** What is kept of a worker's PIN; undefined when there is none. */
export async function pin(author: string): Promise<PinRow | undefined> {
  return (await withDatabase((db) => db.get("state", pinKey(author)))) as PinRow | undefined;
}

/** Keeps a worker's PIN, on the disk when it resolves; a phone that was cleared meanwhile keeps none. */
export async function keepPin(author: string, row: PinRow): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction("state", "readwrite", { durability: "strict" }));
    const sync = (await tx.store.get("sync")) as SyncState | undefined;
    if (sync?.wiped !== true) await tx.store.put(row, pinKey(author));
    await tx.done;
  });
}

/** A worker's rows. */
export function listRows(author: string): Promise<ListRow[]> {
  return withDatabase((db) => db.getAll("list", listOf(author)));
}

/** Forgets a worker's rows. */
export async function forgetList(author: string): Promise<void> {
  await withDatabase((db) => db.delete("list", listOf(author)));
}

/** Forgets a worker's rows and what wrapped their key, in one transaction; `instead` is kept in its place. */
export async function destroyList(author: string, instead?: PinRow): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction(["state", "list"], "readwrite", { durability: "strict" }));
    const state = tx.objectStore("state");
    await Promise.all([
      instead === undefined ? state.delete(pinKey(author)) : state.put(instead, pinKey(author)),
      tx.objectStore("list").delete(listOf(author)),
      tx.done,
    ]);
  });
}
