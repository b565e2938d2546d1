// Rescue by file: what the phone holds, as whole signed pushes.
import type { SignedBatch } from "../domain/copy";
import { BATCH, nextBatch, type OutboxOp } from "../domain/outbox";
import { syncState } from "../store/device";
import { allOps, nextDseq, waitingOps } from "../store/outbox";
import type { Device } from "../store/schema";
import { signBatch } from "./push";
import type { Sources } from "./save";

/** Signs what waits as whole pushes; where nothing waits, everything that the phone holds. Says how many records they are of. */
export async function signedCopy(device: Device, sources: Sources): Promise<{ batches: SignedBatch[]; records: number }> {
  const [state, waiting] = await Promise.all([syncState(), waitingOps()]);
  const wanted = waiting.length > 0 ? waiting : await allOps();
  const dseqHigh = (await nextDseq()) - 1;
  const batches: SignedBatch[] = [];
  // What was received or refused goes into a batch as if it waited.
  let left: OutboxOp[] = wanted.map((op) => ({ ...op, state: "waiting" }));
  while (state !== undefined && left.length > 0) {
    // A signed batch can't be halved by who delivers it: each is as small as a phone begins with, for a network that is slow.
    const ops = nextBatch(left, BATCH.first);
    const taken = new Set(ops.map((op) => op.op));
    batches.push(await signBatch(device, state, dseqHigh, ops, sources));
    left = left.filter((op) => !taken.has(op.op));
  }
  return { batches, records: new Set(wanted.map((op) => op.record)).size };
}
