// Seals a plaintext to the programme's public key (HPKE suite 1). The phone can't open what it sealed.
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256, type SenderContext } from "@hpke/core";
import { CONSTANTS, type OpHeader, type SealedOp, type SealingKey } from "../generated/contract";
import { fromBase64url, toBase64url } from "../domain/base64url";
import { pad, utf8 } from "../domain/bytes";

/** Suite 1. */
export function suite(): CipherSuite {
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

/** Where ops are sealed to: a key with its imported form, and the key of the next op when it was made ahead. */
export interface Recipient {
  kid: string;
  key: CryptoKey;
  ahead?: Promise<SenderContext> | undefined;
}

/** Imports a sealing key; call it before the first tap, so that saving does not wait for it. */
export async function recipient(key: SealingKey): Promise<Recipient> {
  const raw = fromBase64url(key.key);
  if (raw === undefined) throw new TypeError("sealing key");
  return { kid: key.kid, key: await suite().kem.deserializePublicKey(raw.buffer) };
}

function newSender(to: Recipient): Promise<SenderContext> {
  return suite().createSenderContext({ recipientPublicKey: to.key, info: utf8(CONSTANTS.OP_INFO).buffer });
}

/** Makes the key of the next op; it needs nothing of the op, so that it can be made before the tap. */
export function makeAhead(to: Recipient): void {
  to.ahead ??= newSender(to);
  // Whoever takes it hears of a failure.
  to.ahead.catch(() => undefined);
}

/** The key of one op: the one that was made ahead, else a new one. Nobody gets the same twice. */
export function senderTo(to: Recipient): Promise<SenderContext> {
  const { ahead } = to;
  to.ahead = undefined;
  return ahead ?? newSender(to);
}

/** Seals a plaintext under a header; the header's exact bytes are authenticated. A sender seals one op. */
export async function seal(header: OpHeader, plaintext: string, sender: SenderContext): Promise<SealedOp> {
  const hdr = utf8(JSON.stringify(header));
  const ct = await sender.seal(pad(utf8(plaintext)).buffer, hdr.buffer);
  return { hdr: toBase64url(hdr), ek: toBase64url(new Uint8Array(sender.enc)), ct: toBase64url(new Uint8Array(ct)) };
}
