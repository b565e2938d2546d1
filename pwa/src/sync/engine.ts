// The sender. One at a time on the phone (Web Lock `sync`, over all tabs); it sends batch after batch until nothing waits,
// and after a failure waits with full jitter. It only trusts what the store says now and what a genuine answer said.
import type { PushResponse } from "../generated/contract";
import { applyResult, backoff, BATCH, grow, lost, mayForget, nextBatch, outBy, reoffer, reofferMissing, shrink, type OutboxOp } from "../domain/outbox";
import { dayIn } from "../domain/dates";
import type { KnownOwn } from "../domain/own";
import { syncState } from "../store/device";
import { allOps, applyChange, countWaiting, nextDseq, waitingOps } from "../store/outbox";
import type { Device, SyncState } from "../store/schema";
import { pull } from "./pull";
import { push } from "./push";
import type { Sources } from "./save";

/** How a round ended: nothing waits, or something does and is tried again later. */
type Outcome = "done" | { again: number };

/** What the engine needs from around it. */
export interface Wiring {
  device: Device;
  sources: Sources;
  /** Called after every change of the store. */
  changed: () => void;
  /** Called with the worker's own part of a pull, of which the store keeps only a part. */
  pulled: (own: KnownOwn) => void;
  /** Called when a round starts and ends. */
  busy: (on: boolean) => void;
}

/** Longest time between pulls while the app is open, and time between the checks of the timer. */
const PULL_EVERY_MS = 10 * 60_000;
const TICK_MS = 60_000;
const RETRY_ALL_MS = 30_000;

/** The sync engine of one page. */
export class Engine {
  private size: number = BATCH.first;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  private wanted = false;
  private pullWanted = false;
  private stopped = false;
  /** Whether this page has looked for ops that are old enough to be forgotten. */
  private swept = false;

  constructor(private readonly wiring: Wiring) {}

  /** Asks for a round now: after a save, on opening, when the page is seen again, when the network may be back. */
  poke(): void {
    this.wanted = true;
    this.running ??= this.run();
  }

  /** A tap on "Sync now": the waiting time starts afresh, and a pull comes with it. */
  now(): Promise<void> {
    this.attempt = 0;
    this.pullWanted = true;
    this.poke();
    return this.running ?? Promise.resolve();
  }

  /** No more rounds. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    while (this.wanted && !this.stopped) {
      this.wanted = false;
      this.wiring.busy(true);
      const outcome = await this.guarded();
      this.wiring.busy(false);
      this.schedule(outcome);
    }
    this.running = undefined;
  }

  /** Whatever goes wrong, records stay and another round comes. */
  private async guarded(): Promise<Outcome> {
    try {
      return await navigator.locks.request("sync", () => this.round());
    } catch {
      return this.later(0);
    }
  }

  private later(atLeast: number): Outcome {
    const delay = Math.max(atLeast, backoff(this.attempt, this.fraction()));
    this.attempt += 1;
    return { again: delay };
  }

  private fraction(): number {
    const [a = 0, b = 0] = this.wiring.sources.random(2);
    return (a * 256 + b) / 65_536;
  }

  private schedule(outcome: Outcome): void {
    clearTimeout(this.timer);
    const delay = outcome === "done" ? TICK_MS + Math.floor(this.fraction() * TICK_MS) : outcome.again;
    this.timer = setTimeout(() => this.poke(), delay);
  }

  private async round(): Promise<Outcome> {
    const { device, sources } = this.wiring;
    let sent = 0;
    for (;;) {
      const state = await syncState();
      if (state === undefined) return "done";
      const batch = nextBatch(await waitingOps(), this.size);
      if (batch.length === 0) break;
      const result = await push(device, state, (await nextDseq()) - 1, batch, sources);
      if (result.kind === "nothing") return this.later(result.retryAfter);
      if (result.kind === "too_big") {
        const smallest = this.size === BATCH.least;
        this.size = shrink(Math.min(this.size, batch.length));
        if (smallest) await this.putBack(batch);
        return this.later(0);
      }
      this.attempt = 0;
      await this.keep(batch, result.reply, state);
      if (result.reply.results.every((one) => one.code === "retry")) return { again: RETRY_ALL_MS + backoff(3, this.fraction()) };
      this.size = grow(this.size);
      sent += batch.length;
    }
    await this.pullIfDue(sent > 0);
    // A pull that found a new epoch, or a save meanwhile, left something to send.
    if ((await countWaiting()) > 0) this.wanted = true;
    return "done";
  }

  /** One op alone is too much: others go first from now on. */
  private async putBack(batch: readonly OutboxOp[]): Promise<void> {
    await applyChange({ only: batch.map((op) => op.op), update: (op) => ({ ...op, tries: op.tries + 1 }) });
  }

  /** Writes down what a genuine answer said, in one transaction over what the store holds now. */
  private async keep(batch: readonly OutboxOp[], reply: PushResponse, state: SyncState): Promise<void> {
    const { device, sources, changed } = this.wiring;
    const now = sources.now();
    const today = dayIn(device.tz, now);
    const results = new Map(batch.map((op, n) => [op.op, reply.results[n]]));
    const sent = new Set(batch.map((op) => op.dseq));
    // Ops of a device that this phone was before tell nothing of the one that it is.
    const own = reply.results.filter((_, n) => batch[n]?.dseq !== 0);
    const fresh = reply.epoch !== state.epoch;
    const known = fresh || reply.missing.length > 0 ? (await allOps()).map((op) => op.dseq) : [];
    // Everything held is looked at only when the answer says something about more than this batch.
    const wide = fresh || !this.swept || reply.missing.length > 0 || reply.backup_watermark > state.watermark;
    this.swept = true;
    await applyChange({
      ...(wide ? {} : { only: [...results.keys()] }),
      update(op) {
        const result = results.get(op.op);
        if (result !== undefined) return applyResult(op, result, now);
        if (fresh) return reoffer(op);
        const again = reofferMissing(op, reply.missing, sent);
        return mayForget(again, reply.backup_watermark, today, now) ? "forget" : again;
      },
      state: (old) => ({
        ...old,
        epoch: reply.epoch,
        seen: reply.seen,
        watermark: reply.backup_watermark,
        cursor: fresh ? 0 : old.cursor,
        lost: lost(reply.missing, known),
        out: outBy(own) ?? old.out ?? false,
        pushedAt: now,
        clockOff: Math.round((now - Date.parse(reply.server_time)) / 60_000) || 0,
      }),
    });
    changed();
  }

  private async pullIfDue(sentSome: boolean): Promise<void> {
    const { device, sources, changed, pulled } = this.wiring;
    const state = await syncState();
    const now = sources.now();
    if (state === undefined) return;
    const due = sentSome || this.pullWanted || Math.abs(now - state.pulledAt) > PULL_EVERY_MS;
    if (!due) return;
    const own = await pull(device, state, now);
    if (own !== undefined) pulled(own);
    this.pullWanted = false;
    changed();
  }
}
