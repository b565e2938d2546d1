// The key of the shift's list, while the app is open: what is saved meanwhile stands in the list.
import { signal } from "@preact/signals";
import { whenLocked } from "./lock";

/** The key; undefined behind the lock, without a PIN, and until the server gave its share. */
export const key = signal<CryptoKey | undefined>(undefined);

whenLocked(() => (key.value = undefined));

/** From now on the list is sealed and opened with this. */
export function keepKey(fresh: CryptoKey | undefined): void {
  key.value = fresh;
}
