// What a record says, field by field, in the forms in which a field may lie in a file beside its value: short values are everywhere, but not
// behind their own name.

import { varint } from './numbers.mjs';

/** Every field with its value, and every element of a list under the list's name. */
export function leaves(value, name = '') {
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, name));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, one]) => leaves(one, key));
  return [[name, value]];
}

/** A string as V8 writes it into a structured clone. */
function clonedText(text) {
  if (/^[\0-\xff]*$/.test(text)) return Buffer.concat([Buffer.from('"'), varint(text.length), Buffer.from(text, 'latin1')]);
  const wide = Buffer.from(text, 'utf16le');
  return Buffer.concat([Buffer.from('c'), varint(wide.length), wide]);
}

function clonedNumbers(n) {
  const double = Buffer.alloc(9, 'N');
  double.writeDoubleLE(n, 1);
  return Number.isInteger(n) && n >= 0 && n < 2 ** 30 ? [Buffer.concat([Buffer.from('I'), varint(n * 2)]), double] : [double];
}

/** A field with its value: in a structured clone, and in JSON of one byte or two a letter. */
export function fieldForms(name, value) {
  if (name === '' || !['string', 'number'].includes(typeof value)) return [];
  const values = typeof value === 'string' ? [clonedText(value)] : clonedNumbers(value);
  const json = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  // A number goes on in its next digit; what ends a field is said only where it must be.
  const written = typeof value === 'number' ? [`${json},`, `${json}}`] : [json];
  return [
    ...values.map((one) => Buffer.concat([clonedText(name), one])),
    ...written.flatMap((one) => [Buffer.from(one), Buffer.from(one, 'utf16le')]),
  ];
}

/** Where a field stands with its value in the pieces: one line each. */
export function fieldHits(name, value, found) {
  const wanted = fieldForms(name, value);
  return found.filter(({ bytes }) => wanted.some((form) => bytes.includes(form))).map((piece) => `${name}: ${JSON.stringify(value)} in ${piece.name}`);
}
