// What a browser's profile on disk gives away: every file, and the blocks of its databases decompressed.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const MAGIC = Buffer.from('57fb808b247547db', 'hex');

/** A variable-length integer of LevelDB and Snappy: its value and where it ends. */
function varint(bytes, at) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at];
  }
}

/** Decompresses a Snappy block. */
export function unsnappy(bytes) {
  let [length, at] = varint(bytes, 0);
  const out = Buffer.alloc(length);
  let end = 0;
  const copy = (distance, count) => {
    for (; count > 0; count -= 1, end += 1) out[end] = out[end - distance];
  };
  while (at < bytes.length) {
    const tag = bytes[at++];
    const rest = tag >> 2;
    if ((tag & 3) === 0) {
      const extra = Math.max(0, rest - 59);
      const count = extra === 0 ? rest + 1 : bytes.readUIntLE(at, extra) + 1;
      at += extra;
      bytes.copy(out, end, at, at + count);
      at += count;
      end += count;
    } else if ((tag & 3) === 1) copy(((tag >> 5) << 8) | bytes[at++], ((tag >> 2) & 7) + 4);
    else {
      const size = (tag & 3) === 2 ? 2 : 4;
      copy(bytes.readUIntLE(at, size), rest + 1);
      at += size;
    }
  }
  return out;
}

/** A block of a table file, by its handle. */
function block(table, offset, size) {
  const bytes = table.subarray(offset, offset + size);
  const compression = table[offset + size];
  if (compression === 1) return unsnappy(bytes);
  if (compression === 0) return bytes;
  throw new Error(`a table with compression ${compression}, which this reader doesn't know`);
}

/** All data blocks of a LevelDB table file, decompressed. */
export function blocks(table) {
  if (table.length < 48 || !table.subarray(-8).equals(MAGIC)) return [];
  const footer = table.subarray(-48);
  let at = 0;
  let offset;
  let size;
  [, at] = varint(footer, at);
  [, at] = varint(footer, at);
  [offset, at] = varint(footer, at);
  [size] = varint(footer, at);
  const index = block(table, offset, size);
  const end = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
  const found = [];
  for (at = 0; at < end; ) {
    let own;
    let length;
    [, at] = varint(index, at);
    [own, at] = varint(index, at);
    [length, at] = varint(index, at);
    at += own;
    const [start, after] = varint(index, at);
    const [count] = varint(index, after);
    found.push(block(table, start, count));
    at += length;
  }
  return found;
}

/** Everything readable in a profile: pieces of bytes with the file that they are from. */
export async function pieces(folder) {
  const found = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    const name = path.relative(folder, file);
    found.push({ name, bytes });
    if (entry.name.endsWith('.ldb')) found.push(...blocks(bytes).map((one) => ({ name: `${name} (block)`, bytes: one })));
  }
  return found;
}

const LEAST = 12;
const STEP = 6;

/**
 * Substrings of at least twelve characters of a secret that stand in a piece, as UTF-8 or UTF-16 of either byte order
 * (the one is the other, a byte later). Looks for every sixth group of six and reads on from there: a run of twelve
 * holds one of them whole.
 */
function runs(secret, bytes, width) {
  const text = Buffer.from(secret, width === 2 ? 'utf16le' : 'utf8');
  const found = new Set();
  for (let at = 0; at + STEP * width <= text.length; at += STEP * width) {
    const seed = text.subarray(at, at + STEP * width);
    for (let hit = bytes.indexOf(seed); hit >= 0; hit = bytes.indexOf(seed, hit + 1)) {
      const same = (shift) => text.subarray(at + shift, at + shift + width).equals(bytes.subarray(hit + shift, hit + shift + width));
      let before = 0;
      while (before + width <= Math.min(at, hit) && same(-before - width)) before += width;
      let after = seed.length;
      while (at + after + width <= text.length && same(after)) after += width;
      if (before + after >= LEAST * width) found.add(text.subarray(at - before, at + after).toString(width === 2 ? 'utf16le' : 'utf8'));
    }
  }
  return [...found];
}

/** What of the secrets stands in the pieces and is not public anyway, one line for each run. */
export function leaks(secrets, found, isPublic) {
  const lines = new Set();
  for (const secret of secrets) {
    for (const { name, bytes } of found) {
      for (const width of [1, 2]) {
        for (const run of runs(secret.trimEnd(), bytes, width)) if (!isPublic(run)) lines.add(`${name}: ${JSON.stringify(run)}`);
      }
    }
  }
  return [...lines];
}
