// What lies compressed or locked with a key that everybody knows in a browser's files: answers in caches, streams anywhere, its sessions.

import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

// The simple cache's file: a header with the key's length, the key, the body, an end mark, the answer's headers.
const ENTRY = Buffer.from('305c72a71b6dfbfc', 'hex');
const ENTRY_END = Buffer.from('d8410d97456ffaf4', 'hex');
const ENTRY_HEADER = 24;

// A stream that was cut off is read as far as it goes.
const CUT = { finishFlush: constants.Z_SYNC_FLUSH };

const DECODERS = { br: brotliDecompressSync, gzip: gunzipSync, deflate: inflateSync };

/** As much of a body as was written before the browser was killed; its headers, which come last, are missing. */
function unfinished(bytes) {
  try {
    return [brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH })];
  } catch {
    // In plain, or a stream that is found by its beginning.
    return [];
  }
}

/**
 * The body of an answer in the cache of the network, decoded; nothing when it is not encoded. An encoding that this reader doesn't know is an
 * error. (Caches of service workers keep bodies decoded.)
 */
export function cached(bytes) {
  if (!bytes.subarray(0, 8).equals(ENTRY)) return [];
  const start = ENTRY_HEADER + bytes.readUInt32LE(12);
  const end = bytes.indexOf(ENTRY_END, start);
  if (end < 0) return unfinished(bytes.subarray(start));
  const [, encoding] = /content-encoding:\s*([\w-]+)/i.exec(bytes.subarray(end).toString('latin1')) ?? [];
  if (encoding === undefined || end === start) return [];
  const decode = DECODERS[encoding.toLowerCase()];
  if (decode === undefined) throw new Error(`a cached answer in ${encoding}, which this reader doesn't know`);
  return [decode(bytes.subarray(start, end))];
}

/** Inflates a gzip stream, whatever follows it: its header is passed over by hand, because a reader of gzip takes what follows for a second one. */
function gunzip(bytes) {
  const flags = bytes[3];
  let at = 10;
  if (flags & 4) at += 2 + bytes.readUInt16LE(at);
  for (const named of [8, 16]) if (flags & named) at = bytes.indexOf(0, at) + 1;
  if (flags & 2) at += 2;
  return inflateRawSync(bytes.subarray(at), CUT);
}

const STARTS = [
  [Buffer.from('1f8b08', 'hex'), gunzip],
  ...['7801', '785e', '789c', '78da'].map((start) => [Buffer.from(start, 'hex'), (bytes) => inflateSync(bytes, CUT)]),
];
const LEAST_STREAM = 16;

/** Every gzip and zlib stream that begins anywhere, inflated. */
export function streams(bytes) {
  const found = [];
  for (const [start, inflate] of STARTS) {
    for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1)) {
      try {
        const text = inflate(bytes.subarray(at));
        if (text.length >= LEAST_STREAM) found.push(text);
      } catch {
        // These bytes were no stream.
      }
    }
  }
  return found;
}

// Without a key ring Chromium on Linux locks with a password that stands in its source; whoever has a key ring unlocked has its key as well.
const EVERYBODYS = pbkdf2Sync('peanuts', 'saltysalt', 1, 16, 'sha1');
const VECTOR = Buffer.alloc(16, ' ');
const LOCKED = Buffer.from('v10');

const LOCK = 16;
const LONGEST = 4096;

/** Bytes unlocked; what follows the end of what was locked comes out as noise. */
function unlocked(bytes) {
  const cipher = createDecipheriv('aes-128-cbc', EVERYBODYS, VECTOR).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes.subarray(0, bytes.length - (bytes.length % LOCK))), cipher.final()]);
}

/** What is locked with that key, unlocked: cookies, commands of sessions. */
export function locked(bytes) {
  const found = [];
  for (let at = bytes.indexOf(LOCKED); at >= 0; at = bytes.indexOf(LOCKED, at + 1)) {
    const start = at + LOCKED.length;
    if (start + LOCK <= bytes.length) found.push(unlocked(bytes.subarray(start, start + LONGEST)));
  }
  return found;
}
