// The lock of this page. Locking drops everything secret that the page remembers; the queue, and sending it, go on.
import { EMPTY } from "../domain/draft";
import { signal } from "@preact/signals";
import * as store from "../store/list";
import * as state from "./state";

const hooks: (() => void)[] = [];
const changes: (() => void)[] = [];

/** The PIN that opened the page is known to be the right one: not while nothing could check it, and not after the second one. */
export const proven = signal(false);

/** Has something done whenever the page forgets: to drop what must not outlive the lock. */
export function whenLocked(forget: () => void): void {
  hooks.push(forget);
}

/** Has something done when another page changed or destroyed what the PIN guards: to drop what is of the PIN before. */
export function whenPinChanged(drop: () => void): void {
  changes.push(drop);
}

/** Drops what the page remembers of records: the open form, the last contact with its undo, own figures, and what others asked to drop. */
export function forget(): void {
  state.draft.value = EMPTY;
  state.correcting.value = undefined;
  state.lastDraft.value = undefined;
  state.lastLikeness.value = undefined;
  state.notice.value = undefined;
  state.saveError.value = undefined;
  state.slipStatus.value = {};
  state.ownFigures.value = undefined;
  state.bagMoves.value = [];
  proven.value = false;
  for (const hook of hooks) hook();
}

/** Locks: forgets, leaves whatever is open, and asks for the PIN where there is one. */
export function lock(): void {
  forget();
  state.form.value = undefined;
  state.tab.value = "today";
  state.view.value = "today";
  if (state.pinSet.value) state.locked.value = true;
}

/** Looks whether a worker has a PIN, and locks when they do. To be called before anything of theirs is shown. */
export async function arm(author: string): Promise<void> {
  state.pinSet.value = (await store.pin(author)) !== undefined;
  state.locked.value = state.pinSet.value;
}

/** Another page set, changed or destroyed the PIN: looks anew, and locks where there is one. */
export async function rearm(author: string): Promise<void> {
  for (const drop of changes) drop();
  await arm(author);
  if (state.locked.value) lock();
}
