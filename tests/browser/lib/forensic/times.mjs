// The forms in which a time may lie in a file: anything that says when, to the second or better, somebody was met.

import { varint } from './numbers.mjs';

/** From 1601, where Chromium begins to count, to 1970, in ms. */
const SINCE_1601 = 11_644_473_600_000;

function eight(write) {
  const bytes = Buffer.alloc(8);
  write(bytes);
  return bytes;
}

function unvarint(bytes) {
  return bytes.reduceRight((n, byte) => n * 128 + (byte & 127), 0);
}

/** Binary forms: how a time in ms is written and read. */
const BINARY = {
  'a double': [(ms) => eight((to) => to.writeDoubleLE(ms)), (bytes) => bytes.readDoubleLE()],
  'a double, turned round': [(ms) => eight((to) => to.writeDoubleBE(ms)), (bytes) => bytes.readDoubleBE()],
  'seconds as a double': [(ms) => eight((to) => to.writeDoubleLE(ms / 1000)), (bytes) => bytes.readDoubleLE() * 1000],
  'an integer': [(ms) => eight((to) => to.writeBigInt64LE(BigInt(ms))), (bytes) => Number(bytes.readBigInt64LE())],
  'an integer, turned round': [(ms) => eight((to) => to.writeBigInt64BE(BigInt(ms))), (bytes) => Number(bytes.readBigInt64BE())],
  'a varint': [varint, unvarint],
  'a zigzag varint': [(ms) => varint(ms * 2), (bytes) => unvarint(bytes) / 2],
  "Chromium's microseconds": [
    (ms) => eight((to) => to.writeBigInt64LE(BigInt(ms + SINCE_1601) * 1000n)),
    (bytes) => Number(bytes.readBigInt64LE() / 1000n) - SINCE_1601,
  ],
  // As SQLite has them.
  "Chromium's microseconds, turned round": [
    (ms) => eight((to) => to.writeBigInt64BE(BigInt(ms + SINCE_1601) * 1000n)),
    (bytes) => Number(bytes.readBigInt64BE() / 1000n) - SINCE_1601,
  ],
};

/** Times in decimal digits: how many, and the ms that they mean. */
const DECIMAL = {
  'decimal ms': [13, Number],
  "Chromium's decimal microseconds": [17, (digits) => Math.floor(Number(digits) / 1000) - SINCE_1601],
};

/** Bytes that two encodings begin or end with in common. */
function common(a, b) {
  let before = 0;
  while (before < a.length && a[before] === b[before]) before += 1;
  let after = 0;
  while (after < a.length - before && a[a.length - 1 - after] === b[b.length - 1 - after]) after += 1;
  return { before, after };
}

/** Times within a window that stand in the bytes in a binary form. */
function inBinary([from, to], bytes, [write, read]) {
  const [a, b] = [write(from), write(to)];
  const { before, after } = common(a, b);
  const wanted = before >= after ? a.subarray(0, before) : a.subarray(a.length - after);
  const lead = before >= after ? 0 : a.length - after;
  const found = [];
  if (wanted.length === 0) throw new Error('the window is too wide to be looked for');
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
    if (at < lead || at - lead + a.length > bytes.length) continue;
    found.push(read(bytes.subarray(at - lead, at - lead + a.length)));
  }
  return found;
}

function inDigits(text, [length, read]) {
  return [...text.matchAll(new RegExp(`(?<!\\d)\\d{${length}}(?!\\d)`, 'g'))].map(([digits]) => read(digits));
}

/** Wall clocks of every second of a window, in UTC and in a zone, as they are written in a date or alone. */
function clocks([from, to], zone) {
  const found = new Set();
  for (let ms = from - (from % 1000); ms <= to; ms += 1000) {
    found.add(new Date(ms).toISOString().slice(11, 19));
    found.add(new Date(ms).toLocaleTimeString('en-GB', { timeZone: zone, hour12: false }));
  }
  return [...found];
}

/** A time that tells no more than the hour is none of a contact. */
const HOUR = 3_600_000;

/**
 * Where a time within a window, both ends in ms and included, stands in the pieces in whatever form: one line each.
 *
 * @param {[number, number]} window
 * @param {{name: string, bytes: Buffer}[]} found
 * @param {string} zone of the wall clocks
 * @param {(wall: string) => boolean} [isKnown] whether a wall clock may stand there
 */
export function timeHits(window, found, zone, isKnown = () => false) {
  const [from, to] = window;
  const walls = clocks(window, zone).filter((wall) => !isKnown(wall));
  return found.flatMap(({ name, bytes }) => {
    const hits = Object.entries(BINARY).map(([how, form]) => [how, inBinary(window, bytes, form)]);
    const text = bytes.toString('latin1');
    const wide = text.replaceAll('\0', '');
    for (const [how, form] of Object.entries(DECIMAL)) hits.push([how, inDigits(text, form)], [`${how}, UTF-16`, wide === text ? [] : inDigits(wide, form)]);
    const lines = hits.flatMap(([how, times]) => {
      const within = times.filter((ms) => ms >= from && ms <= to && ms % HOUR !== 0);
      return within.length === 0 ? [] : [`${new Date(within[0]).toISOString()} as ${how} in ${name}`];
    });
    return [...lines, ...walls.filter((wall) => text.includes(wall) || wide.includes(wall)).map((wall) => `${wall} as a wall clock in ${name}`)];
  });
}
