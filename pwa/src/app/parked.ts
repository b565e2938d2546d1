// What workers of a shared phone left when their turn ended, and nobody looks at until it is theirs again: it ends in time as if they were there.
import { putPlaintext } from "../domain/contact";
import { isListing } from "../domain/listed";
import { isForgotten, shiftBody } from "../domain/shift";
import { isListed } from "../domain/slips";
import { ZERO } from "../domain/sums";
import { authors, sweepParked } from "../store/authors";
import { RecordMoved } from "../store/outbox";
import type { Device, ShiftRow } from "../store/schema";
import { save } from "../sync/save";
import { sources } from "./clock";
import { poke, tellOthers } from "./engine";
import { recipientNow } from "./recipient";
import { refresh } from "./refresh";
import { closeHour, inTurn } from "./shift";
import * as state from "./state";

/** The parked shift of a worker, if it is one that should have ended. */
async function forgottenOf(author: string, { tz, author: self }: Device): Promise<ShiftRow | undefined> {
  const row = author === self ? undefined : (await authors()).find((one) => one.author === author)?.shift;
  return row !== undefined && isForgotten(row.since, tz, closeHour(), sources.now()) ? row : undefined;
}

/** Ends the shift that another worker forgot to stop, in their name. */
async function closeFor(author: string, self: Device, catalogue: number): Promise<boolean> {
  const row = await forgottenOf(author, self);
  if (row === undefined) return false;
  const body = shiftBody(row, { worker: author, catalogue }, "done");
  const effects = async (): Promise<{ sums: typeof ZERO; ended: string }> => {
    // Their turn may have come meanwhile: then it is theirs to stop.
    if ((await forgottenOf(author, self))?.record !== row.record) throw new RecordMoved();
    return { sums: ZERO, ended: author };
  };
  const about = { record: row.record, rev: row.rev + 1 };
  await save({ ...self, author }, await recipientNow(), { type: "put", about, plaintext: putPlaintext({ kind: "shift", body }), day: row.day, effects }, sources);
  return true;
}

/** Ends shifts that others forgot to stop, and forgets what has outlived its time. What fails is looked at again in a minute. */
export async function lookAtParked(): Promise<void> {
  const [self, catalogue, today] = [state.device.value, state.catalogue.value, state.today.value];
  if (self === undefined || catalogue === undefined || state.people.value.length < 2) return;
  for (const { author } of state.people.value) {
    const isClosed = await inTurn(() => closeFor(author, self, catalogue.version)).catch(() => false);
    if (!isClosed) continue;
    await refresh();
    tellOthers();
    poke();
  }
  await sweepParked({ slip: (row) => isListed(row, today), list: (shift) => isListing(shift?.since, sources.now()) });
}
