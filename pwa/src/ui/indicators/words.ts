// What the server says of its figures, in the language in use. The server says it in English, as its files do; where there are no words
// for a sentence it stays English.
import type { IndicatorDefinition } from "../../generated/contract";
import { wordsFor } from "../console/problem";

/** The key of a sentence: its letters and digits. */
export function keyOf(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_|_$/gu, "");
}

/** A sentence of a definition. */
export function said(sentence: string): string {
  return wordsFor("said", keyOf(sentence)) ?? sentence;
}

/** Name of an indicator; a part carries a method, a reason, or the catalogue's label behind the whole's name. */
export function nameOf({ name }: IndicatorDefinition): string {
  const [whole = "", part] = name.split(": ");
  if (part === undefined) return said(whole);
  return `${said(whole)}: ${wordsFor("method", keyOf(part)) ?? wordsFor("naloxone", keyOf(part)) ?? part}`;
}
