// What hides the page: by itself when it is left or idle, and at once by a gesture. The picture that the system takes of a page that is left
// shows nothing, as far as a page can see to it: it is covered when it hears that it is being hidden.
import { sources } from "./clock";
import { tellOthers } from "./engine";
import { lock } from "./lock";
import { hidden, pinSet } from "./state";

const HIDDEN_MS = 60_000;
const IDLE_MS = 2 * 60_000;
const LOOK_MS = 5_000;
const TWICE_MS = 600;
const FINGERS = 3;

let hiddenAt: number | undefined;
let touchedAt = sources.now();
let escapedAt = 0;

/** Locks and shows a neutral page; without a PIN it only hides. The step back leads to nothing of what was open: no step says what that was. */
export function quickExit(): void {
  if (pinSet.value) lock();
  hidden.value = true;
  scrollTo(0, 0);
}

/** The same on every page of this phone. */
export function exitEverywhere(): void {
  quickExit();
  tellOthers("exit");
}

/** "Lock", on every page of this phone. One that locks by itself leaves the others alone: each of them sees whether it is being used. */
export function lockEverywhere(): void {
  lock();
  tellOthers("lock");
}

/** Longer than allowed, also when the clock was set back meanwhile. */
function isOver(since: number, most: number): boolean {
  return Math.abs(sources.now() - since) >= most;
}

function cover(): void {
  hiddenAt ??= sources.now();
  document.documentElement.dataset["cover"] = "";
}

function uncover({ persisted }: { persisted?: boolean }): void {
  // The browser kept the page as it was and took it out again: by now it may be somebody else's turn. It stays covered and begins anew.
  if (persisted === true) {
    location.reload();
    return;
  }
  // First locked, then shown.
  if (hiddenAt !== undefined && pinSet.value && isOver(hiddenAt, HIDDEN_MS)) lock();
  hiddenAt = undefined;
  touchedAt = sources.now();
  delete document.documentElement.dataset["cover"];
}

/** While nobody looks, timers run late or not at all; what they miss is made up for when the page is seen again. */
function look(): void {
  if (!pinSet.value) return;
  const left = hiddenAt !== undefined && isOver(hiddenAt, HIDDEN_MS);
  if (left || isOver(touchedAt, IDLE_MS)) {
    // A contact that was begun while locked is dropped, too.
    lock();
    touchedAt = sources.now();
  }
}

/** Two Escapes with nothing in between; one alone closes a sheet. */
function onKey({ key }: KeyboardEvent): void {
  touchedAt = sources.now();
  const before = escapedAt;
  escapedAt = key === "Escape" ? sources.now() : 0;
  if (key === "Escape" && !isOver(before, TWICE_MS)) exitEverywhere();
}

function onPointer(): void {
  touchedAt = sources.now();
  escapedAt = 0;
}

/** Watches from now on. */
export function watchExit(): void {
  document.documentElement.dataset["phone"] = "";
  const passive = { capture: true, passive: true };
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? uncover({}) : cover()));
  addEventListener("pagehide", cover);
  addEventListener("pageshow", uncover);
  document.addEventListener("freeze", cover);
  addEventListener("pointerdown", onPointer, passive);
  addEventListener("keydown", onKey, passive);
  addEventListener("scroll", onPointer, passive);
  addEventListener("touchstart", (event) => event.touches.length >= FINGERS && exitEverywhere(), passive);
  setInterval(look, LOOK_MS);
}
