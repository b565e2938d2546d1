// One push: a batch of sealed ops, signed by the device over the raw bytes. The signature is the whole authentication.
import { CONSTANTS, type PushRequest, type PushResponse } from "../generated/contract";
import { utf8 } from "../domain/bytes";
import type { SignedBatch } from "../domain/copy";
import { uuidText } from "../domain/ids";
import { genuine, type OutboxOp } from "../domain/outbox";
import type { Device, SyncState } from "../store/schema";
import { sendSigned } from "./api";
import { sign } from "./keys";
import type { Sources } from "./save";

/** Name and version of this application. */
export const APP = "rounds-pwa/0.1.0";

/** Answers that a smaller batch may not get: malformed (one of its ops may be), too large. */
const REFUSED: readonly number[] = [400, 413];
const TOO_SLOW = 408;

/** What came of a push. Nothing but `answered` acknowledges anything; after `refused` and `slow` a smaller batch may fare better. */
export type Pushed = { kind: "answered"; reply: PushResponse } | { kind: "refused" } | { kind: "slow" } | { kind: "nothing"; retryAfter: number };

function batchId(sources: Sources): string {
  const bytes = sources.random(16);
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return uuidText(bytes);
}

/** Makes a batch of some ops, or of none at all to say how far the numbers go: the bytes of the request and the device's signature over them. */
export async function signBatch(
  device: Device,
  state: SyncState,
  dseqHigh: number,
  ops: readonly OutboxOp[],
  sources: Sources,
): Promise<SignedBatch & { batch: string }> {
  const request: PushRequest = {
    proto: CONSTANTS.PROTO,
    programme: device.programme,
    batch: batchId(sources),
    device: device.device,
    seen: state.seen,
    dseq_high: dseqHigh,
    client: { app: APP, schemas: CONSTANTS.SCHEMAS },
    clock: { now: new Date(sources.now()).toISOString(), tz: Intl.DateTimeFormat().resolvedOptions().timeZone.slice(0, 64) },
    ops: ops.map(({ hdr, ek, ct }) => ({ hdr, ek, ct })),
  };
  const bytes = utf8(JSON.stringify(request));
  return { batch: request.batch, device: `${device.programme}.${device.device}`, signature: await sign(device.key, bytes), bytes };
}

/** Sends a batch. */
export async function push(device: Device, state: SyncState, dseqHigh: number, ops: readonly OutboxOp[], sources: Sources): Promise<Pushed> {
  const signed = await signBatch(device, state, dseqHigh, ops, sources);
  const answer = await sendSigned(signed.bytes, signed.device, signed.signature);
  if (answer.kind === "timeout") return { kind: "slow" };
  if (answer.kind === "no_network") return { kind: "nothing", retryAfter: 0 };
  if (answer.status === TOO_SLOW) return { kind: "slow" };
  if (REFUSED.includes(answer.status)) return { kind: "refused" };
  const reply = genuine(answer, signed.batch, ops);
  return reply === undefined ? { kind: "nothing", retryAfter: answer.retryAfter } : { kind: "answered", reply };
}
