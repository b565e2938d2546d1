// Delivers the signed pushes of a copy, on a phone or at the console. Their signatures are the whole authentication, so that whoever carries
// them needs no account for it and learns nothing.
import type { OpCode } from "../generated/contract";
import { countFates, MAX_COPY_BYTES, readCopy, type CopyBatch, type Fate } from "../domain/copy";
import { genuine } from "../domain/outbox";
import { sendSigned } from "./api";

/** Why something of a copy was not delivered: no network, one that is too slow, no genuine answer, or the server does not know the phone that signed. */
export type Trouble = "no_network" | "timeout" | "no_answer" | "not_known";

/** What became of a copy. */
export interface Delivered {
  fates: Readonly<Record<Fate, number>>;
  trouble?: Trouble;
  /** Batches that were damaged and left out. */
  damaged: number;
}

const REFUSED: readonly number[] = [400, 401, 403, 404, 422];

async function deliverOne(batch: CopyBatch): Promise<readonly OpCode[] | Trouble> {
  const answer = await sendSigned(batch.bytes, batch.device, batch.signature, true);
  if (answer.kind !== "answer") return answer.kind;
  const reply = genuine(answer, batch.batch, batch.ops);
  if (reply !== undefined) return reply.results.map((one) => one.code);
  return REFUSED.includes(answer.status) ? "not_known" : "no_answer";
}

async function deliverAll(batches: readonly CopyBatch[], damaged: number): Promise<Delivered> {
  const answers: [CopyBatch, readonly OpCode[] | undefined][] = [];
  let trouble: Trouble | undefined;
  for (const batch of batches) {
    // Without a network, or with one that is too slow, the rest need not be tried.
    const codes = trouble === "no_network" || trouble === "timeout" ? trouble : await deliverOne(batch);
    if (typeof codes === "string") trouble = codes;
    answers.push([batch, typeof codes === "string" ? undefined : codes]);
  }
  const delivered = { fates: countFates(answers), damaged };
  return trouble === undefined ? delivered : { ...delivered, trouble };
}

/** Delivers a copy, batch by batch; undefined when the file is none. Nothing of it is kept here, and doing it again changes nothing. */
export async function deliverFile(file: File): Promise<Delivered | undefined> {
  const copy = file.size > MAX_COPY_BYTES ? undefined : readCopy(await file.text().catch(() => ""));
  return copy === undefined ? undefined : deliverAll(copy.batches, copy.damaged);
}
