// What must hold of the phone and its server, whatever happened. Every rule fails with a sentence that names what broke it.
import { ZERO, addSums } from "../../src/domain/sums";
import { addDays, dayIn } from "../../src/domain/dates";
import type { Known } from "./phone";
import type { Stored } from "./server";
import type { Scene } from "./steps";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A receipt's time is known to the day. */
const ABOUT_MS = DAY_MS;

/** Requests in an hour without anything done: of a page that is open, and after each thing that sets off a round. */
const REQUESTS = { page: 60, poke: 14, useful: 6 } as const;

function fail(what: string): never {
  throw new Error(what);
}

/** Watches one history. */
export class Oracle {
  /** Every op that the phone ever held. */
  private readonly ever = new Map<string, Known>();
  private readonly forgotten = new Set<string>();

  constructor(private readonly scene: Scene) {}

  /** What must hold whenever nothing is under way. */
  check(): void {
    const held = this.scene.phone.ops();
    this.remember(held);
    this.checkBytes(held);
    this.checkNumbers();
    this.checkReceipts(held);
    this.checkTaps();
    this.checkRequests();
    this.checkDays();
    this.checkCleared();
  }

  /** A phone that was cleared keeps nothing but sealed ops, whatever was being saved meanwhile. */
  private checkCleared(): void {
    const left = this.scene.phone.leftAfterWipe() ?? [];
    if (left.length > 0) fail(`the phone was cleared, and keeps ${left.join(", ")}`);
  }

  private remember(held: readonly Known[]): void {
    const here = new Set(held.map(({ row }) => row.op));
    for (const [op, known] of this.scene.phone.dropped) if (!this.ever.has(op)) this.ever.set(op, known);
    for (const [op, { row }] of this.ever) if (!here.has(op) && !this.forgotten.has(op)) this.checkForgotten(op, row.state);
    for (const one of held) {
      if (this.forgotten.has(one.row.op)) fail(`op ${one.row.op} came back`);
      this.ever.set(one.row.op, one);
    }
  }

  private checkForgotten(op: string, state: string): void {
    const { server, world } = this.scene;
    this.forgotten.add(op);
    if (this.scene.phone.dropped.has(op)) return;
    const stored = server.state.ops.get(op) ?? fail(`op of tap ${this.ever.get(op)?.content.tap} was forgotten (${state}), and the server lacks it`);
    const old = world.now - stored.at > 30 * DAY_MS - ABOUT_MS;
    if (!old && stored.seq > server.told) fail(`op of tap ${stored.content?.tap} was forgotten before the watermark and before 30 days`);
  }

  /** An op is sent byte for byte for ever. */
  private checkBytes(held: readonly Known[]): void {
    for (const { row } of held) {
      const stored = this.scene.server.state.ops.get(row.op);
      if (stored !== undefined && stored.bytes !== `${row.hdr}.${row.ek}.${row.ct}`) fail(`op ${row.op} changed its bytes`);
    }
  }

  /** Numbers of each device are 1, 2, 3, … without gap or repetition. */
  private checkNumbers(): void {
    const numbers = new Map<string, number[]>();
    for (const { row, device } of this.ever.values()) {
      const header = JSON.parse(Buffer.from(row.hdr, "base64url").toString()) as { dseq: number };
      numbers.set(device, [...(numbers.get(device) ?? []), header.dseq]);
    }
    for (const [device, used] of numbers) {
      used.sort((a, b) => a - b);
      if (used.some((dseq, at) => dseq !== at + 1)) fail(`${device} used the numbers ${used.join(", ")}`);
    }
    const own = numbers.get(this.scene.phone.device)?.length ?? 0;
    if (this.scene.phone.counter() !== own + 1) fail(`the counter says ${this.scene.phone.counter()} after ${own} ops`);
  }

  /** Nothing is called received that the server does not hold, nor refused that it did not refuse. */
  private checkReceipts(held: readonly Known[]): void {
    for (const { row, content } of held) {
      const has = this.scene.server.state.ops.has(row.op);
      if (row.state === "received" && !has && !this.scene.restored) fail(`the op of tap ${content.tap} counts as received, and the server lacks it`);
      if (row.state === "rejected" && content.fare !== "foreign") fail(`the op of tap ${content.tap} (${content.fare}) counts as refused`);
    }
  }

  /** "Saved" means one op, "not saved" none; a tap whose page was killed is whole or not at all. */
  private checkTaps(): void {
    const ops = new Map<number, number>();
    for (const { content } of this.ever.values()) ops.set(content.tap, (ops.get(content.tap) ?? 0) + 1);
    for (const { tap, outcome } of this.scene.phone.taps) {
      const made = ops.get(tap) ?? 0;
      if (made > 1) fail(`tap ${tap} made ${made} ops`);
      if (outcome === "saved" && made !== 1) fail(`tap ${tap} was called saved, and is not`);
      if (outcome === "not_saved" && made !== 0) fail(`tap ${tap} was called not saved, and is`);
    }
  }

  /** No busy loop: a bounded number of requests in any hour. */
  private checkRequests(): void {
    const { network, phone } = this.scene;
    const now = this.scene.world.now;
    const recent = network.asked.filter(({ at }) => at > now - HOUR_MS);
    const useful = recent.filter((one) => one.useful).length;
    const pokes = phone.pokes.filter((at) => at > now - HOUR_MS).length;
    const bound = REQUESTS.page * 3 + REQUESTS.poke * pokes + REQUESTS.useful * useful;
    if (recent.length > bound) fail(`${recent.length} requests in an hour, ${useful} of them useful, after ${pokes} calls for a round`);
  }

  /** Days of the last week, where phone and server have the same to say: what the phone shows is the sum of what it saved. */
  private checkDays(): void {
    // What was cleared or deleted took sums with it; they follow the server, as the end shows.
    if (this.scene.phone.cleared || this.scene.phone.dropped.size > 0) return;
    if (this.scene.restored || [...this.ever.values()].some(({ content }) => content.fare === "bad" || content.fare === "foreign")) return;
    if ([...this.scene.server.state.ops.values()].some((one) => one.bySupervisor || one.quarantined)) return;
    const sums = new Map<string, typeof ZERO>();
    // What was saved comes before what was taken back: no sum falls below zero.
    const ops = [...this.ever.values()].sort((a, b) => (a.row.type < b.row.type ? -1 : 1));
    for (const { row, content } of ops) {
      if (row.type === "put" && row.rev > 1) continue;
      sums.set(row.day, addSums(sums.get(row.day) ?? ZERO, content.sums, row.type === "put" ? 1 : -1));
    }
    this.compareDays(sums, "what was saved");
  }

  private compareDays(sums: ReadonlyMap<string, typeof ZERO>, of: string): void {
    const today = dayIn("UTC", this.scene.world.now);
    const shown = this.scene.phone.days();
    for (let ago = 0; ago < 7; ago += 1) {
      const day = addDays(today, -ago);
      const [is, should] = [shown.get(day) ?? ZERO, sums.get(day) ?? ZERO].map((one) => JSON.stringify(Object.entries(one).sort()));
      if (is !== should) fail(`day ${day} shows ${is}, but ${of} is ${should}`);
    }
  }

  /** What must hold at the end, once the network works and time has passed. */
  checkEnd(): void {
    this.check();
    const { server, phone } = this.scene;
    const held = new Map(phone.ops().map((one) => [one.row.op, one]));
    const stuck = (fare: string): boolean => !server.patched && (fare === "poison" || fare === "big");
    for (const [op, { content }] of this.ever) {
      const here = held.get(op)?.row.state;
      const there = server.state.ops.get(op);
      const at = `the op of tap ${content.tap} (${content.fare})`;
      if (there === undefined && here === undefined && phone.dropped.has(op)) continue;
      if (there === undefined && here !== "waiting" && here !== "rejected") fail(`${at} is lost: ${here ?? "gone"} here, and the server lacks it`);
      if (here === "waiting" && !stuck(content.fare)) fail(`${at} still waits`);
      if (content.fare === "foreign" && here !== "rejected") fail(`${at} is not shown as refused`);
    }
    this.checkLog([...server.state.ops.values()]);
    // What the server refused or could not take, or took of another device, keeps its day as the phone counted it.
    if ([...held.values()].every(({ row }) => row.state === "received") && !server.revoked.has(phone.device)) this.compareDays(server.days(), "the server's sum");
  }

  /** One op of each tap in the log. */
  private checkLog(log: readonly Stored[]): void {
    const taps = log.filter((one) => !one.bySupervisor).map((one) => one.content?.tap);
    if (new Set(taps).size !== taps.length) fail("a tap stands twice in the log");
  }
}
