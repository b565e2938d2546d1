// Bytes that two programs must agree on: padding of a plaintext, input of an op's digest, messages that keys sign.
import { CONSTANTS } from "../generated/contract";

const encoder = new TextEncoder();

/** Text as UTF-8. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encoder.encode(text));
}

/** Joins byte strings. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Pads a plaintext with spaces to the next multiple of 256 bytes, so that its length says little. */
export function pad(plaintext: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil(Math.max(plaintext.length, 1) / CONSTANTS.PADDING) * CONSTANTS.PADDING).fill(0x20);
  padded.set(plaintext);
  return padded;
}

function lengthOf(part: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, part.length);
  return bytes;
}

/** What an op's digest is taken over: each part's length as 4 bytes big-endian, and the part. */
export function digestInput(hdr: Uint8Array, ek: Uint8Array, ct: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(lengthOf(hdr), hdr, lengthOf(ek), ek, lengthOf(ct), ct);
}

/** What the root key signs for a sealing key. */
export function sealingMessage(kid: string, key: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(utf8(`${CONSTANTS.SEALING_PREFIX}${kid}\n`), key);
}

/** What a device signs to get a token: the prefix and the characters of the nonce. */
export function tokenMessage(nonce: string): Uint8Array<ArrayBuffer> {
  return utf8(CONSTANTS.AUTH_PREFIX + nonce);
}
