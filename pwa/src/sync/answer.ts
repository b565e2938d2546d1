// Writes down what a genuine answer to a push said, in one transaction over what the store holds now.
import type { PushResponse } from "../generated/contract";
import { dayIn } from "../domain/dates";
import { applyResult, lost, mayForget, outBy, reoffer, reofferAsked, reofferMissing, type OutboxOp } from "../domain/outbox";
import { allOps, applyChange } from "../store/outbox";
import type { Device, SyncState } from "../store/schema";

/** An answer with the batch that it is to, and what was known before it. */
export interface Answered {
  device: Device;
  batch: readonly OutboxOp[];
  reply: PushResponse;
  state: SyncState;
  /** The phone's time. */
  now: number;
  /** Look at everything held, for what is old enough to be forgotten. */
  sweep: boolean;
  /** Ask for everything again at the next pull. */
  afresh: boolean;
}

/** Keeps what an answer says. */
export async function keepAnswer({ device, batch, reply, state, now, sweep, afresh }: Answered): Promise<void> {
  const today = dayIn(device.tz, now);
  // The phone's clock may jump by years while ops wait to be forgotten; the server's does not.
  const told = Date.parse(reply.server_time) || now;
  const results = new Map(batch.map((op, n) => [op.op, reply.results[n]]));
  const sent = new Set(batch.map((op) => op.dseq));
  // Ops of a device that this phone was before tell nothing of the one that it is.
  const own = reply.results.flatMap((result, n) => (batch[n] === undefined || batch[n].dseq === 0 ? [] : [{ result, author: batch[n].author }]));
  const asked = reofferAsked(reply.commands);
  const newEpoch = reply.epoch !== state.epoch;
  const again = newEpoch || asked > (state.reoffered ?? 0);
  const known = again || reply.missing.length > 0 ? (await allOps()).map((op) => op.dseq) : [];
  // Everything held is looked at only when the answer says something about more than this batch.
  const wide = again || sweep || reply.missing.length > 0 || reply.backup_watermark > state.watermark;
  await applyChange({
    ...(wide ? {} : { only: [...results.keys()] }),
    update(op) {
      const result = results.get(op.op);
      if (result !== undefined) return applyResult(op, result, told);
      if (again) return reoffer(op);
      const offered = reofferMissing(op, reply.missing, sent, told);
      return mayForget(offered, reply.backup_watermark, today, told) ? "forget" : offered;
    },
    state: (old) => ({
      ...old,
      epoch: reply.epoch,
      seen: reply.seen,
      watermark: reply.backup_watermark,
      cursor: newEpoch || afresh ? 0 : old.cursor,
      // A server that was put back counts its commands from an older number.
      reoffered: newEpoch ? asked : Math.max(asked, old.reoffered ?? 0),
      lost: lost(reply.missing, known),
      ...outBy(
        own.map((one) => one.result),
        own.map((one) => one.author),
        old,
      ),
      pushedAt: Date.parse(today),
      clockOff: Math.round((now - told) / 60_000) || 0,
    }),
  });
}
