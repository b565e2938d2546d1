// Codes of catalogue entries: made from a name, whatever its script, and always of the form that the server takes.
import type { Labels } from "../labels";
import type { ListName } from "./catalogue";

/** What a code may be. */
export const CODE = /^[a-z0-9_<+-]{1,32}$/u;

const LONGEST = 32;

/** Latin letters that don't come apart into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ŋ: "n", ɛ: "e", ɔ: "o" };

/** What a code is called where the name has no Latin letter. */
const STEMS: Readonly<Record<ListName, string>> = {
  items: "item",
  kits: "kit",
  services: "service",
  providers: "provider",
  sites: "site",
  areas: "area",
  topics: "topic",
  incident_kinds: "incident",
  perpetrators: "who",
  supports: "support",
  expense_kinds: "expense",
  modules: "module",
  cards: "card",
};

/** The part of a name that can stand in a code: `Café – Hafen` becomes `cafe_hafen`. */
function latin(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_+/u, "")
    .slice(0, LONGEST)
    .replace(/_+$/u, "");
}

/** A code for a name that is none of those taken. A name in another script gets the list's word and a number. */
export function proposedCode(list: ListName, name: string, taken: readonly string[]): string {
  const plain = latin(name);
  const spoken = /[a-z]/u.test(plain);
  const stem = spoken ? plain : STEMS[list];
  const numbered = (n: number): string => {
    const end = `_${n}`;
    return stem.slice(0, LONGEST - end.length) + end;
  };
  let code = spoken ? stem : numbered(1);
  for (let n = 2; taken.includes(code); n += 1) code = numbered(n);
  return code;
}

/** The text that a code is made from: English, else the first language that has one. */
export function sourceOf(labels: Labels, languages: readonly string[]): string {
  const texts = ["en", ...languages].map((tag) => labels[tag] ?? "");
  return texts.find((text) => /[a-z]/u.test(latin(text))) ?? texts.find((text) => text.trim() !== "") ?? "";
}
