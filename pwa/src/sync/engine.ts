// The sender. One at a time on the phone (Web Lock `sync`, over all tabs); it sends batch after batch until nothing waits,
// and after a failure waits with full jitter. It only trusts what the store says now and what a genuine answer said.
// A batch that is refused as a whole is halved down to the op that it is refused for, which is set apart; the others go through.
import { Apart } from "../domain/apart";
import { dayIn } from "../domain/dates";
import { backoff, BATCH, grow, nextBatch, shrink, type OutboxOp } from "../domain/outbox";
import { syncState } from "../store/device";
import { applyChange, nextDseq, waitingOps } from "../store/outbox";
import type { Device, SyncState } from "../store/schema";
import { wipe } from "../store/wipe";
import { keepAnswer } from "./answer";
import { ApiError } from "./api";
import { pull, type Brought, type Pulled } from "./pull";
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
  /** Called with what a pull brought that the store does not keep. */
  pulled: (brought: Brought) => void;
  /** Called once the server had this phone cleared, and it is. */
  wiped: () => void;
  /** Called with the time of every genuine answer to a push. */
  answered: (at: number) => void;
  /** Called when a round starts and ends. */
  busy: (on: boolean) => void;
}

/** Longest time between pulls while the app is open, and time between the checks of the timer. */
const PULL_EVERY_MS = 10 * 60_000;
const TICK_MS = 60_000;
const RETRY_ALL_MS = 30_000;
/** Time after which a phone with nothing to send says how far its numbers go, and hears whether the server lacks some. */
const REPORT_EVERY_MS = 6 * 3_600_000;
/** Refusals in a row without a rest: enough to halve the largest batch down to one op. */
const REFUSALS = 9;

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
  /** When this page last had an answer to a push, and when it last pulled; the store keeps no times. */
  private pushedAt = 0;
  private pulledAt = 0;
  private readonly apart = new Apart();
  /** The server seems to have been put back: let it see what this phone saw, though nothing waits. */
  private reportWanted = false;
  /** The server refused this phone's token. */
  private askWanted = false;

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
    this.apart.hurry();
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
    const { outcome, sent, rest } = await this.sendAll();
    // What is refused or taken later must not keep the phone from hearing of everything else; without a network or time nothing else works either.
    if (rest) return outcome;
    await this.pullIfDue(sent > 0);
    if (outcome !== "done") return outcome;
    // A pull that found a new epoch, or a save meanwhile, left something to send.
    if (this.reportWanted || this.choose(await waitingOps()).length > 0) return this.later(0);
    this.attempt = 0;
    return "done";
  }

  /** Sends batch after batch; `rest` says that there is nothing else to try now. */
  private async sendAll(): Promise<{ outcome: Outcome; sent: number; rest: boolean }> {
    const { device, sources } = this.wiring;
    let [sent, refusals] = [0, 0];
    for (;;) {
      const state = await syncState();
      if (state === undefined) return { outcome: "done", sent, rest: true };
      const batch = this.choose(await waitingOps());
      const high = (await nextDseq()) - 1;
      if (batch.length === 0 && !this.reportIsDue(state, high)) return { outcome: "done", sent, rest: false };
      const result = await push(device, state, high, batch, sources);
      switch (result.kind) {
        case "nothing":
          return { outcome: this.later(result.retryAfter), sent, rest: true };
        case "slow":
          await this.tooMuch(batch);
          return { outcome: this.later(0), sent, rest: true };
        case "refused":
          refusals += 1;
          await this.tooMuch(batch);
          if (batch.length <= 1) for (const { op } of batch) this.apart.add(op, sources.now());
          if (refusals >= REFUSALS || batch.length === 0) return { outcome: this.later(0), sent, rest: false };
          break;
        case "answered": {
          refusals = 0;
          const { reply } = result;
          const now = sources.now();
          await keepAnswer({ device, batch, reply, state, now, sweep: !this.swept, afresh: this.reportWanted });
          this.pushedAt = now;
          this.wiring.answered(now);
          this.swept = true;
          this.reportWanted = this.askWanted = false;
          this.wiring.changed();
          if (await this.obey(reply.commands, state)) return { outcome: "done", sent, rest: true };
          const codes = reply.results.map(({ code }) => code);
          if (codes.length > 0 && codes.every((code) => code === "retry")) return { outcome: this.later(RETRY_ALL_MS), sent, rest: false };
          // Only news resets the waiting time: what the server knew already may come round and round.
          if (codes.some((code) => code !== "retry" && code !== "duplicate")) this.attempt = 0;
          this.apart.passed(batch.map(({ op }) => op));
          this.size = grow(this.size);
          sent += batch.length;
        }
      }
    }
  }

  /** The ops that go next. */
  private choose(waiting: readonly OutboxOp[]): OutboxOp[] {
    const ids = waiting.map(({ op }) => op);
    const chosen = new Set(this.apart.choose(ids, this.wiring.sources.now()));
    return nextBatch(
      waiting.filter(({ op }) => chosen.has(op)),
      this.size,
    );
  }

  /** Whether to send an empty batch: also once a day when the app is opened. A phone that never saved anything has nothing to say. */
  private reportIsDue({ pushedAt }: SyncState, high: number): boolean {
    const { device, sources } = this.wiring;
    const now = sources.now();
    const isLong = this.pushedAt === 0 ? pushedAt !== Date.parse(dayIn(device.tz, now)) : Math.abs(now - this.pushedAt) > REPORT_EVERY_MS;
    return this.askWanted || (high > 0 && (this.reportWanted || isLong));
  }

  /** A batch was too much: a smaller one next. An op that is too much alone lets the others go first from now on. */
  private async tooMuch(batch: readonly OutboxOp[]): Promise<void> {
    this.size = shrink(Math.min(this.size, Math.max(1, batch.length)));
    if (batch.length === 1) await applyChange({ only: batch.map((op) => op.op), update: (op) => ({ ...op, tries: op.tries + 1 }) });
  }

  /** Does what the server says of this phone, and answers whether that was the end of it. What waits stays, and is sent on. */
  private async obey(commands: readonly string[] = [], state: SyncState): Promise<boolean> {
    if (!commands.includes("wipe") || state.wiped === true) return false;
    // A save that is under way comes before; one that comes after finds that nothing but its op is to be kept.
    await navigator.locks.request("save", wipe);
    this.stop();
    this.wiring.wiped();
    return true;
  }

  /** Pulls. A phone whose token is refused asks next by an empty push, which needs none, whether it was taken out. */
  private async pullOrAsk(state: SyncState): Promise<Pulled> {
    const { device, sources } = this.wiring;
    try {
      return await pull(device, state, sources.now());
    } catch (error) {
      this.askWanted = error instanceof ApiError && (error.status === 401 || error.status === 403);
      throw error;
    }
  }

  private async pullIfDue(sentSome: boolean): Promise<void> {
    const { sources, changed, pulled } = this.wiring;
    const state = await syncState();
    const now = sources.now();
    // A cleared phone stays so.
    if (state === undefined || state.wiped === true) return;
    const due = sentSome || this.pullWanted || Math.abs(now - this.pulledAt) > PULL_EVERY_MS;
    if (!due) return;
    const { brought, wentBack } = await this.pullOrAsk(state);
    this.reportWanted = wentBack;
    if (brought !== undefined) {
      this.pulledAt = now;
      pulled(brought);
    }
    this.pullWanted = false;
    changed();
    await this.obey(brought?.commands, state);
  }
}
