// Deleting what waits: for a phone that must not hold it any longer, whatever is lost by it. Nothing else in the app deletes a record that was
// not received.
import { applyChange, waitingOps } from "../store/outbox";
import { tellOthers } from "./engine";
import { refresh } from "./refresh";

/** The ops that wait, and how many records they are about. */
export async function unsent(): Promise<{ ops: string[]; records: number }> {
  const waiting = await waitingOps();
  return { ops: waiting.map(({ op }) => op), records: new Set(waiting.map(({ record }) => record)).size };
}

/** Deletes ops that still wait; none that was received meanwhile, and none that was saved since they were counted. */
export async function discard(ops: readonly string[]): Promise<void> {
  await navigator.locks.request("sync", () => applyChange({ only: ops, update: (op) => (op.state === "waiting" ? "forget" : op) }));
  await refresh();
  tellOthers();
}
