// The key that contacts are sealed to: the newest that the root key signed, imported once and kept while it is the newest.
import { sealingKeys } from "../store/device";
import { recipient, type Recipient } from "../sync/seal";

let ready: { key: string; recipient: Promise<Recipient> } | undefined;

/** The recipient for the next save. */
export async function recipientNow(): Promise<Recipient> {
  const newest = (await sealingKeys())[0];
  if (newest === undefined) throw new Error("no sealing key");
  if (ready?.key !== newest.key) ready = { key: newest.key, recipient: recipient(newest) };
  return ready.recipient;
}
