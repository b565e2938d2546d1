// A copy of sealed records as a file: whole signed pushes, which anybody can carry to the server and nobody can open or change.
import type { OpCode, OpHeader } from "../generated/contract";
import { fromBase64url, toBase64url } from "./base64url";

/** What stands at the beginning of every copy. */
const FORMAT = "rounds-copy/1";
/** No copy is larger: twenty thousand records are 20 MB. */
export const MAX_COPY_BYTES = 64 * 1024 * 1024;

/** A push as it is sent: the exact bytes, whose they are, and the signature over them. */
export interface SignedBatch {
  /** `<programme>.<device>`. */
  device: string;
  /** r‖s, base64url. */
  signature: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A batch of a copy that was read, with what its answer is held against. */
export interface CopyBatch extends SignedBatch {
  batch: string;
  ops: { op: string; record: string }[];
}

/** The file's text. */
export function writeCopy(batches: readonly SignedBatch[]): string {
  return JSON.stringify({ format: FORMAT, batches: batches.map(({ device, signature, bytes }) => ({ device, signature, body: toBase64url(bytes) })) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectIn(bytes: Uint8Array | undefined): Readonly<Record<string, unknown>> | undefined {
  if (bytes === undefined) return undefined;
  const value = parsed(new TextDecoder().decode(bytes));
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}

/** Op and record of a sealed op, by its clear header. */
function idsOf(sealed: unknown): { op: string; record: string } | undefined {
  if (typeof sealed !== "object" || sealed === null || !("hdr" in sealed) || typeof sealed.hdr !== "string") return undefined;
  const { op, record } = (objectIn(fromBase64url(sealed.hdr)) ?? {}) as Partial<OpHeader>;
  return typeof op === "string" && typeof record === "string" ? { op, record } : undefined;
}

const DEVICE = /^[0-9a-f-]{36}\.[0-9a-f-]{36}$/u;
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/u;

function readBatch(given: unknown): CopyBatch | undefined {
  const { device, signature, body } = (typeof given === "object" && given !== null ? given : {}) as Readonly<Record<string, unknown>>;
  if (typeof device !== "string" || typeof signature !== "string" || typeof body !== "string") return undefined;
  const bytes = fromBase64url(body);
  const { batch, ops } = objectIn(bytes) ?? {};
  if (bytes === undefined || !DEVICE.test(device) || !SIGNATURE.test(signature) || typeof batch !== "string" || !Array.isArray(ops)) return undefined;
  const ids = ops.map(idsOf);
  return ids.includes(undefined) ? undefined : { device, signature, bytes, batch, ops: ids as CopyBatch["ops"] };
}

/** Reads a file: the batches that are whole, and how many are not. Undefined for anything that is no copy, or half of one. */
export function readCopy(text: string): { batches: CopyBatch[]; damaged: number } | undefined {
  const file = parsed(text);
  if (typeof file !== "object" || file === null || !("format" in file) || file.format !== FORMAT) return undefined;
  const given: unknown = "batches" in file ? file.batches : undefined;
  if (!Array.isArray(given)) return undefined;
  const read = given.map(readBatch);
  const batches = read.filter((one) => one !== undefined);
  return batches.length === 0 ? undefined : { batches, damaged: read.length - batches.length };
}

/** What became of a record, from good to bad. A record is as far as the last of its ops. */
export const FATES = ["already", "received", "supervisor", "refused", "undelivered"] as const;
export type Fate = (typeof FATES)[number];

const FATE: Readonly<Record<OpCode, Fate>> = {
  duplicate: "already",
  accepted: "received",
  superseded: "received",
  quarantined: "supervisor",
  rejected: "refused",
  retry: "undelivered",
};

/** Counts records by what became of them; `codes` are the answers to a batch's ops, or nothing when no genuine answer came. */
export function countFates(answers: readonly (readonly [CopyBatch, readonly OpCode[] | undefined])[]): Readonly<Record<Fate, number>> {
  const worst = new Map<string, number>();
  for (const [{ ops }, codes] of answers) {
    for (const [n, { record }] of ops.entries()) {
      const fate = FATE[codes?.[n] ?? "retry"];
      worst.set(record, Math.max(worst.get(record) ?? 0, FATES.indexOf(fate)));
    }
  }
  const all = [...worst.values()];
  const count = (fate: Fate): number => all.filter((one) => FATES[one] === fate).length;
  return { already: count("already"), received: count("received"), supervisor: count("supervisor"), refused: count("refused"), undelivered: count("undelivered") };
}
