// The key that contacts are sealed to: the newest that the root key signed, imported once and kept until a pull may have changed it.
import { sealingKeys } from "../store/device";
import { prepareSave } from "../sync/save";
import { recipient, type Recipient } from "../sync/seal";

let ready: Promise<Recipient> | undefined;

async function newest(): Promise<Recipient> {
  const [key] = await sealingKeys();
  if (key === undefined) throw new Error("no sealing key");
  return recipient(key);
}

/** The recipient for the next save. */
export function recipientNow(): Promise<Recipient> {
  ready ??= newest().catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  return ready;
}

/** The keys may be others now. */
export function forgetRecipient(): void {
  ready = undefined;
}

/** What the tap on Save would otherwise wait for. When it fails, the save tries for itself and says so. */
export function makeReady(): void {
  void recipientNow()
    .then(prepareSave)
    .catch(() => undefined);
}
