// The outbox as a state machine without IO: which ops go next, what an answer means, what may be forgotten.
// Deliberately absent: any way from `waiting` to `received` but an own result of a genuine answer.
import { CONSTANTS, type OpCode, type OpFate, type OpResult, type OpType, type PushResponse } from "../generated/contract";
import { utcDay } from "./dates";

/** Where an op stands: on this phone only, received by the server, or refused by it for good. */
export type OpState = "waiting" | "received" | "rejected";

/** A sealed op with what the phone knows of it. No field says what kind of record it is. */
export interface OutboxOp {
  op: string;
  record: string;
  rev: number;
  type: OpType;
  dseq: number;
  author: string;
  /** Service date, for the day's count. */
  day: string;
  hdr: string;
  ek: string;
  ct: string;
  state: OpState;
  /** Times that the server said `retry`; ops that it takes go first. */
  tries: number;
  /** Last word of the server, with its reason. */
  code?: OpCode;
  reason?: string;
  bySupervisor?: boolean;
  seq?: number;
  /** The UTC day on which the server said so, by the server's clock: the phone's may jump by years. */
  receivedAt?: number;
  /** Offered again since it was reported missing or the epoch changed. */
  reoffered?: boolean;
}

/** First, least and greatest number of ops in a batch. */
export const BATCH = { first: 25, least: 1, most: CONSTANTS.MAX_OPS } as const;
const BACKOFF = { base: 2_000, cap: 15 * 60_000 } as const;
const KEEP_MS = 30 * 86_400_000;
/** The 24 hours of a shift's list end before: of a receipt only the day is known. */
const LISTED_MS = 2 * 86_400_000;
/** Room in a push for what stands around the ops. */
const ENVELOPE = 2_048;
const AROUND_OP = 32;

/** The ops that go next: those that the server takes first, then in order, within the limits of a push. */
export function nextBatch(waiting: readonly OutboxOp[], size: number): OutboxOp[] {
  const ordered = waiting.filter((op) => op.state === "waiting").sort((a, b) => a.tries - b.tries || a.dseq - b.dseq);
  const batch: OutboxOp[] = [];
  let bytes = ENVELOPE;
  for (const op of ordered.slice(0, size)) {
    bytes += op.hdr.length + op.ek.length + op.ct.length + AROUND_OP;
    if (batch.length > 0 && bytes > CONSTANTS.MAX_PUSH_BYTES) break;
    batch.push(op);
  }
  return batch;
}

/** The size after a batch that came through, and after one that was too much. */
export function grow(size: number): number {
  return Math.min(BATCH.most, size * 2);
}
export function shrink(size: number): number {
  return Math.max(BATCH.least, Math.floor(size / 2));
}

/** Milliseconds before the next try: full jitter, doubling from 2 s to 15 min. `random` in [0, 1). */
export function backoff(attempt: number, random: number): number {
  return Math.floor(random * Math.min(BACKOFF.cap, BACKOFF.base * 2 ** Math.min(attempt, 20)));
}

/** Longest wait that an answer can ask for: whatever stands in between may say anything, and a timer that is set too far ends at once. */
const LONGEST_WAIT_MS = 3_600_000;

/** What an answer's Retry-After asks for, in milliseconds; a date, or nothing that can be read, asks for none. */
export function waitAsked(retryAfter: string): number {
  const seconds = Number(retryAfter);
  return seconds > 0 ? Math.min(LONGEST_WAIT_MS, seconds * 1_000) : 0;
}

/** What came over the network, before anybody believes it. */
export interface RawAnswer {
  status: number;
  contentType: string;
  sync: string;
  body: unknown;
}

const CODES: readonly string[] = ["accepted", "duplicate", "superseded", "quarantined", "rejected", "retry"];

function isResult(value: unknown): value is OpResult {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string" && CODES.includes(value.code);
}

/** The answer, if it is a genuine one to this batch; anything else acknowledges nothing. */
export function genuine(answer: RawAnswer, batch: string, ops: readonly Pick<OutboxOp, "op">[]): PushResponse | undefined {
  const { status, contentType, sync, body } = answer;
  if (status !== 200 || contentType.split(";")[0]?.trim() !== "application/json" || sync !== "1") return undefined;
  if (typeof body !== "object" || body === null) return undefined;
  const reply = body as Partial<PushResponse>;
  if (reply.batch !== batch || !Array.isArray(reply.results) || typeof reply.epoch !== "string") return undefined;
  if (typeof reply.seen !== "string" || typeof reply.backup_watermark !== "number" || !Array.isArray(reply.missing)) return undefined;
  const results = reply.results as readonly unknown[];
  const own = (result: unknown, n: number): boolean =>
    isResult(result) && (result.op === ops[n]?.op || (result.op == null && result.code === "rejected"));
  const fits = results.length === ops.length && results.every(own);
  return fits ? (reply as PushResponse) : undefined;
}

/** An op after its own result. */
export function applyResult(op: OutboxOp, result: OpResult, now: number): OutboxOp {
  const { reason: _reason, bySupervisor: _by, ...rest } = op;
  const why = { ...(result.reason != null ? { reason: result.reason } : {}), ...(result.by_supervisor === true ? { bySupervisor: true } : {}) };
  switch (result.code) {
    case "retry":
      return { ...op, ...why, code: "retry", tries: op.tries + 1 };
    case "rejected":
      return { ...rest, ...why, code: "rejected", state: "rejected" };
    case "duplicate": {
      // A duplicate keeps what was said of the op before: it may stand in quarantine.
      const known = op.code === undefined || op.code === "retry" || op.code === "rejected" ? "duplicate" : op.code;
      return { ...op, ...why, ...seqOf(result), code: known, state: "received", receivedAt: utcDay(now) };
    }
    case "accepted":
    case "superseded":
    case "quarantined":
      return { ...rest, ...why, ...seqOf(result), code: result.code, state: "received", receivedAt: utcDay(now) };
  }
}

function seqOf(result: OpResult): { seq?: number } {
  return result.seq != null ? { seq: result.seq } : {};
}

/** An op after the server changed its mind about it, as when a supervisor corrected or repaired the record. */
export function applyFate(op: OutboxOp, fate: OpFate): OutboxOp {
  if (op.state === "waiting" || fate.code === "retry") return op;
  const { bySupervisor: _by, ...rest } = op;
  return { ...rest, code: fate.code, ...(fate.by_supervisor === true ? { bySupervisor: true } : {}) };
}

/** Under a new epoch the server may have forgotten anything: everything held is offered again. */
export function reoffer(op: OutboxOp): OutboxOp {
  const { seq: _seq, receivedAt: _at, ...rest } = op;
  return { ...rest, state: "waiting", tries: 0 };
}

const REOFFER = /^reoffer:(\d{1,9})$/u;

/** The number in a command to offer everything again; 0 when there is none. Each greater number than before asks for it once. */
export function reofferAsked(commands: readonly string[] | null | undefined): number {
  return Math.max(0, ...(commands ?? []).map((one) => Number(REOFFER.exec(one)?.[1] ?? 0)));
}

/**
 * A received op that the server says it lacks is offered again: at once the first time, and then once a day, since a server may be put
 * back to an older state more than once. `sent` are the numbers of the batch just answered, `now` is the server's time.
 */
export function reofferMissing(op: OutboxOp, missing: readonly (readonly [number, number])[], sent: ReadonlySet<number>, now: number): OutboxOp {
  const lacks = missing.some(([from, to]) => op.dseq >= from && op.dseq <= to);
  if (!lacks || op.state !== "received" || sent.has(op.dseq)) return op;
  if (op.reoffered === true && op.receivedAt === utcDay(now)) return op;
  return { ...reoffer(op), reoffered: true };
}

const DEVICE_OUT: readonly string[] = ["device_revoked", "unknown_device"];
const AUTHOR_OUT: readonly string[] = ["author_ended", "unknown_author"];

/** Who is out of the programme: the phone for all of its workers, and some of them. */
export interface Out {
  out: boolean;
  ended: string[];
}

/** Who is out after the answers to a batch; what they don't tell of stays as it was. `authors` are those of the ops that were answered. */
export function outBy(results: readonly OpResult[], authors: readonly string[], before: Partial<Out>): Out {
  const ended = new Set(before.ended);
  let out = before.out ?? false;
  const counts = (one: OpResult): boolean => one.code === "accepted" || one.code === "superseded";
  const says = (one: OpResult, reasons: readonly string[]): boolean => one.code === "quarantined" && reasons.includes(one.reason ?? "");
  for (const [n, one] of results.entries()) if (counts(one)) ended.delete(authors[n] ?? "");
  for (const [n, one] of results.entries()) if (says(one, AUTHOR_OUT)) ended.add(authors[n] ?? "");
  if (results.some(counts)) out = false;
  if (results.some((one) => says(one, DEVICE_OUT))) out = true;
  return { out, ended: [...ended] };
}

/** Whether an op is in a checked backup of the server. */
export function isSafe({ state, seq }: OutboxOp, watermark: number): boolean {
  return state === "received" && seq !== undefined && seq <= watermark;
}

/**
 * Whether a received op may be forgotten: in a checked backup, or held for 30 days by the server's time; never on its own day, which counts it,
 * nor while the shift's list may ask how it stands.
 */
export function mayForget(op: OutboxOp, watermark: number, today: string, now: number): boolean {
  if (op.state !== "received" || op.receivedAt === undefined || op.day >= today || now - op.receivedAt < LISTED_MS) return false;
  return isSafe(op, watermark) || now - op.receivedAt > KEEP_MS;
}

/** What the home screen says of the queue. */
export interface Queue {
  /** Records of today that stand, and older ones that wait. */
  total: number;
  received: number;
  waiting: number;
  /** Removals that wait: their records no longer count. */
  removals: number;
  /** Records of other workers of this phone that wait, or whose removal does. */
  others: number;
  /** Received, but for the supervisor to look at. */
  quarantined: number;
  /** Refused: not of this programme. */
  rejected: number;
}

/**
 * Counts a worker's records of today that are not undone plus older ones that are not received. One that was changed is received once all of it
 * is. Of other workers of the phone it tells how many records wait, and no more.
 */
export function queueOf(held: readonly OutboxOp[], today: string, author: string): Queue {
  const ops = held.filter((op) => op.author === author);
  const foreign = held.filter((op) => op.author !== author && op.state === "waiting");
  const voided = new Set(ops.filter((op) => op.type === "void").map((op) => op.record));
  const puts = ops.filter((op) => op.type === "put" && !voided.has(op.record));
  const counted = puts.filter((op) => op.day === today || op.state !== "received");
  const records = (of: readonly OutboxOp[]): Set<string> => new Set(of.map((op) => op.record));
  const waiting = records(counted.filter((op) => op.state === "waiting"));
  const apart = records(counted.filter((op) => op.state !== "received"));
  const total = records(counted).size;
  return {
    total,
    received: total - apart.size,
    waiting: waiting.size,
    removals: ops.filter((op) => op.type === "void" && op.state === "waiting").length,
    others: records(foreign).size,
    quarantined: puts.filter((op) => op.code === "quarantined").length,
    rejected: ops.filter((op) => op.state === "rejected").length,
  };
}

/** Numbers that the server lacks and this phone no longer holds: those are lost, and it is said. */
export function lost(missing: readonly (readonly [number, number])[], held: readonly number[]): number {
  const have = new Set(held);
  let n = 0;
  for (const [from, to] of missing) {
    for (let dseq = from; dseq <= to; dseq += 1) if (!have.has(dseq)) n += 1;
  }
  return n;
}

/** Whether a day's sums may follow the server: every op of that author and day has a receipt within the pull's cursor. */
export function mayFollow(ops: readonly OutboxOp[], author: string, day: string, cursor: number, askedAt: number): boolean {
  return ops
    .filter((op) => op.author === author && op.day === day)
    .every((op) => op.state === "received" && (op.seq !== undefined ? op.seq <= cursor : (op.receivedAt ?? Infinity) < askedAt));
}
