// What a PIN opens with the server's share, and what it destroys. The share stays in this page's memory, so that it can be unlocked again
// without a network; the list's key does not outlive the lock.
import { isListing } from "../domain/listed";
import { KEY_BYTES, SLOT_BYTES, type PinRow } from "../domain/pin";
import * as device from "../store/device";
import * as store from "../store/list";
import type { Device } from "../store/schema";
import { ApiError } from "../sync/api";
import { derive, listKey, openShare, unwrap, wrap, type Derived } from "../sync/pin";
import { sources } from "./clock";
import { tellOthers } from "./engine";
import { keepKey, key } from "./list";
import { proven, whenPinChanged } from "./lock";
import * as state from "./state";

export type Bytes = Uint8Array<ArrayBuffer>;

/** What is derived from a PIN that was typed; under the salt of a PIN that may hold by now, too. */
export interface Typed extends Derived {
  next?: Derived;
}

/** What came of a PIN that was typed. */
export type Tried =
  | { kind: "right"; raw: Bytes }
  /** The second one: what it destroys is destroyed, and an empty list is in its place. */
  | { kind: "second"; raw: Bytes }
  | { kind: "wrong" }
  | { kind: "wait"; ms: number }
  /** The share is no more, and with it the list. */
  | { kind: "gone" }
  | { kind: "no_answer" };

/** Wrong tries against the share in memory, after which it is dropped. */
const LOCAL_TRIES = 5;

let share: Bytes | undefined;
let tries = 0;
/** Counts the PINs of this page: an answer that was asked for under one is nothing to the next. */
let era = 0;
/** The second PIN was used in this page: nothing in it counts as proven any more. */
let isSecond = false;

/** The share in memory, if there is one. */
export function held(): Bytes | undefined {
  return share;
}

/** From now on the share in memory is this; what was asked of the server under another means nothing any more. */
export function hold(known: Bytes | undefined): void {
  [share, tries] = [known, 0];
  era += 1;
}

whenPinChanged(() => hold(undefined));

export function random(bytes: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(bytes));
}

/** Shows what a PIN opened. */
export async function show({ raw }: { raw: Bytes }): Promise<void> {
  keepKey(await listKey(raw));
  proven.value = !isSecond;
}

/** Whether a shift is under way that has a list. */
export async function isListed(): Promise<boolean> {
  return isListing((await device.shift())?.since, sources.now());
}

/**
 * Destroys the list and begins an empty one under the PIN that was typed, which is from now on the one that is set: nothing that is kept tells
 * that it was another before.
 */
async function beginAnew(author: string, salt: Bytes, half: Bytes, known: Bytes): Promise<Bytes> {
  keepKey(undefined);
  const raw = random(KEY_BYTES);
  await store.destroyList(author, { salt, first: await wrap(raw, half, known, author), second: random(SLOT_BYTES) });
  hold(known);
  tellOthers("pin");
  return raw;
}

/** What the second PIN does. */
async function destroy(author: string, { salt }: PinRow, { half }: Derived, known: Bytes): Promise<Tried> {
  isSecond = true;
  return { kind: "second", raw: await beginAnew(author, salt, half, known) };
}

/** The share is no more: so is the list, and the PIN guards nothing. */
async function giveUp(author: string): Promise<void> {
  hold(undefined);
  keepKey(undefined);
  await store.destroyList(author);
  state.pinSet.value = false;
  state.listGone.value = true;
  tellOthers("pin");
}

/** The list's key; between shifts a fresh one, so that what was deleted of the last list lies under a key that is no longer kept. */
async function current(author: string, row: PinRow, { half }: Derived, known: Bytes, raw: Bytes): Promise<Bytes> {
  if (key.value !== undefined || (await isListed())) return raw;
  const fresh = random(KEY_BYTES);
  try {
    await store.destroyList(author, { ...row, first: await wrap(fresh, half, known, author) });
  } catch {
    // A phone without room has to open all the same.
    return raw;
  }
  tellOthers("pin");
  return fresh;
}

/** Looks whether a share opens a slot. */
async function tryShare(author: string, row: PinRow, derived: Derived, known: Bytes): Promise<Tried | undefined> {
  const raw = await unwrap(row.first, derived.half, known, author);
  if (raw !== undefined) {
    [share, tries] = [known, 0];
    return { kind: "right", raw: await current(author, row, derived, known, raw) };
  }
  if ((await unwrap(row.second, derived.half, known, author)) === undefined) return undefined;
  return destroy(author, row, derived, known);
}

async function tryHere(author: string, row: PinRow, typed: Typed, known: Bytes): Promise<Tried> {
  const found = await tryShare(author, row, typed, known);
  if (found !== undefined) return found;
  tries += 1;
  if (tries >= LOCAL_TRIES) [share, tries] = [undefined, 0];
  return { kind: "wrong" };
}

/** The share for a proof, or what came instead. */
async function ask(self: Device, { proof }: Derived): Promise<Bytes | Exclude<Tried, { raw: Bytes }>> {
  try {
    return await openShare(self, sources.now(), proof);
  } catch (error) {
    const { code, retryAfter } = error instanceof ApiError ? error : new ApiError(0, "no_network");
    if (code === "share_gone") return { kind: "gone" };
    if (code === "wrong_pin") return { kind: "wrong" };
    return code === "pin_wait" ? { kind: "wait", ms: retryAfter } : { kind: "no_answer" };
  }
}

/** Tries a PIN against the server. */
export async function tryServer(self: Device, row: PinRow, typed: Typed): Promise<Tried> {
  const before = era;
  const first = await ask(self, typed);
  const isNext = "kind" in first && first.kind === "wrong" && typed.next !== undefined;
  const answer = isNext ? await ask(self, typed.next ?? typed) : first;
  // Another PIN was set meanwhile, or this one turned off.
  if (era !== before) return { kind: "no_answer" };
  if ("kind" in answer) {
    if (answer.kind === "gone") await giveUp(self.author);
    return answer;
  }
  if (isNext && row.next !== undefined && typed.next !== undefined) {
    // The server has the PIN that was being set when the phone went away. What the phone holds is of the one before.
    state.listGone.value = true;
    return { kind: "right", raw: await beginAnew(self.author, row.next, typed.next.half, answer) };
  }
  const { next, ...settled } = row;
  // A change that was on its way has not arrived.
  if (next !== undefined) await store.keepPin(self.author, settled);
  // A share that opens nothing is the second PIN's, and the true one is destroyed.
  return (await tryShare(self.author, settled, typed, answer)) ?? destroy(self.author, settled, typed, answer);
}

/** What is typed as a PIN, against the share in memory, else the server: `asked` is its answer. */
export async function tryPin(digits: string): Promise<{ typed: Typed; here: Tried } | { typed: Typed; asked: Promise<Tried> } | undefined> {
  const self = state.device.value;
  const row = self === undefined ? undefined : await store.pin(self.author);
  if (self === undefined || row === undefined) return undefined;
  const typed: Typed = await derive(digits, row.salt);
  if (share !== undefined) return { typed, here: await tryHere(self.author, row, typed, share) };
  if (row.next !== undefined) typed.next = await derive(digits, row.next);
  return { typed, asked: tryServer(self, row, typed) };
}
