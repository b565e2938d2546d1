// Slip numbers of referrals: five random Crockford characters and one Luhn mod 32 check character.
import { CONSTANTS } from "../generated/contract";

const ALPHABET = CONSTANTS.SLIP_ALPHABET;

/** Check character of five characters of the alphabet; undefined if there is another. */
export function checkCharacter(body: string): string | undefined {
  let sum = 0;
  // The rightmost character of the body is doubled, then every second one to its left.
  for (const [fromRight, character] of [...body].reverse().entries()) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    const addend = value * (fromRight % 2 === 0 ? 2 : 1);
    sum += Math.floor(addend / 32) + (addend % 32);
  }
  return ALPHABET.charAt((32 - (sum % 32)) % 32);
}

/** Whether a text is a slip number with the right check character, in capitals without the gap. */
export function isSlip(slip: string): boolean {
  return [...slip].length === 6 && slip.length === 6 && checkCharacter(slip.slice(0, 5)) === slip.charAt(5);
}

/** Slip number of five random bytes; only the low five bits of each count. */
export function slipOf(random: Uint8Array): string {
  const body = [...random.slice(0, 5)].map((byte) => ALPHABET.charAt(byte % 32)).join("");
  return body + (checkCharacter(body) ?? "0");
}

/** A slip number as it is shown: two groups of three. */
export function slipText(slip: string): string {
  return `${slip.slice(0, 3)} ${slip.slice(3)}`;
}
