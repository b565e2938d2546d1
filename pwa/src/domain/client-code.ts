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

/** The normal form of a code, or undefined when fewer than 4 characters are left. */
export function normalise(code: string): string | undefined {
  // Upper then lower case, character by character, so that both languages agree without a folding table.
  const upper = [...code.normalize("NFKC")].map((character) => character.toUpperCase()).join("");
  const folded = [...upper].map((character) => character.toLowerCase()).join("");
  const kept = [...folded.normalize("NFKD")]
    .filter((character) => !MARK.test(character))
    .map((character) => digit(character) ?? (LETTER.test(character) ? character : ""))
    .filter((character) => character !== "");
  return kept.length >= CONSTANTS.CODE_MIN_CHARACTERS ? kept.join("") : undefined;
}
