// Save: under the Web Lock `save`, read the next number, seal, then one strict transaction that checks the number again.
// Sealing comes before the transaction because WebCrypto would end it, and the number is authenticated.
import { CONSTANTS, type OpHeader, type OpType } from "../generated/contract";
import { dayUuid } from "../domain/ids";
import type { OutboxOp } from "../domain/outbox";
import { CounterMoved, nextDseq, rehearseSave, saveOp, type Effects } from "../store/outbox";
import type { Device } from "../store/schema";
import { makeAhead, seal, senderTo, type Recipient } from "./seal";

/** Time and randomness of the phone. */
export interface Sources {
  now: () => number;
  random: (bytes: number) => Uint8Array;
}

/** A statement to save. */
export interface Statement {
  type: OpType;
  /** Record and revision that it is about; a new record when absent. */
  about?: { record: string; rev: number };
  plaintext: string;
  /** Service date that it counts for. */
  day: string;
  /** What follows from it on this phone; turned round for a void. `running` is made here of what only the save knows. */
  effects: (saved: Saved) => Promise<Omit<Effects, "times">>;
}

/** A saved statement, as undo needs it. */
export interface Saved {
  op: string;
  record: string;
  rev: number;
  dseq: number;
  day: string;
}

/**
 * Does ahead of a save what needs nothing of it: makes the op's key, and takes the ways through lock and store once, which are slow the
 * first time. Changes nothing that is stored.
 */
export async function prepareSave(to: Recipient): Promise<void> {
  makeAhead(to);
  await navigator.locks.request("save", async () => {
    await nextDseq();
    await rehearseSave();
  });
}

const ATTEMPTS = 5;

async function attempt(device: Device, to: Recipient, statement: Statement, sources: Sources): Promise<Saved> {
  const [dseq, sender] = await Promise.all([nextDseq(), senderTo(to)]);
  const op = dayUuid(sources.now(), sources.random(16));
  const { record, rev } = statement.about ?? { record: op, rev: 1 };
  const header: OpHeader = {
    v: CONSTANTS.HEADER_VERSION,
    suite: CONSTANTS.SUITE,
    kid: to.kid,
    programme: device.programme,
    device: device.device,
    op,
    record,
    rev,
    type: statement.type,
    dseq,
    author: device.author,
  };
  const saved = { op, record, rev, dseq, day: statement.day };
  const [sealed, effects] = await Promise.all([seal(header, statement.plaintext, sender), statement.effects(saved)]);
  const row: OutboxOp = {
    ...sealed,
    op,
    record,
    rev,
    type: statement.type,
    dseq,
    author: device.author,
    day: statement.day,
    state: "waiting",
    tries: 0,
  };
  await saveOp(row, { ...effects, times: statement.type === "put" ? 1 : -1 });
  return saved;
}

/** Seals and saves a statement. Resolves when the browser says that it is stored; rejects with the form still to be kept. */
export function save(device: Device, to: Recipient, statement: Statement, sources: Sources): Promise<Saved> {
  return navigator.locks.request("save", async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(device, to, statement, sources);
      } catch (error) {
        // Nobody holds the lock but us; a moved counter means a browser without it, or one that lost it while asleep.
        if (!(error instanceof CounterMoved) || tries >= ATTEMPTS) throw error;
      }
    }
  });
}
