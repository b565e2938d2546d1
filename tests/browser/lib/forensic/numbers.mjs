// The forms in which a number may lie in a file. Choose numbers of five digits or more: shorter ones are everywhere.

/** A base-128 integer, least digits first. */
export function varint(n) {
  const bytes = [];
  for (; n >= 128; n = Math.floor(n / 128)) bytes.push((n % 128) | 128);
  return Buffer.from([...bytes, n]);
}

function double(n) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(n);
  return bytes;
}

const DIGIT = /[0-9]/;
/** Bytes before and after decimals that are looked at. */
const AROUND = 40;
/** So many letters, digits, hyphens and underscores in a row are ciphertext, a hash or a random id: digits in them are chance. */
const RANDOM = /[A-Za-z0-9_-]{40}/;

/** Whether the digits at a place stand for themselves: not within a longer number, nor within what is random. */
function isAlone(text, at, length) {
  if (DIGIT.test(text[at - 1] ?? '') || DIGIT.test(text[at + length] ?? '')) return false;
  return !RANDOM.test(text.slice(Math.max(0, at - AROUND), at + length + AROUND));
}

/** Places of decimals in a piece, as ASCII or UTF-16 of either order. */
function decimals(digits, bytes) {
  const found = [];
  for (const width of [1, 2]) {
    const wanted = Buffer.from(digits, width === 2 ? 'utf16le' : 'latin1');
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
      const from = Math.max(at % width, at - AROUND * width);
      const text = bytes.subarray(from, at + wanted.length + AROUND * width).toString(width === 2 ? 'utf16le' : 'latin1');
      if (isAlone(text, (at - from) / width, digits.length)) found.push(width === 2 ? 'UTF-16 digits' : 'digits');
    }
  }
  return found;
}

/** Values as V8 writes them: a tag and the number. A few bytes only, so they are looked for where structured clones lie. */
function clones(n) {
  return [
    ['a V8 integer', Buffer.concat([Buffer.from('I'), varint(n * 2)])],
    ['a V8 unsigned integer', Buffer.concat([Buffer.from('U'), varint(n)])],
  ];
}

const CLONES = /IndexedDB|Storage|Sessions/;

/** Where a number stands in the pieces, in whatever form: one line each. */
export function numberHits(n, found) {
  const little = double(n);
  const binary = [
    ['a double', little],
    ['a double, turned round', Buffer.from(little).reverse()],
  ];
  return found.flatMap(({ name, bytes }) => {
    const ways = [...binary, ...(CLONES.test(name) ? clones(n) : [])].filter(([, wanted]) => bytes.includes(wanted)).map(([how]) => how);
    return [...new Set([...ways, ...decimals(String(n), bytes)])].map((how) => `${n} as ${how} in ${name}`);
  });
}
