// The shift's list, as far as saving needs it: its key while the app is open, the row of what is saved, and its end.
import { signal } from "@preact/signals";
import type { RecordBody } from "../generated/contract";
import { toBase64url } from "../domain/base64url";
import type { Draft } from "../domain/draft";
import { entryOf, isListing, type Traces } from "../domain/listed";
import * as store from "../store/list";
import type { ListRow } from "../store/schema";
import { sealEntry } from "../sync/list";
import type { Saved } from "../sync/save";
import { sources } from "./clock";
import { whenLocked, whenPinChanged } from "./lock";
import { device, pinSet, shift } from "./state";

/** The key; undefined behind the lock, without a PIN, and until the server gave its share. */
export const key = signal<CryptoKey | undefined>(undefined);

whenLocked(() => (key.value = undefined));
whenPinChanged(() => (key.value = undefined));

/** From now on the list is sealed and opened with this. */
export function keepKey(fresh: CryptoKey | undefined): void {
  key.value = fresh;
}

const ROW_BYTES = 16;

/** A place in the list for a record that is about to be saved; none where there is no list. */
export function freshRow({ shift: of }: Traces): string | undefined {
  const running = shift.value;
  const isListed = key.value !== undefined && of !== undefined && running?.record === of && isListing(running.since, sources.now());
  return isListed ? toBase64url(sources.random(ROW_BYTES)) : undefined;
}

/** The row of a saved record; none where it has no place in the list, or the app was locked meanwhile. */
export async function listRow(record: RecordBody, saved: Saved, traces: Traces, draft: Draft | undefined): Promise<ListRow | undefined> {
  const [under, author] = [key.value, device.value?.author];
  if (under === undefined || author === undefined || traces.row === undefined) return undefined;
  const entry = entryOf(record, saved, traces, traces.row, draft);
  return entry === undefined ? undefined : sealEntry(under, author, entry);
}

/** Ends a list that outlived its shift or its day. */
export async function expireList(): Promise<void> {
  const [author, now] = [device.value?.author, sources.now()];
  if (author !== undefined && pinSet.value && !isListing(shift.value?.since, now)) await store.forgetList(author);
}
