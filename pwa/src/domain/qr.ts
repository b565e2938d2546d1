// QR codes of slip numbers, drawn on the phone because there may be no network to ask. Only what a slip needs of ISO/IEC 18004: version 1
// (21 × 21), error correction H, capitals and digits; that is why no library is carried for it.

/** A drawing that can be shown: its box and the outline of its dark squares. */
export interface QrDrawing {
  width: number;
  height: number;
  path: string;
}

const SIZE = 21;
/** Bright squares that every reader wants around the code. */
const QUIET = 4;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const MOST = 10;
const DATA_BYTES = 9;
const CHECK_BYTES = 17;
/** Level H with mask 0 (every second square), with the check bits and the mask that the standard lays over them. */
const FORMAT = 0b001011010001001;

/** Appends a number of so many bits. */
function append(bits: number[], value: number, length: number): void {
  for (let bit = length - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
}

/** The data bytes of a text of capitals and digits. */
function dataBytes(text: string): number[] {
  const bits: number[] = [];
  append(bits, 0b0010, 4);
  append(bits, text.length, 9);
  for (let at = 0; at < text.length; at += 2) {
    const [one = 0, two] = [...text.slice(at, at + 2)].map((character) => ALPHABET.indexOf(character));
    if (two === undefined) append(bits, one, 6);
    else append(bits, one * ALPHABET.length + two, 11);
  }
  append(bits, 0, Math.min(4, DATA_BYTES * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) bytes.push(bits.slice(at, at + 8).reduce((byte, bit) => byte * 2 + bit, 0));
  for (let pad = 0xec; bytes.length < DATA_BYTES; pad ^= 0xec ^ 0x11) bytes.push(pad);
  return bytes;
}

/** Multiplies in the field of 256 elements that the standard uses. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

/** The Reed-Solomon check bytes. */
function checkBytes(data: readonly number[]): number[] {
  let generator = [1];
  for (let root = 1, n = 0; n < CHECK_BYTES; n += 1, root = times(root, 2)) {
    const shifted = [0, ...generator.map((factor) => times(factor, root))];
    generator = [...generator, 0].map((factor, at) => factor ^ (shifted[at] ?? 0));
  }
  let rest = [...data, ...Array.from({ length: CHECK_BYTES }, () => 0)];
  for (const _byte of data) {
    const lead = rest[0] ?? 0;
    rest = rest.map((value, at) => value ^ times(generator[at] ?? 0, lead)).slice(1);
  }
  return rest;
}

/** Squares by row and column; undefined where data goes. */
type Square = boolean | undefined;

/** The squares that are the same in every code of this size: finders, timing, and the format twice. */
function frame(): Square[][] {
  const squares: Square[][] = Array.from({ length: SIZE }, () => Array.from({ length: SIZE }, () => undefined));
  const set = (row: number, column: number, dark: boolean): void => {
    const line = squares[row];
    if (line !== undefined && column >= 0 && column < SIZE) line[column] = dark;
  };
  for (let n = 8; n < SIZE - 8; n += 1) {
    set(6, n, n % 2 === 0);
    set(n, 6, n % 2 === 0);
  }
  for (const [row, column] of [[3, 3], [3, SIZE - 4], [SIZE - 4, 3]] as const) {
    for (let y = -4; y <= 4; y += 1) {
      // Rings around the middle, the outermost being the bright gap.
      for (let x = -4; x <= 4; x += 1) set(row + y, column + x, ![2, 4].includes(Math.max(Math.abs(x), Math.abs(y))));
    }
  }
  for (let bit = 0; bit < 15; bit += 1) {
    const dark = ((FORMAT >> bit) & 1) === 1;
    // Around the first finder, and shared between the other two; row and column 6 belong to the timing.
    if (bit < 8) set(bit < 6 ? bit : bit + 1, 8, dark);
    else set(8, bit === 8 ? 7 : 14 - bit, dark);
    if (bit < 8) set(8, SIZE - 1 - bit, dark);
    else set(SIZE - 15 + bit, 8, dark);
  }
  set(SIZE - 8, 8, true);
  return squares;
}

/** Rows and columns in the order in which data fills them: pairs of columns from the right, up and down in turn. */
function* places(): Generator<[row: number, column: number]> {
  let up = true;
  for (let right = SIZE - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let n = 0; n < SIZE; n += 1) {
      const row = up ? SIZE - 1 - n : n;
      yield [row, right];
      yield [row, right - 1];
    }
    up = !up;
  }
}

/** Whether each square is dark; undefined for a text that this size doesn't hold. */
export function qrSquares(text: string): boolean[][] | undefined {
  if (text.length > MOST || [...text].some((character) => !ALPHABET.includes(character))) return undefined;
  const data = dataBytes(text);
  const bits: number[] = [];
  for (const byte of [...data, ...checkBytes(data)]) append(bits, byte, 8);
  const squares = frame();
  let at = 0;
  for (const [row, column] of places()) {
    const line = squares[row];
    if (line === undefined || line[column] !== undefined) continue;
    line[column] = (bits[at] === 1) !== ((row + column) % 2 === 0);
    at += 1;
  }
  return squares.map((line) => line.map((dark) => dark === true));
}

/** The drawing of a text with its bright border; undefined for a text that this size doesn't hold. */
export function drawQr(text: string): QrDrawing | undefined {
  const squares = qrSquares(text);
  if (squares === undefined) return undefined;
  const path = squares.flatMap((line, row) => line.flatMap((dark, column) => (dark ? [`M${column + QUIET} ${row + QUIET}h1v1h-1z`] : []))).join("");
  return { width: SIZE + 2 * QUIET, height: SIZE + 2 * QUIET, path };
}
