// The forms in which a text may lie in a file.

const BASE64 = /[+/=]/g;
const SAFE = { '+': '-', '/': '_', '=': '' };

/** Base64 of bytes that begin at any third of a group: the characters that depend on nothing around them. */
function base64s(bytes) {
  return [0, 1, 2].flatMap((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor(((before + bytes.length) * 8) / 6);
    const inner = coded.slice(from, to);
    return [inner, inner.replaceAll(BASE64, (one) => SAFE[one])];
  });
}

function swapped(bytes) {
  return Buffer.from(bytes).swap16();
}

function percent(text) {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function unicodeEscapes(text, all) {
  return text.replaceAll(/[^]/g, (one) => (all || one > '~' ? `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}` : one));
}

/** Every form of a text: pairs of a name and its bytes, each once. */
export function forms(text) {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const written = {
    hex: utf8.toString('hex'),
    HEX: utf8.toString('hex').toUpperCase(),
    'hex of UTF-16': utf16.toString('hex'),
    percent: encodeURIComponent(text),
    'form-encoded': new URLSearchParams({ x: text }).toString().slice(2),
    'percent, all': percent(text),
    'PERCENT, all': percent(text).toUpperCase(),
    JSON: JSON.stringify(text).slice(1, -1),
    'JSON, ASCII': unicodeEscapes(text, false),
    'JSON, all escaped': unicodeEscapes(text, true),
    HTML: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  };
  for (const [n, coded] of base64s(utf8).entries()) written[`base64 ${n}`] = coded;
  for (const [n, coded] of base64s(utf16).entries()) written[`base64 of UTF-16 ${n}`] = coded;
  const all = [
    ['UTF-8', utf8],
    ['UTF-16LE', utf16],
    ['UTF-16BE', swapped(utf16)],
    ...(/^[\0-\xff]*$/.test(text) ? [['Latin-1', Buffer.from(text, 'latin1')]] : []),
    // What is written may lie as UTF-16 itself, as JavaScript keeps a string that has one wide letter.
    ...Object.entries(written).flatMap(([how, coded]) => [
      [how, Buffer.from(coded)],
      [`${how}, UTF-16`, Buffer.from(coded, 'utf16le')],
    ]),
  ];
  return [...new Map(all.reverse().map(([how, bytes]) => [bytes.toString('latin1'), [how, bytes]])).values()].reverse();
}

/** Where a text stands in the pieces, in whatever form: one line each. */
export function textHits(text, found) {
  return forms(text).flatMap(([how, bytes]) => found.filter((piece) => piece.bytes.includes(bytes)).map(({ name }) => `${JSON.stringify(text)} as ${how} in ${name}`));
}

/** Where bytes stand in the pieces: plain, as hex or as base64. One line each. */
export function byteHits(wanted, found) {
  const hex = wanted.toString('hex');
  const all = [wanted, ...[hex, hex.toUpperCase(), ...base64s(wanted)].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])];
  return found.filter(({ bytes }) => all.some((form) => bytes.includes(form))).map(({ name }) => `the bytes ${hex} in ${name}`);
}
