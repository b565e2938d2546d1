// The cryptography of a PIN, and the routes of the server's share. Of 600,000 rounds come two independent halves: the proof, which the server
// compares, and the half that wraps. Neither says anything of the other, and a slot opens only with wrapping half and share together.
import { fromBase64url, toBase64url } from "../domain/base64url";
import { concat, utf8 } from "../domain/bytes";
import { IV_BYTES, KEY_BYTES } from "../domain/pin";
import type { PinShare, PinShareRequest, PinTry } from "../generated/contract";
import type { Device } from "../store/schema";
import { ApiError, request } from "./api";
import { withToken } from "./pull";

const ROUNDS = 600_000;
const AES = "AES-GCM";
const BITS = KEY_BYTES * 8;

/** What is derived from a PIN. */
export interface Derived {
  /** For the server, base64url. */
  proof: string;
  /** For the slot. */
  half: Uint8Array<ArrayBuffer>;
}

async function expand(secret: Uint8Array<ArrayBuffer>, info: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8(info) }, key, BITS));
}

/** Derives proof and wrapping half. This is what takes long, on purpose. */
export async function derive(digits: string, salt: Uint8Array<ArrayBuffer>): Promise<Derived> {
  const key = await crypto.subtle.importKey("raw", utf8(digits), "PBKDF2", false, ["deriveBits"]);
  const stretched = new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, key, BITS));
  const [proof, half] = await Promise.all([expand(stretched, "rounds pin proof v1"), expand(stretched, "rounds pin wrap v1")]);
  return { proof: toBase64url(proof), half };
}

async function wrappingKey(half: Uint8Array, share: Uint8Array): Promise<CryptoKey> {
  const raw = await expand(concat(half, share), "rounds pin key v1");
  return crypto.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"]);
}

/** A slot: a key wrapped under a PIN's half and the share, for one worker. */
export async function wrap(raw: Uint8Array<ArrayBuffer>, half: Uint8Array, share: Uint8Array, author: string): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const ct = await crypto.subtle.encrypt({ name: AES, iv, additionalData: utf8(author) }, await wrappingKey(half, share), raw);
  return concat(iv, new Uint8Array(ct));
}

/** The key in a slot; undefined when half or share are not those that it was wrapped under. */
export async function unwrap(slot: Uint8Array, half: Uint8Array, share: Uint8Array, author: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const [iv, ct] = [slot.slice(0, IV_BYTES), slot.slice(IV_BYTES)];
  try {
    const raw = await crypto.subtle.decrypt({ name: AES, iv, additionalData: utf8(author) }, await wrappingKey(half, share), ct);
    return new Uint8Array(raw);
  } catch {
    return undefined;
  }
}

/** A list's key in the form that seals and opens rows; nothing reads it out again. */
export function listKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"]);
}

function shareOf(answer: PinShare): Uint8Array<ArrayBuffer> {
  const share = fromBase64url(answer.share);
  if (share?.length !== KEY_BYTES) throw new ApiError(0, "broken_answer");
  return share;
}

/** Sets or replaces the server's share; answers the new one. */
export async function putShare(device: Device, now: number, proof: string, duressProof: string): Promise<Uint8Array<ArrayBuffer>> {
  const body: PinShareRequest = { proof, duress_proof: duressProof };
  return shareOf(await withToken(device, now, (bearer) => request<PinShare>({ bearer }, "PUT", "phone/share", body)));
}

/** The share for a proof. Refused: `wrong_pin`, `pin_wait`, `share_gone`. For the proof of the second PIN it is another, which opens nothing. */
export async function openShare(device: Device, now: number, proof: string): Promise<Uint8Array<ArrayBuffer>> {
  const body: PinTry = { proof };
  return shareOf(await withToken(device, now, (bearer) => request<PinShare>({ bearer }, "POST", "phone/share/open", body)));
}

/** Destroys the server's share. */
export function deleteShare(device: Device, now: number): Promise<unknown> {
  return withToken(device, now, (bearer) => request<unknown>({ bearer }, "DELETE", "phone/share"));
}
