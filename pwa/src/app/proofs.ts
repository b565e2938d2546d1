// What the server has to hear yet of PINs that were typed without a network: those that opened the app unproved, and that the second one was
// used. It outlives the lock, in this page's memory: on the disk a proof would let PINs be tried without the server.
import { signal } from "@preact/signals";
import * as store from "../store/list";
import type { Device } from "../store/schema";
import { ApiError } from "../sync/api";
import { openShare, unwrap, wrap } from "../sync/pin";
import { sources } from "./clock";
import { lock, whenLocked } from "./lock";
import { held, hold, show, tryServer, type Tried, type Typed } from "./share";
import { device } from "./state";

/** A PIN that opened the app unproved, with the answer that is awaited. */
interface Unproved {
  typed: Typed;
  asked?: Promise<Tried> | undefined;
}

const RETRY_MS = 30_000;
/** What the server says to a proof of a share that is no more, or that another PIN has replaced. */
const OVER: readonly string[] = ["share_gone", "wrong_pin"];

const unproved = new Set<Unproved>();
/** The one by which the app is open now. */
let opener: Unproved | undefined;
/** A second PIN that was used with the share in memory. */
let unsaid: Typed | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let isWanted = false;
let settling: Promise<void> | undefined;

/** The PIN that opened the app without a network was not right. */
export const refused = signal(false);

whenLocked(() => (opener = undefined));

/** Nothing that was typed before is of any consequence: another PIN is set, or none. */
export function forgetProofs(): void {
  unproved.clear();
  [opener, unsaid] = [undefined, undefined];
}

/** The list goes on under the share that the server gives for the second PIN from now on. */
async function follow(self: Device, { half }: Typed, given: Uint8Array<ArrayBuffer>): Promise<void> {
  const [row, before] = [await store.pin(self.author), held()];
  const raw = row === undefined || before === undefined ? undefined : await unwrap(row.first, half, before, self.author);
  if (row === undefined || raw === undefined) return;
  await store.keepPin(self.author, { ...row, first: await wrap(raw, half, given, self.author) });
  hold(given);
}

async function say(self: Device, typed: Typed): Promise<void> {
  try {
    const given = await openShare(self, sources.now(), typed.proof);
    if (unsaid !== typed) return;
    unsaid = undefined;
    await follow(self, typed, given);
  } catch (error) {
    if (unsaid === typed && error instanceof ApiError && OVER.includes(error.code)) unsaid = undefined;
  }
}

async function prove(self: Device, one: Unproved): Promise<void> {
  const row = await store.pin(self.author);
  if (row === undefined) return void unproved.delete(one);
  const tried = await (one.asked ?? tryServer(self, row, one.typed)).catch((): Tried => ({ kind: "no_answer" }));
  one.asked = undefined;
  if (tried.kind === "no_answer") return;
  unproved.delete(one);
  // Locked meanwhile, or open by another: whoever opens it again proves it again.
  if (opener !== one) return;
  opener = undefined;
  if ("raw" in tried) return show(tried);
  if (tried.kind === "gone") return;
  refused.value = true;
  lock();
}

async function round(): Promise<void> {
  const self = device.value;
  if (self === undefined) return;
  if (unsaid !== undefined) await say(self, unsaid);
  // Also those that come while it asks.
  for (const one of unproved) await prove(self, one);
}

async function run(): Promise<void> {
  clearTimeout(timer);
  while (isWanted) {
    isWanted = false;
    await round().catch(() => undefined);
  }
  settling = undefined;
  if (unsaid !== undefined || unproved.size > 0) timer = setTimeout(settle, RETRY_MS);
}

/** Says and asks what has to be, one at a time; again until it is answered. */
function settle(): void {
  isWanted = true;
  settling ??= run();
}

addEventListener("online", settle);

/** The server is told of a second PIN as soon as it can be. */
export function tell(typed: Typed): void {
  unsaid = typed;
  settle();
}

/** A PIN that nothing could check is asked about as soon as that can be; `asked` is under way. The app is open by it, unless it was left. */
export function proveLater(typed: Typed, asked: Promise<Tried>, isOpen: boolean): void {
  const one = { typed, asked };
  for (const other of unproved) if (other.typed.proof === typed.proof) unproved.delete(other);
  unproved.add(one);
  opener = isOpen ? one : undefined;
  settle();
}
