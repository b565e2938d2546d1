// An entry of the shift's list: what is needed to correct a record or take it back, without the client code. It is written encrypted only.
import type { BagLine, Captured, Catalogue, DaySums, RecordBody } from "../generated/contract";
import type { Place } from "./around";
import { movesOf } from "./bag";
import { instantOf } from "./dates";
import type { Draft } from "./draft";
import type { OutboxOp } from "./outbox";
import type { OpenSlip } from "./slips";
import { sumsOf } from "./sums";

/** What a record leaves on the phone beside its op, and what goes again with it. */
export interface Traces {
  /** What it adds to its day and shift. */
  sums: DaySums;
  /** What it moves in the bag. */
  moves: BagLine[];
  /** Slips that it opened, and that it settled. */
  slips: OpenSlip[];
  settled: OpenSlip[];
  /** Shift that it belongs to. */
  shift?: string;
  /** Its row in the list, and its place there: the number of its first op. */
  row?: string;
  n?: number;
}

/** An entry. */
export interface Entry extends Traces {
  row: string;
  n: number;
  op: string;
  record: string;
  rev: number;
  kind: RecordBody["kind"];
  /** Service date. */
  day: string;
  at: Captured;
  place: Place;
  /** What was tapped, of a contact; the code is not in it. */
  draft?: Draft;
}

/** Slips that a record opens on this phone. */
function slipsOf({ kind, body }: RecordBody): OpenSlip[] {
  const made = kind === "contact" ? (body.referrals ?? []) : kind === "referral" ? [body.referral] : [];
  return made.flatMap(({ slip, service, status }) => (slip == null || status === "declined" ? [] : [{ slip, service, day: body.service_date }]));
}

/** What a record leaves on the phone. */
export function tracesOf(record: RecordBody, catalogue: Catalogue, settled: readonly OpenSlip[] = []): Traces {
  const { shift } = record.body;
  return {
    sums: sumsOf(record, catalogue),
    moves: movesOf(record),
    slips: slipsOf(record),
    settled: [...settled],
    ...(shift == null ? {} : { shift }),
  };
}

/** What a save says of its op. */
interface Saved {
  op: string;
  record: string;
  rev: number;
  dseq: number;
  day: string;
}

/** The entry of a saved record; undefined for one that says nothing of time or place. */
export function entryOf({ kind, body }: RecordBody, saved: Saved, traces: Traces, row: string, draft?: Draft): Entry | undefined {
  if (body.captured == null) return undefined;
  const { op, record, rev, day, dseq } = saved;
  const { site, mode, setting } = body;
  const tapped = draft === undefined ? {} : { draft: { ...draft, code: "" } };
  return { ...traces, row, n: traces.n ?? dseq, op, record, rev, day, kind, at: body.captured, place: { site, mode, setting }, ...tapped };
}

/** Hours after the check-in for which a shift has a list. */
const LIST_HOURS = 24;

/** Whether the list of a shift may still be there; none without a shift. A clock that was moved far counts as late. */
export function isListing(since: Captured | undefined, now: number): boolean {
  return since !== undefined && Math.abs(now - instantOf(since)) < LIST_HOURS * 3_600_000;
}

/** How an entry stands: on this phone only, received, set aside for the supervisor or refused, changed by them, or deleted from the phone. */
export type Standing = "waiting" | "received" | "attention" | "changed" | "deleted";

/** How an entry stands, by the op that it stands for. What was received stays on the phone for longer than the list does. */
export function standingOf(op: OutboxOp | undefined): Standing {
  if (op === undefined) return "deleted";
  if (op.bySupervisor === true) return "changed";
  if (op.state === "waiting") return "waiting";
  return op.state === "rejected" || op.code === "quarantined" ? "attention" : "received";
}

/** Something to draw: an icon of the catalogue, and how many. */
export interface Sign {
  icon: string;
  n: number;
}

/** The signs of what a contact gave and took, in the catalogue's order. */
export function signsOf({ out, back, kits, referrals }: Draft, catalogue: Catalogue): Sign[] {
  const named = (codes: Readonly<Record<string, number>>, list: readonly { code: string; icon?: string | null }[]): Sign[] =>
    list.flatMap(({ code, icon }) => (codes[code] === undefined ? [] : [{ icon: icon ?? "box", n: codes[code] }]));
  const taken = Object.values(back).reduce((sum, n) => sum + n, 0);
  const sent = referrals.flatMap(({ service }) => catalogue.services.find((one) => one.code === service)?.icon ?? []);
  return [
    ...named(out, catalogue.items),
    ...named(kits, catalogue.kits),
    ...(taken > 0 ? [{ icon: "return", n: taken }] : []),
    ...sent.map((icon) => ({ icon, n: 0 })),
  ];
}
