// Deleting what waits: for a phone that must not hold it any longer, whatever is lost by it. Nothing else in the app deletes a record that was
// not received, and nobody deletes what another worker of the phone recorded.
import { discardOps } from "../store/discard";
import { waitingOps } from "../store/outbox";
import { syncNow, tellOthers } from "./engine";
import { entries } from "./entries";
import { key } from "./list";
import { refresh } from "./refresh";
import * as state from "./state";

/** The worker's own ops that wait, and how many records they are about. */
export async function unsent(): Promise<{ ops: string[]; records: number }> {
  const own = (await waitingOps()).filter(({ author }) => author === state.device.value?.author);
  return { ops: own.map(({ op }) => op), records: new Set(own.map(({ record }) => record)).size };
}

/** What this page remembers of records goes too: one that is gone can't be taken back or repeated. */
function forgetThem(ops: readonly string[]): void {
  state.bagMoves.value = state.bagMoves.value.filter(({ op }) => !ops.includes(op));
  state.notice.value = undefined;
  state.lastDraft.value = undefined;
  state.lastLikeness.value = undefined;
}

/** Deletes ops that still wait, with what they left on the phone; none that was received meanwhile, and none that was saved since they were counted. */
export async function discard(ops: readonly string[]): Promise<void> {
  const author = state.device.value?.author;
  if (author === undefined) return;
  // Nothing is sent or saved in between. Whoever holds both locks takes `sync` first.
  await navigator.locks.request("sync", () =>
    navigator.locks.request("save", async () => {
      const listed = key.value === undefined ? undefined : new Map((await entries()).map((entry) => [entry.record, entry]));
      await discardOps(author, ops, listed);
    }),
  );
  forgetThem(ops);
  await refresh();
  tellOthers();
  // The sums of the days follow the server.
  void syncNow();
}
