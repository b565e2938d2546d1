// PINs: how long they are, which are too easily guessed, and what a phone keeps of them.
// A phone can't check a PIN by itself: two slots of the same size lie on it, and only PIN and server share together open one.

/** Least and greatest number of digits. */
export const PIN = { least: 6, most: 12 } as const;

/** What the phone keeps of a worker's PIN. Both slots are always there and look alike: the second is random where no second PIN was set. */
export interface PinRow {
  /** Of the derivation, 16 bytes. */
  salt: Uint8Array<ArrayBuffer>;
  /** The list's key, wrapped under PIN and share. */
  first: Uint8Array<ArrayBuffer>;
  /** A key of nothing, wrapped under the second PIN and share. */
  second: Uint8Array<ArrayBuffer>;
  /** Salt of another PIN that was on its way to the server when this was written: whether it arrived shows when it is typed. */
  next?: Uint8Array<ArrayBuffer>;
}

/** Bytes of salt, of a key, of the initialisation vector and of a slot: vector, key and tag. */
export const SALT_BYTES = 16;
export const KEY_BYTES = 32;
export const IV_BYTES = 12;
export const SLOT_BYTES = IV_BYTES + KEY_BYTES + 16;

/** Whether it is a PIN at all. */
export function isPin(digits: string): boolean {
  return /^\d+$/u.test(digits) && digits.length >= PIN.least && digits.length <= PIN.most;
}

/** Patterns on the keys and numbers that everybody knows. */
const COMMON = ["147258", "147852", "159357", "159753", "258369", "258456", "314159", "271828", "112358", "123654", "456123", "456789123", "741852", "789456", "963852", "102030", "007007"];

/** Whether each digit follows the one before by the same step, also from 9 to 0. */
function isRun(digits: string): boolean {
  const steps = new Set([...digits].slice(1).map((digit, n) => (Number(digit) - Number(digits[n]) + 10) % 10));
  return steps.size === 1;
}

/** Whether it is a shorter piece, over and over. */
function isRepeated(digits: string): boolean {
  for (let length = 1; length <= digits.length / 2; length += 1) {
    if (digits.length % length === 0 && digits === digits.slice(0, length).repeat(digits.length / length)) return true;
  }
  return false;
}

function isMirrored(digits: string): boolean {
  return digits === [...digits].reverse().join("");
}

/** Whether no digit stands alone, as in 118822 or 111222: few digits to guess. */
function isDoubled(digits: string): boolean {
  return /^(?:(\d)\1+)+$/u.test(digits);
}

const within = (text: string, least: number, most: number): boolean => Number(text) >= least && Number(text) <= most;
const isMonth = (text: string): boolean => within(text, 1, 12);
const isDay = (text: string): boolean => within(text, 1, 31);
const isYear = (text: string): boolean => within(text, 1900, 2099);

/** Whether it reads as a date in any usual order, with or without the century, or as a year with something after or before it. */
function isDate(digits: string): boolean {
  const [a, b, c, d] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6), digits.slice(6, 8)];
  if (digits.length === 6) {
    return isYear(a + b) || isYear(b + c) || (isDay(a) && isMonth(b)) || (isMonth(a) && isDay(b)) || (isMonth(b) && isDay(c));
  }
  if (digits.length !== 8) return false;
  const after = isYear(c + d) && ((isDay(a) && isMonth(b)) || (isMonth(a) && isDay(b)));
  return after || (isYear(a + b) && ((isMonth(c) && isDay(d)) || (isDay(c) && isMonth(d)))) || (isYear(a + b) && isYear(c + d));
}

/** Whether somebody who knows people would try it among the first. */
export function isObvious(digits: string): boolean {
  const tests = [isRun, isRepeated, isMirrored, isDoubled, isDate];
  return tests.some((test) => test(digits)) || COMMON.some((one) => digits === one || digits === [...one].reverse().join(""));
}
