// What a phone forgets when the server says that it is out: everything but the sealed ops that it may have to send, with what sends them. The
// queue is never touched.
import { isSafe } from "../domain/outbox";
import { watched, withDatabase } from "./open";
import type { Settings, SyncState } from "./schema";

/** Stores that are not emptied whole. */
const KEPT: readonly string[] = ["self", "contract", "ops", "state"];
/** What new ops would be sealed to is public, and the counter keeps numbers from being used twice. */
const CONTRACT: readonly string[] = ["sealing", "counter"];

/**
 * Clears, in one strict transaction, and writes down that it did. The device with its signing key stays: it signs what waits. What was received
 * stays until a checked backup has it, because a server that is put back asks for it. To be called under the lock `save`.
 */
export async function wipe(): Promise<void> {
  await withDatabase(async (db) => {
    const names = [...db.objectStoreNames];
    const tx = watched(db.transaction(names, "readwrite", { durability: "strict" }));
    const [contract, state] = [tx.objectStore("contract"), tx.objectStore("state")];
    for (const name of names) if (!KEPT.includes(name)) await tx.objectStore(name).clear();
    await tx.objectStore("self").delete("pending");
    for (const key of await contract.getAllKeys()) if (!CONTRACT.includes(key)) await contract.delete(key);
    const [sync, settings] = [(await state.get("sync")) as SyncState | undefined, (await state.get("settings")) as Settings | undefined];
    for (const op of await tx.objectStore("ops").getAll()) if (isSafe(op, sync?.watermark ?? 0)) await tx.objectStore("ops").delete(op.op);
    await state.clear();
    if (sync !== undefined) await state.put({ ...sync, wiped: true }, "sync");
    // How the screen looks and speaks tells nothing of anybody.
    if (settings !== undefined) await state.put({ theme: settings.theme, lang: settings.lang, hand: "right" }, "settings");
    await tx.done;
  });
}
