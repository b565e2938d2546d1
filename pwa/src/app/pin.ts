// What a PIN opens: unlocking, setting, changing and turning off. Loaded only where there is a PIN or one is being set.
// The share stays in this page's memory, so that it can be unlocked again without a network; the list's key does not outlive the lock.
import { signal } from "@preact/signals";
import { toBase64url } from "../domain/base64url";
import { KEY_BYTES, SALT_BYTES, SLOT_BYTES, type PinRow } from "../domain/pin";
import * as store from "../store/list";
import type { Device } from "../store/schema";
import { ApiError } from "../sync/api";
import { deleteShare, derive, listKey, openShare, putShare, unwrap, wrap, type Derived } from "../sync/pin";
import { sources } from "./clock";
import { tellOthers } from "./engine";
import { keepKey } from "./list";
import { lock, whenLocked } from "./lock";
import * as state from "./state";

type Bytes = Uint8Array<ArrayBuffer>;

/** What came of a PIN that was typed. */
type Tried =
  | { kind: "right"; raw: Bytes }
  /** The second one: what it destroys is destroyed. */
  | { kind: "second" }
  | { kind: "wrong" }
  | { kind: "wait"; ms: number }
  /** The share is no more, and with it the list. */
  | { kind: "gone" }
  | { kind: "no_answer" };

/** Wrong tries against the share in memory, after which it is dropped. */
const LOCAL_TRIES = 5;
/** A network that does not answer is none. */
const PATIENCE_MS = 6_000;
const RETRY_MS = 30_000;
/** What the server says of a proof that opens nothing; whatever else comes may be of a network in between. */
const REFUSALS: readonly string[] = ["wrong_pin", "pin_wait", "share_gone"];

let share: Bytes | undefined;
let tries = 0;
/** A PIN that opened the app while there was no network; it is tried once when there is one. */
let unproved: Derived | undefined;
/** The proof of a second PIN of which the server has to hear yet. */
let unsaid: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The PIN that opened the app without a network was not right. */
export const refused = signal(false);

whenLocked(() => (unproved = undefined));

function random(bytes: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(bytes));
}

/** Destroys the list. What stays looks like any other PIN's, and the second PIN goes on opening the app. */
async function destroy(author: string, row: PinRow, half: Bytes, known: Bytes): Promise<void> {
  keepKey(undefined);
  share = known;
  const second = await wrap(random(KEY_BYTES), half, known, author);
  await store.destroyList(author, { salt: row.salt, first: random(SLOT_BYTES), second });
}

/** The share is no more: so is the list, and the PIN guards nothing. */
async function giveUp(author: string): Promise<void> {
  [share, unproved] = [undefined, undefined];
  keepKey(undefined);
  await store.destroyList(author);
  state.pinSet.value = false;
  state.listGone.value = true;
  tellOthers();
}

/** Looks whether a share opens a slot. */
async function tryShare(author: string, row: PinRow, { half }: Derived, known: Bytes): Promise<Tried | undefined> {
  const raw = await unwrap(row.first, half, known, author);
  if (raw !== undefined) {
    share = known;
    tries = 0;
    return { kind: "right", raw };
  }
  if ((await unwrap(row.second, half, known, author)) === undefined) return undefined;
  await destroy(author, row, half, known);
  return { kind: "second" };
}

async function tryHere(author: string, row: PinRow, derived: Derived, known: Bytes): Promise<Tried> {
  const found = await tryShare(author, row, derived, known);
  if (found?.kind === "second") {
    unsaid = derived.proof;
    void settle();
  }
  if (found !== undefined) return found;
  tries += 1;
  if (tries >= LOCAL_TRIES) [share, tries] = [undefined, 0];
  return { kind: "wrong" };
}

async function tryServer(self: Device, row: PinRow, derived: Derived): Promise<Tried> {
  let known: Bytes;
  try {
    known = await openShare(self, sources.now(), derived.proof);
  } catch (error) {
    const { code, retryAfter } = error instanceof ApiError ? error : new ApiError(0, "no_network");
    // The server has the PIN that was being set when the phone went away; what the phone holds is of the one before.
    const isOld = code === "wrong_pin" && row.changing === true;
    if (code === "share_gone" || isOld) {
      await giveUp(self.author);
      return { kind: "gone" };
    }
    if (code === "wrong_pin") return { kind: "wrong" };
    return code === "pin_wait" ? { kind: "wait", ms: retryAfter } : { kind: "no_answer" };
  }
  const found = await tryShare(self.author, row, derived, known);
  // A change that was on its way has not arrived.
  if (found?.kind === "right" && row.changing === true) await store.keepPin(self.author, { salt: row.salt, first: row.first, second: row.second });
  if (found !== undefined) return found;
  // The server gave a share that opens nothing: it is the second PIN's, and the true one is destroyed.
  await destroy(self.author, row, derived.half, known);
  return { kind: "second" };
}

function patiently(asked: Promise<Tried>): Promise<Tried> {
  return Promise.race([asked, new Promise<Tried>((resolve) => setTimeout(() => resolve({ kind: "no_answer" }), PATIENCE_MS))]);
}

/** Goes on with what came of the PIN that opened the app without a network. */
async function proved(tried: Tried): Promise<void> {
  // Locked meanwhile: whoever opens it again proves it again.
  if (unproved === undefined || tried.kind === "no_answer") return;
  unproved = undefined;
  if (tried.kind === "right") keepKey(await listKey(tried.raw));
  if (tried.kind === "wrong" || tried.kind === "wait") {
    refused.value = true;
    lock();
  }
}

/** Says to the server what it has to hear yet, and asks it what could not be asked; again until it answers. */
async function settle(): Promise<void> {
  clearTimeout(timer);
  const self = state.device.value;
  if (self === undefined) return;
  if (unsaid !== undefined) {
    const said = await openShare(self, sources.now(), unsaid).then(
      () => true,
      (error: unknown) => error instanceof ApiError && error.code === "share_gone",
    );
    if (said) unsaid = undefined;
  }
  const derived = unproved;
  const row = await store.pin(self.author);
  if (derived !== undefined && row !== undefined) await proved(await tryServer(self, row, derived));
  if (unsaid !== undefined || unproved !== undefined) timer = setTimeout(() => void settle(), RETRY_MS);
}

addEventListener("online", () => void settle());

async function tryPin(digits: string): Promise<{ tried: Tried; derived: Derived; late?: Promise<Tried> } | undefined> {
  const self = state.device.value;
  const row = self === undefined ? undefined : await store.pin(self.author);
  if (self === undefined || row === undefined) return undefined;
  const derived = await derive(digits, row.salt);
  if (share !== undefined) return { tried: await tryHere(self.author, row, derived, share), derived };
  const asked = tryServer(self, row, derived);
  return { tried: await patiently(asked), derived, late: asked };
}

/** What the lock screen says of a PIN. */
export type Unlocked = { kind: "open" } | { kind: "wrong" } | { kind: "wait"; ms: number };

/**
 * Opens the app with a PIN. Without a network and without a share nothing can check it: the app opens for recording, and the PIN is tried
 * once as soon as there is a network.
 */
export async function unlock(digits: string): Promise<Unlocked> {
  const found = await tryPin(digits);
  const kind = found?.tried.kind ?? "gone";
  if (kind === "wrong") return { kind };
  if (found?.tried.kind === "wait") return found.tried;
  if (found?.tried.kind === "right") keepKey(await listKey(found.tried.raw));
  if (found !== undefined && kind === "no_answer") {
    unproved = found.derived;
    void found.late?.then(proved);
    timer = setTimeout(() => void settle(), RETRY_MS);
  }
  refused.value = false;
  state.locked.value = false;
  return { kind: "open" };
}

/** What the settings say of the PIN that was typed. */
export type Checked = { kind: "right" } | { kind: "wrong" } | { kind: "wait"; ms: number } | { kind: "no_answer" };

/** Whether the PIN is the one that is set. The second one counts as such, and does what it does. */
export async function check(digits: string): Promise<Checked> {
  const tried = (await tryPin(digits))?.tried ?? { kind: "gone" };
  if (tried.kind === "right") keepKey(await listKey(tried.raw));
  return tried.kind === "wrong" || tried.kind === "wait" || tried.kind === "no_answer" ? tried : { kind: "right" };
}

/** The list's key that a PIN opens now, so that it stays the same under a new one; a fresh one where there is none. */
async function keyUnder(author: string, row: PinRow | undefined, now: Derived | undefined): Promise<Bytes> {
  if (row === undefined || now === undefined || share === undefined) return random(KEY_BYTES);
  return (await unwrap(row.first, now.half, share, author)) ?? random(KEY_BYTES);
}

/** Makes sure that the server answers before what is kept is called doubtful: a change that never left must not cost the list. */
async function reach(self: Device, now: Derived | undefined): Promise<void> {
  if (now === undefined) return;
  try {
    await openShare(self, sources.now(), now.proof);
  } catch (error) {
    if (!(error instanceof ApiError) || !REFUSALS.includes(error.code)) throw error;
  }
}

/** Sets a PIN and a second one, in place of what was set before. Needs the network; answers the code of what went wrong. */
export async function setPin(digits: string, second: string | undefined, before: string | undefined): Promise<string | undefined> {
  const self = state.device.value;
  if (self === undefined) return "no_store";
  try {
    const row = await store.pin(self.author);
    const now = row === undefined || before === undefined ? undefined : await derive(before, row.salt);
    const raw = await keyUnder(self.author, row, now);
    const salt = random(SALT_BYTES);
    const [first, other] = [await derive(digits, salt), second === undefined ? undefined : await derive(second, salt)];
    await reach(self, now);
    if (row !== undefined) await store.keepPin(self.author, { ...row, changing: true });
    const known = await putShare(self, sources.now(), first.proof, other?.proof ?? toBase64url(random(KEY_BYTES)));
    await store.keepPin(self.author, {
      salt,
      first: await wrap(raw, first.half, known, self.author),
      second: other === undefined ? random(SLOT_BYTES) : await wrap(random(KEY_BYTES), other.half, known, self.author),
    });
    [share, tries, unproved] = [known, 0, undefined];
    keepKey(await listKey(raw));
  } catch (error) {
    return error instanceof ApiError ? error.code : "not_saved";
  }
  state.pinSet.value = true;
  state.listGone.value = false;
  tellOthers();
  return undefined;
}

/** Turns the PIN off: the list goes, and so does the server's share, when it can be told. */
export async function turnOff(): Promise<void> {
  const self = state.device.value;
  if (self === undefined) return;
  keepKey(undefined);
  await store.destroyList(self.author);
  [share, unproved] = [undefined, undefined];
  state.pinSet.value = false;
  tellOthers();
  await deleteShare(self, sources.now()).catch(() => undefined);
}
