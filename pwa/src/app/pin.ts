// The PIN as the screens know it: unlocking, checking, setting, changing and turning off. Loaded only where there is a PIN or one is being set.
import { toBase64url } from "../domain/base64url";
import { KEY_BYTES, SALT_BYTES, SLOT_BYTES, type PinRow } from "../domain/pin";
import * as store from "../store/list";
import type { Device } from "../store/schema";
import { ApiError } from "../sync/api";
import { deleteShare, derive, openShare, putShare, unwrap, wrap, type Derived } from "../sync/pin";
import { sources } from "./clock";
import { syncNow, tellOthers } from "./engine";
import { keepKey } from "./list";
import { forgetProofs, proveLater, refused, tell } from "./proofs";
import { held, hold, isListed, random, show, tryPin, type Bytes, type Tried } from "./share";
import * as state from "./state";

export { refused };

/** A network that does not answer is none. */
const PATIENCE_MS = 6_000;
/** What the server says of a proof that opens nothing; whatever else comes may be of a network in between. */
const REFUSALS: readonly string[] = ["wrong_pin", "pin_wait", "share_gone"];

function patiently(asked: Promise<Tried>): Promise<Tried> {
  return Promise.race([asked, new Promise<Tried>((resolve) => setTimeout(() => resolve({ kind: "no_answer" }), PATIENCE_MS))]);
}

/** What the lock screen says of a PIN. */
export type Unlocked = { kind: "open" } | { kind: "wrong" } | { kind: "wait"; ms: number };

/**
 * Opens the app with a PIN. Without a network and without a share nothing can check it: the app opens for recording, and the PIN is tried
 * once as soon as there is a network.
 */
export async function unlock(digits: string): Promise<Unlocked> {
  const found = await tryPin(digits);
  const tried: Tried = found === undefined ? { kind: "gone" } : "here" in found ? found.here : await patiently(found.asked);
  if (tried.kind === "wrong" || tried.kind === "wait") return tried;
  // Who left in a hurry meanwhile types it again.
  const isLeft = state.hidden.value;
  if (found !== undefined && "here" in found && tried.kind === "second") tell(found.typed);
  if (found !== undefined && "asked" in found && tried.kind === "no_answer") proveLater(found.typed, found.asked, !isLeft);
  if (isLeft) return { kind: "open" };
  if ("raw" in tried) await show(tried);
  refused.value = false;
  state.locked.value = false;
  // What a pull brought behind the lock was not kept.
  if (tried.kind !== "no_answer") void syncNow();
  return { kind: "open" };
}

/** What the settings say of the PIN that was typed. */
export type Checked = { kind: "right" } | { kind: "wrong" } | { kind: "wait"; ms: number } | { kind: "no_answer" };

/** Whether the PIN is the one that is set. The second one counts as such, and does what it does. */
export async function check(digits: string): Promise<Checked> {
  const found = await tryPin(digits);
  if (found === undefined) return { kind: "right" };
  const tried = "here" in found ? found.here : await patiently(found.asked);
  if ("here" in found && tried.kind === "second") tell(found.typed);
  if ("raw" in tried) await show(tried);
  return tried.kind === "wrong" || tried.kind === "wait" || tried.kind === "no_answer" ? tried : { kind: "right" };
}

/** The list's key under a new PIN: that of the one before while a shift has a list, else a fresh one. */
async function keyUnder(author: string, row: PinRow | undefined, now: Derived | undefined): Promise<Bytes> {
  const known = held();
  if (row === undefined || now === undefined || known === undefined || !(await isListed())) return random(KEY_BYTES);
  return (await unwrap(row.first, now.half, known, author)) ?? random(KEY_BYTES);
}

/** Makes sure that the server answers, before what is kept is called doubtful. */
async function reach(self: Device, now: Derived | undefined): Promise<void> {
  if (now === undefined) return;
  try {
    await openShare(self, sources.now(), now.proof);
  } catch (error) {
    if (!(error instanceof ApiError) || !REFUSALS.includes(error.code)) throw error;
  }
}

/** Has the server make a share for a new PIN. When no answer came, the phone goes on knowing that either PIN may hold. */
async function replace(self: Device, row: PinRow | undefined, salt: Bytes, proofs: readonly [string, string]): Promise<Bytes> {
  if (row === undefined) return putShare(self, sources.now(), ...proofs);
  await store.keepPin(self.author, { ...row, next: salt });
  try {
    return await putShare(self, sources.now(), ...proofs);
  } catch (error) {
    const isRefused = error instanceof ApiError && error.status >= 400 && error.status < 500;
    if (!isRefused) throw new ApiError(0, "pin_unsure");
    await store.keepPin(self.author, row);
    throw error;
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
    // One salt for all that may have arrived, so that whichever did opens.
    const salt = row?.next ?? random(SALT_BYTES);
    const [first, other] = [await derive(digits, salt), second === undefined ? undefined : await derive(second, salt)];
    await reach(self, now);
    const known = await replace(self, row, salt, [first.proof, other?.proof ?? toBase64url(random(KEY_BYTES))]);
    await store.keepPin(self.author, {
      salt,
      first: await wrap(raw, first.half, known, self.author),
      second: other === undefined ? random(SLOT_BYTES) : await wrap(random(KEY_BYTES), other.half, known, self.author),
    });
    hold(known);
    forgetProofs();
    await show({ raw });
  } catch (error) {
    return error instanceof ApiError ? error.code : "not_saved";
  }
  state.pinSet.value = true;
  state.listGone.value = false;
  tellOthers("pin");
  return undefined;
}

/** Turns the PIN off: the list goes, and so does the server's share, when it can be told. */
export async function turnOff(): Promise<void> {
  const self = state.device.value;
  if (self === undefined) return;
  keepKey(undefined);
  await store.destroyList(self.author);
  hold(undefined);
  forgetProofs();
  state.pinSet.value = false;
  tellOthers("pin");
  await deleteShare(self, sources.now()).catch(() => undefined);
}
