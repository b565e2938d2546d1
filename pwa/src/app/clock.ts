// The only place of the page that reads clock and randomness, and the rules that time brings: the day's change and the end of a chosen date.
import { dayIn, wallClock } from "../domain/dates";
import { slipOf } from "../domain/slip";
import type { Sources } from "../sync/save";
import { chosenDay, device, today } from "./state";

/** Clock and randomness of this phone. */
export const sources: Sources = {
  now: () => Date.now(),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
};

const HIDDEN_MS = 30 * 60_000;
let hiddenAt: number | undefined;

/** A fresh slip number. */
export function freshSlip(): string {
  return slipOf(sources.random(5));
}

/** The phone's wall clock now, as a record keeps it. */
export function capturedNow(): { local: string; offset_minutes: number } {
  const now = sources.now();
  return wallClock(now, -new Date(now).getTimezoneOffset());
}

/** Looks at the date; at midnight a chosen date ends. Returns whether the day changed. */
export function tick(): boolean {
  const zone = device.value?.tz;
  if (zone === undefined) return false;
  const day = dayIn(zone, sources.now());
  if (day === today.value) return false;
  chosenDay.value = undefined;
  today.value = day;
  return true;
}

/** The page was hidden or is seen again; after 30 hidden minutes a chosen date ends. */
export function seen(visible: boolean): void {
  if (!visible) {
    hiddenAt ??= sources.now();
    return;
  }
  if (hiddenAt !== undefined && sources.now() - hiddenAt >= HIDDEN_MS) chosenDay.value = undefined;
  hiddenAt = undefined;
}
