// A small honest server: a log by op and digest, quarantine, device numbers, an epoch, links of a chain, a watermark, backups and their restoring.
// It knows nothing of the phone but what the phone sends.
import type { DaySums, OpResult, PullResponse, PushRequest, PushResponse } from "../../src/generated/contract";
import { ZERO, addSums } from "../../src/domain/sums";
import { dayIn, addDays } from "../../src/domain/dates";

/** How an op fares: taken, kept for the supervisor, refused, taken later, or fatal to every batch that holds it. */
export type Fare = "good" | "bad" | "foreign" | "later" | "poison" | "big";

/** What the test seals into an op: which tap made it, and how the server is to take it. */
export interface Content {
  tap: number;
  fare: Fare;
  sums: DaySums;
  day: string;
}

/** A stored op, as the server reads it. */
export interface Stored {
  op: string;
  record: string;
  rev: number;
  isVoid: boolean;
  dseq: number;
  device: string;
  bytes: string;
  content: Content | undefined;
  seq: number;
  quarantined: boolean;
  bySupervisor: boolean;
  /** True time at which it was stored first. */
  at: number;
}

interface Header {
  op: string;
  record: string;
  rev: number;
  type: string;
  dseq: number;
  device: string;
}

/** Everything that a backup holds. */
interface State {
  epoch: number;
  seq: number;
  /** Link of the chain after each sequence number. */
  links: string[];
  ops: Map<string, Stored>;
  arrived: Map<string, Set<number>>;
  watermark: number;
  reoffer: number;
}

interface Backup {
  at: number;
  state: State;
}

/** An answer before the network has it. */
export interface Answer {
  status: number;
  type: string;
  sync: string;
  retryAfter?: string;
  body: unknown;
}

const text = (b64: string): string => Buffer.from(b64, "base64url").toString();
const copy = (state: State): State => structuredClone(state);
const OWN_DAYS = 7;
/** Backups that are older are not put back: phones keep what they sent for thirty days. */
const RETENTION_MS = 29 * 86_400_000;

/** The server. */
export class Server {
  state: State = { epoch: 1, seq: 0, links: ["0"], ops: new Map(), arrived: new Map(), watermark: 0, reoffer: 0 };
  /** Ops with the fare `later` are answered `retry`. */
  busy = false;
  /** Ops that kill a batch are taken by now. */
  patched = false;
  /** Devices that were taken out. */
  readonly revoked = new Set<string>();
  /** Ops in genuine pushes, again or for the first time. */
  offered = 0;
  /** Greatest watermark ever told; what is below it was safe. */
  told = 0;
  private backups: Backup[] = [];
  private epochs = 1;
  private made = 0;

  constructor(private readonly now: () => number) {}

  /** Something in the programme changed. */
  private bump(): void {
    this.made += 1;
    this.state.seq += 1;
    this.state.links[this.state.seq] = String(this.made);
  }

  /** Others of the programme push. */
  others(times: number): void {
    for (let n = 0; n < times; n += 1) this.bump();
  }

  /** Takes a backup; one that is checked moves the watermark. */
  backup(checked: boolean): void {
    this.backups.push({ at: this.now(), state: copy(this.state) });
    if (!checked) return;
    this.state.watermark = this.state.seq;
    // Whatever older copy is put back from now on would break the watermark's promise.
    this.backups.splice(0, this.backups.length - 1);
  }

  /** Puts a backup back, by command with a new epoch or as a copied file without; answers whether there was one. */
  restore(pick: number, byHand: boolean): boolean {
    const fit = this.backups.filter(({ at }) => this.now() - at < RETENTION_MS);
    const backup = fit[pick % Math.max(1, fit.length)];
    if (backup === undefined) return false;
    this.state = copy(backup.state);
    if (!byHand) this.newEpoch();
    return true;
  }

  /** Asks the phones to offer again all they hold. */
  askAgain(): void {
    this.state.reoffer += 1;
    this.bump();
  }

  private newEpoch(): void {
    this.epochs += 1;
    this.state.epoch = this.epochs;
    this.bump();
  }

  /** A supervisor corrects a record that the phone sent, or removes it. */
  supervise(pick: number, sums: DaySums | undefined): void {
    const heads = this.heads().filter((one) => !one.isVoid);
    const head = heads[pick % Math.max(1, heads.length)];
    if (head?.content === undefined) return;
    this.bump();
    const op = `supervisor-${this.made}`;
    const content = { ...head.content, tap: -1, sums: sums ?? head.content.sums };
    const { record, rev } = head;
    const { seq } = this.state;
    this.state.ops.set(op, {
      op,
      record,
      rev: rev + 1,
      isVoid: sums === undefined,
      dseq: 0,
      device: "console",
      bytes: op,
      content,
      seq,
      quarantined: false,
      bySupervisor: true,
      at: this.now(),
    });
  }

  private seen(): string {
    return `${this.state.epoch}.${this.state.seq}.${this.state.links[this.state.seq]}`;
  }

  /** Whether this history never came to what a phone has seen. */
  private isLost(seen: string): boolean {
    const [epoch, seq, link] = seen.split(".");
    if (Number(epoch) !== this.state.epoch) return false;
    return Number(seq) > this.state.seq || this.state.links[Number(seq)] !== link;
  }

  /** Answers a push. */
  push(raw: string): Answer {
    const request = JSON.parse(raw) as PushRequest;
    const json = (status: number, body: unknown): Answer => ({ status, type: status === 200 ? "application/json" : "application/problem+json", sync: status === 200 ? "1" : "", body });
    if (request.ops.length > 200 || raw.length > 524_288) return json(413, { code: "too_large" });
    const contents = request.ops.map(({ ct }) => JSON.parse(text(ct)) as Content);
    if (!this.patched && contents.some(({ fare }) => fare === "poison")) return json(400, { code: "malformed_push" });
    if (!this.patched && contents.some(({ fare }) => fare === "big")) return json(413, { code: "too_large" });
    if (request.seen !== undefined && this.isLost(request.seen)) this.newEpoch();
    this.bump();
    this.offered += request.ops.length;
    const results = request.ops.map(({ hdr, ek, ct }, n) => this.take(JSON.parse(text(hdr)) as Header, `${hdr}.${ek}.${ct}`, contents[n]!));
    this.told = Math.max(this.told, this.state.watermark);
    const reply: PushResponse = {
      proto: 1,
      batch: request.batch,
      epoch: String(this.state.epoch),
      seen: this.seen(),
      server_time: new Date(this.now()).toISOString(),
      results,
      backup_watermark: this.state.watermark,
      missing: this.missing(request.device, request.dseq_high),
      commands: [...(this.state.reoffer > 0 ? [`reoffer:${this.state.reoffer}`] : []), ...(this.revoked.has(request.device) ? ["wipe"] : [])],
    };
    return json(200, reply);
  }

  private take(header: Header, bytes: string, content: Content): OpResult {
    const { op, record, rev, type, dseq, device } = header;
    const known = this.state.ops.get(op);
    if (known !== undefined && known.bytes !== bytes) throw new Error("an id came with other bytes");
    const { seq } = this.state;
    if (known !== undefined) return known.quarantined ? { op, code: "quarantined", seq: known.seq, reason: "invalid" } : { op, code: "duplicate", seq: known.seq };
    if (content.fare === "foreign") return { op, code: "rejected", reason: "foreign_programme" };
    if (content.fare === "later" && this.busy) return { op, code: "retry", reason: "quarantine_full" };
    const out = this.revoked.has(device);
    const quarantined = content.fare === "bad" || out;
    this.state.ops.set(op, { op, record, rev, isVoid: type === "void", dseq, device, bytes, content, seq, quarantined, bySupervisor: false, at: this.now() });
    const arrived = this.state.arrived.get(device) ?? new Set();
    this.state.arrived.set(device, arrived.add(dseq));
    if (quarantined) return { op, code: "quarantined", seq, reason: out ? "device_revoked" : "invalid" };
    const head = this.heads().find((one) => one.record === record);
    return { op, code: head?.op === op ? "accepted" : "superseded", seq, ...(head?.bySupervisor === true ? { by_supervisor: true } : {}) };
  }

  private missing(device: string, high: number): [number, number][] {
    const arrived = this.state.arrived.get(device) ?? new Set();
    const ranges: [number, number][] = [];
    for (let dseq = 1; dseq <= high; dseq += 1) {
      if (arrived.has(dseq)) continue;
      const last = ranges.at(-1);
      if (last !== undefined && last[1] === dseq - 1) last[1] = dseq;
      else ranges.push([dseq, dseq]);
    }
    return ranges;
  }

  /** Heads of all records, removed ones too. */
  private heads(): Stored[] {
    const heads = new Map<string, Stored>();
    for (const one of this.state.ops.values()) {
      const head = heads.get(one.record);
      if (!one.quarantined && (head === undefined || isAbove(one, head))) heads.set(one.record, one);
    }
    return [...heads.values()];
  }

  /** Sums of each day, from the live heads. */
  days(): Map<string, DaySums> {
    const days = new Map<string, DaySums>();
    for (const { isVoid, content } of this.heads()) {
      if (!isVoid && content !== undefined) days.set(content.day, addSums(days.get(content.day) ?? ZERO, content.sums));
    }
    return days;
  }

  /** Answers a pull. */
  pull(cursor: number): Answer {
    const today = dayIn("UTC", this.now());
    const first = addDays(today, 1 - OWN_DAYS);
    const heads = new Map(this.heads().map((head) => [head.record, head]));
    const changed = [...this.state.ops.values()].filter((one) => !one.bySupervisor && !one.quarantined && (heads.get(one.record)?.seq ?? 0) > cursor);
    this.told = Math.max(this.told, this.state.watermark);
    const reply: Partial<PullResponse> = {
      proto: 1,
      cursor: this.state.seq,
      epoch: String(this.state.epoch),
      seen: this.seen(),
      server_time: new Date(this.now()).toISOString(),
      sealing: [],
      days: [...this.days()].filter(([day]) => day >= first && day <= today).map(([day, sums]) => ({ day, sums })),
      fates: changed.map((one) => {
        const head = heads.get(one.record);
        return { op: one.op, code: head?.op === one.op ? "accepted" : "superseded", by_supervisor: head?.bySupervisor === true && head.op !== one.op };
      }),
      commands: this.state.reoffer > 0 ? [`reoffer:${this.state.reoffer}`] : [],
      backup_watermark: this.state.watermark,
    };
    return { status: 200, type: "application/json", sync: "1", body: reply };
  }
}

function isAbove(a: Stored, b: Stored): boolean {
  if (a.rev !== b.rev) return a.rev > b.rev;
  if (a.isVoid !== b.isVoid) return a.isVoid;
  return a.op > b.op;
}
