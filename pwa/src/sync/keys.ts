// ECDSA P-256: the device's own key, which no script can export, and the programme's root key, which signs sealing keys.
import type { SealingKey } from "../generated/contract";
import { fromBase64url, toBase64url } from "../domain/base64url";
import { sealingMessage } from "../domain/bytes";

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" } as const;
const PIN_BYTES = 16;

/** Makes a device key; the public half is 65 bytes, base64url. */
export async function makeDeviceKey(): Promise<{ key: CryptoKey; publicKey: string }> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
  const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
  return { key: pair.privateKey, publicKey: toBase64url(new Uint8Array(raw)) };
}

/** Signs bytes; r‖s, base64url. */
export async function sign(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.sign(SIGNATURE, key, bytes)));
}

/** Whether a root key is the one that an enrolment link pins. */
export async function isPinned(rootKey: string, pin: string): Promise<boolean> {
  const raw = fromBase64url(rootKey);
  if (raw === undefined) return false;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
  return toBase64url(hash.slice(0, PIN_BYTES)) === pin;
}

/** The sealing keys that the root key signed, in the order given. Others are dropped: nothing is ever sealed to them. */
export async function trustedKeys(rootKey: string, keys: readonly SealingKey[]): Promise<SealingKey[]> {
  const raw = fromBase64url(rootKey);
  if (raw?.length !== 65) return [];
  const root = await crypto.subtle.importKey("raw", raw, CURVE, false, ["verify"]);
  const trusted: SealingKey[] = [];
  for (const one of keys) {
    const [key, sig] = [fromBase64url(one.key), fromBase64url(one.sig)];
    if (one.suite !== 1 || key?.length !== 65 || sig?.length !== 64) continue;
    if (await crypto.subtle.verify(SIGNATURE, root, sig, sealingMessage(one.kid, key))) trusted.push(one);
  }
  return trusted;
}
