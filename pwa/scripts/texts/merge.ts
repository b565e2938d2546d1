// Brings new and changed English into the translation files and drops what the app has no more.
import type { GetTextTranslation } from "gettext-parser";
import type { Entry } from "./english.ts";
import { fileOf, formsOf, ids, PARTS, read, source, TRANSLATED, write, type Part } from "./files.ts";

/** Old English of a changed text, as the `#|` lines of gettext, so that the translator sees what changed. */
function previous(old: GetTextTranslation): string {
  const quoted = (text: string): string => JSON.stringify(text);
  const plural = old.msgid_plural === undefined ? [] : [`msgid_plural ${quoted(old.msgid_plural)}`];
  return [`msgid ${quoted(old.msgid)}`, ...plural].join("\n");
}

/** An entry of the file as it must be now: the translation is kept, and marked when its English has changed since. */
export function merged(tag: string, entry: Entry, old: GetTextTranslation | undefined): GetTextTranslation {
  const now = ids(entry);
  const count = now.msgid_plural === undefined ? 1 : formsOf(tag).categories.length;
  const msgstr = Array.from({ length: count }, (_, index) => old?.msgstr[index] ?? "");
  const comments: NonNullable<GetTextTranslation["comments"]> = { extracted: entry.notes.join("\n") };
  if (old?.comments?.translator !== undefined) comments.translator = old.comments.translator;
  const changed = old !== undefined && (old.msgid !== now.msgid || old.msgid_plural !== now.msgid_plural);
  const begun = msgstr.some((text) => text !== "");
  if (changed && begun) Object.assign(comments, { flag: "fuzzy", previous: old.comments?.previous ?? previous(old) });
  else if (old?.comments?.flag !== undefined && begun) {
    comments.flag = old.comments.flag;
    if (old.comments.previous !== undefined) comments.previous = old.comments.previous;
  }
  return { msgctxt: entry.key, ...now, msgstr, comments };
}

/** Merges one file; says what there is to do in it. */
function mergePart(tag: string, part: Part): string {
  const old = read(tag, part);
  const { entries } = source(part);
  const now = entries.map((entry) => merged(tag, entry, old.get(entry.key)));
  write(tag, part, now);
  const empty = now.filter((entry) => entry.msgstr.includes("")).length;
  const fuzzy = now.filter((entry) => entry.comments?.flag !== undefined).length;
  const keys = new Set(entries.map((entry) => entry.key));
  const dropped = [...old.keys()].filter((key) => !keys.has(key)).length;
  return `${fileOf(tag, part)}: ${now.length} texts, ${empty} to translate, ${fuzzy} to look at again, ${dropped} dropped`;
}

/** Merges every file; one line each. */
export function merge(): string[] {
  return TRANSLATED.flatMap((tag) => PARTS.map((part) => mergePart(tag, part)));
}
