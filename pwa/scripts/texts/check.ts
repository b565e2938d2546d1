// What is wrong with the translation files: a key that lacks, is not used any more, was made for other English, or says other things.
import type { GetTextTranslation } from "gettext-parser";
import type { Entry } from "./english.ts";
import { fileOf, formsOf, ids, isFuzzy, messageOf, PARTS, read, source, TRANSLATED, type Part } from "./files.ts";

/** Names in braces, each once, in order. */
function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/gu) ?? [])].sort();
}

/** Why a text does not stand for its English: braces that lack or that nothing fills. A form for few may name its number in words. */
function braces(text: string, original: string, mayLack: readonly string[]): string | undefined {
  const [has, wants] = [placeholders(text), placeholders(original)];
  const lacks = wants.filter((name) => !has.includes(name) && !mayLack.includes(name));
  const extra = has.filter((name) => !wants.includes(name) && !mayLack.includes(name));
  if (lacks.length > 0) return `lacks ${lacks.join(" ")}`;
  return extra.length > 0 ? `has ${extra.join(" ")}, which nothing fills` : undefined;
}

/** Whether a text stands there twice, one right after the other, as when it was put in again before itself. */
function isTwice(text: string): boolean {
  const half = text.slice(0, text.length / 2);
  return half.length > 4 && text === half + half;
}

/** What is wrong with one translation. */
export function faults(tag: string, entry: Entry, translation: GetTextTranslation | undefined): string[] {
  if (translation === undefined) return ["missing: run npm run texts"];
  if (isFuzzy(entry, translation)) return ["made for other English (look at it again and take the fuzzy mark away)"];
  if (messageOf(tag, translation) === undefined) return ["not translated in every form"];
  const { msgid, msgid_plural } = ids(entry);
  const { categories } = formsOf(tag);
  return translation.msgstr.flatMap((text, index) => {
    const few = msgid_plural !== undefined && categories[index] !== "other" ? ["{n}"] : [];
    const wrong = isTwice(text) ? "says the same twice" : braces(text, msgid_plural ?? msgid, few);
    return wrong === undefined ? [] : [wrong];
  });
}

/** Faults of one file, a line each with the keys that have it: a whole screen that waits for its translation should not be a page to read. */
function partFaults(tag: string, part: Part): string[] {
  const found = read(tag, part);
  const { entries } = source(part);
  const wrong = new Map<string, string[]>();
  const note = (fault: string, key: string): unknown => wrong.set(fault, [...(wrong.get(fault) ?? []), key]);
  for (const entry of entries) {
    for (const fault of faults(tag, entry, found.get(entry.key))) note(fault, entry.key);
  }
  const keys = new Set(entries.map((entry) => entry.key));
  for (const key of found.keys()) {
    if (!keys.has(key)) note("not among the English texts: run npm run texts", key);
  }
  return [...wrong].map(([fault, all]) => `${fileOf(tag, part)}: ${fault}: ${all.join(", ")}`);
}

/** What is wrong with any translation file. */
export function untranslated(): string[] {
  return TRANSLATED.flatMap((tag) => PARTS.flatMap((part) => partFaults(tag, part)));
}
