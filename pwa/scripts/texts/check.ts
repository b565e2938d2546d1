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

/** What is wrong with one translation. */
export function faults(tag: string, entry: Entry, translation: GetTextTranslation | undefined): string[] {
  if (translation === undefined) return ["is missing: run npm run texts"];
  if (isFuzzy(entry, translation)) return ["was made for other English: look at it again and take the fuzzy mark away"];
  if (messageOf(tag, translation) === undefined) return ["is not translated in every form"];
  const { msgid, msgid_plural } = ids(entry);
  const { categories } = formsOf(tag);
  return translation.msgstr.flatMap((text, index) => {
    const few = msgid_plural !== undefined && categories[index] !== "other" ? ["{n}"] : [];
    const wrong = braces(text, msgid_plural ?? msgid, few);
    return wrong === undefined ? [] : [wrong];
  });
}

function partFaults(tag: string, part: Part): string[] {
  const found = read(tag, part);
  const { entries } = source(part);
  const keys = new Set(entries.map((entry) => entry.key));
  const wrong = entries.flatMap((entry) => faults(tag, entry, found.get(entry.key)).map((fault) => `${entry.key} ${fault}`));
  const unused = [...found.keys()].filter((key) => !keys.has(key)).map((key) => `${key} is not among the English texts: run npm run texts`);
  return [...wrong, ...unused].map((line) => `${fileOf(tag, part)}: ${line}`);
}

/** What is wrong with any translation file, a line each. */
export function untranslated(): string[] {
  return TRANSLATED.flatMap((tag) => PARTS.flatMap((part) => partFaults(tag, part)));
}
