// How much room the browser gives, looked at when the app is opened: before a save fails for want of it, what waits can leave as a copy.
import { signal } from "@preact/signals";
import { persisted } from "./state";

const MEGABYTE = 1024 * 1024;
/** Below this a phone is nearly full; records are small, but browsers clear stores before the last byte. */
const LOW = 20 * MEGABYTE;
/** A private window gets a small part of the memory instead of the disk. */
const PRIVATE = 150 * MEGABYTE;

/** What the browser's figures mean. */
export type Room = "enough" | "low" | "private";
export const room = signal<Room>("enough");

/** What room is left of what the browser gives in all. */
export function judge(quota: number, usage: number, isPersisted: boolean | undefined): Room {
  if (quota > 0 && quota < PRIVATE && isPersisted !== true) return "private";
  return quota > 0 && quota - usage < LOW ? "low" : "enough";
}

/** Asks the browser; one that does not say is taken at its best. */
export async function lookAtRoom(): Promise<void> {
  if (!("estimate" in navigator.storage)) return;
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  room.value = judge(quota, usage, persisted.value);
}
