// Normalisation of client codes, version 1, the same as the server's. Here it only tells whether enough is left to count:
// the phone seals what was typed and keeps neither form.
import { CONSTANTS } from "../generated/contract";

const MARK = /\p{M}/u;
const LETTER = /\p{Alphabetic}/u;

function digit(character: string): string | undefined {
  const point = character.codePointAt(0) ?? 0;
  const zero = CONSTANTS.DIGIT_ZEROS.find((start) => point >= start && point < start + 10);
  return zero === undefined ? undefined : String(point - zero);
}

function each(text: string, change: (character: string) => string): string {
  return [...text].map(change).join("");
}

/** The normal form of a code, or undefined when fewer than 4 characters are left. */
export function normalise(code: string): string | undefined {
  // Lower, upper and lower case, character by character, so that both languages agree without a folding table; the first because a
  // capital ẞ has no other upper case, but its small letter has.
  const small = each(code.normalize("NFKC"), (character) => character.toLowerCase());
  const folded = each(each(small, (character) => character.toUpperCase()), (character) => character.toLowerCase());
  const kept = [...folded.normalize("NFKD")]
    .filter((character) => !MARK.test(character))
    .map((character) => digit(character) ?? (LETTER.test(character) ? character : ""))
    .filter((character) => character !== "");
  return kept.length >= CONSTANTS.CODE_MIN_CHARACTERS ? kept.join("") : undefined;
}
