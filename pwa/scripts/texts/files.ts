// Translation files (gettext PO, one per language and part): where they are, how they are read and written.
import { mkdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { po, type GetTextTranslation } from "gettext-parser";
import type { Message } from "../../src/i18n/message.ts";
import { LANGUAGES } from "../../src/i18n/languages.ts";
import { english, type Entry, type Source } from "./english.ts";

/** Folder of the texts, from the folder in which npm runs scripts. */
const TEXTS = "src/i18n";

/** The parts of the app that have texts of their own. */
export const PARTS = ["phone", "console"] as const;
export type Part = (typeof PARTS)[number];

/** Languages that are translated. */
export const TRANSLATED = Object.keys(LANGUAGES).filter((tag) => tag !== "en");

/** How a language's plural forms stand in its file. */
interface Forms {
  /** Categories in the order of `msgstr[0]`, `msgstr[1]` … */
  categories: readonly Intl.LDMLPluralRule[];
  /** The same rule in the words of gettext. */
  header: string;
}

const ONE_OTHER = ["one", "other"] as const;

/** Rules by language. A category that a language has for rare numbers only (`many` for a million in French) is written as `other`. */
export const FORMS: Readonly<Record<string, Forms>> = {
  sw: { categories: ONE_OTHER, header: "nplurals=2; plural=(n != 1);" },
  fr: { categories: ONE_OTHER, header: "nplurals=2; plural=(n > 1);" },
  pt: { categories: ONE_OTHER, header: "nplurals=2; plural=(n != 1);" },
  ar: {
    categories: ["zero", "one", "two", "few", "many", "other"],
    header: "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
  },
};

/** The rules of a language. */
export function formsOf(tag: string): Forms {
  const forms = FORMS[tag];
  if (forms === undefined) throw new Error(`no plural forms are known for ${tag}: add them to scripts/texts/files.ts`);
  return forms;
}

/** The English source of a part. */
export function source(part: Part): Source {
  return english(join(TEXTS, "en", `${part}.ts`));
}

/** Path of a translation file. */
export function fileOf(tag: string, part: Part): string {
  return join(TEXTS, "po", tag, `${part}.po`);
}

/** Entries of a translation file by key, in its order; none when there is no file yet. */
export function read(tag: string, part: Part): Map<string, GetTextTranslation> {
  const file = fileOf(tag, part);
  const found = new Map<string, GetTextTranslation>();
  if (!existsSync(file)) return found;
  const { translations } = po.parse(readFileSync(file));
  for (const [key, entries] of Object.entries(translations)) {
    const [entry] = Object.values(entries);
    if (key !== "" && entry !== undefined) found.set(key, entry);
  }
  return found;
}

/** Writes a translation file. */
export function write(tag: string, part: Part, entries: readonly GetTextTranslation[]): void {
  const file = fileOf(tag, part);
  mkdirSync(dirname(file), { recursive: true });
  const headers = {
    "Project-Id-Version": `Rounds ${part}`,
    Language: tag,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": formsOf(tag).header,
  };
  const translations = Object.fromEntries(entries.map((entry) => [entry.msgctxt ?? "", { [entry.msgid]: entry }]));
  writeFileSync(file, Buffer.concat([po.compile({ charset: "utf-8", headers, translations }), Buffer.from("\n")]));
}

/** The English of an entry as gettext has it: the text, and the one for many if a number decides. */
export function ids({ message }: Entry): { msgid: string; msgid_plural?: string } {
  if (typeof message === "string") return { msgid: message };
  return { msgid: message.one ?? message.other, msgid_plural: message.other };
}

/** Whether an entry was made for another English text than today's, or is marked as unsure. */
export function isFuzzy(entry: Entry, translation: GetTextTranslation): boolean {
  const { msgid, msgid_plural } = ids(entry);
  const flagged = (translation.comments?.flag ?? "").split(/[,\s]+/u).includes("fuzzy");
  return flagged || translation.msgid !== msgid || translation.msgid_plural !== msgid_plural;
}

/** The translation as the app has it; undefined where a form lacks. */
export function messageOf(tag: string, translation: GetTextTranslation): Message | undefined {
  if (translation.msgid_plural === undefined) return translation.msgstr[0] === "" ? undefined : translation.msgstr[0];
  const { categories } = formsOf(tag);
  const forms = categories.map((category, index) => [category, translation.msgstr[index] ?? ""] as const);
  return forms.some(([, text]) => text === "") ? undefined : (Object.fromEntries(forms) as unknown as Message);
}
