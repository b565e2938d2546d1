// Keys that lie in a profile: private scalars in their usual wrappings, and the objects that a browser writes for keys of its Web Crypto.

import { createECDH } from 'node:crypto';

import { varintAt } from './leveldb.mjs';

const P256 = Buffer.from('06082a8648ce3d030107', 'hex');
// Within PKCS #8, and within the older form: version 1, then the scalar of 32 bytes.
const SCALAR = Buffer.from('0201010420', 'hex');
const NEAR = 40;
const LENGTH = 32;

/** Private scalars of P-256 in DER, each once, as hex. */
export function scalars(found) {
  const all = new Set();
  for (const { bytes } of found) {
    for (let at = bytes.indexOf(P256); at >= 0; at = bytes.indexOf(P256, at + 1)) {
      const start = bytes.subarray(at, at + NEAR).indexOf(SCALAR);
      if (start >= 0) all.add(bytes.subarray(at + start + SCALAR.length, at + start + SCALAR.length + LENGTH).toString('hex'));
    }
  }
  return [...all];
}

/** The public key that belongs to a scalar, as base64url of its 65 bytes. */
export function publicKey(scalar) {
  const key = createECDH('prime256v1');
  key.setPrivateKey(scalar, 'hex');
  return key.getPublicKey('base64url');
}

const JWK = /"d"\s*:\s*"[A-Za-z0-9_-]{43}"|"k"\s*:\s*"[A-Za-z0-9_-]{22,86}"/;
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Private and symmetric keys written as text: one line for each piece that has any. */
export function writtenKeys(found) {
  return found.flatMap(({ name, bytes }) => {
    const text = bytes.toString('latin1').replaceAll('\0', '');
    return [JWK, PEM].flatMap((form) => form.exec(text) ?? []).map((key) => `${key} in ${name}`);
  });
}

// A key object in a structured clone: a host object, a key, its kind, so many parameters of its kind, its uses, the length of its bytes, its bytes.
const HOST_KEY = Buffer.from('\\K', 'latin1');
const KINDS = { 1: ['AES', 2], 2: ['HMAC', 2], 5: ['EC', 3], 6: ['secret', 1], 7: ['Ed25519', 2], 8: ['X25519', 2] };
const LENGTHS = [16, 1024];

/** The key at a place, as its kind and its bytes; nothing when two bytes were there by chance. */
function keyAt(bytes, at) {
  const [kind, parameters] = KINDS[bytes[at]] ?? [];
  if (kind === undefined) return undefined;
  const numbers = [];
  for (at += 1; numbers.length < parameters + 2; ) {
    let value;
    [value, at] = varintAt(bytes, at);
    numbers.push(value);
  }
  const [uses, length] = numbers.slice(-2);
  if (uses > 0xff || length < LENGTHS[0] || length > LENGTHS[1] || at + length > bytes.length) return undefined;
  // What is no key pair says its length twice.
  if ((kind === 'AES' && numbers[1] !== length) || (kind === 'HMAC' && numbers[0] !== length)) return undefined;
  if (kind === 'EC' && !bytes.subarray(at, at + length).includes(P256)) return undefined;
  return `${kind} ${bytes.subarray(at, at + length).toString('hex')}`;
}

/** The key objects in structured clones, each once: kind and bytes. */
export function keyObjects(found) {
  const all = new Set();
  for (const { name, bytes } of found) {
    if (!/IndexedDB/.test(name)) continue;
    for (let at = bytes.indexOf(HOST_KEY); at >= 0; at = bytes.indexOf(HOST_KEY, at + 1)) all.add(keyAt(bytes, at + HOST_KEY.length));
  }
  all.delete(undefined);
  return [...all];
}
