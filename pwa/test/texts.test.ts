// Translations: what the app does with them, and what the checks find in their files.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GetTextTranslation } from "gettext-parser";
import { afterEach, describe, expect, it, vi } from "vitest";
import { faults } from "../scripts/texts/check";
import { english, type Entry } from "../scripts/texts/english";
import { FORMS, TRANSLATED } from "../scripts/texts/files";
import { merged } from "../scripts/texts/merge";
import { messages } from "../scripts/texts/plugin";
import { catalogue, date, number } from "../src/i18n/catalogue";
import { LANGUAGES, spokenOf } from "../src/i18n/languages";
import { load, t } from "../src/i18n/phone";

afterEach(() => vi.unstubAllGlobals());

describe("texts", () => {
  const source = { n: { one: "{n} contact", other: "{n} contacts" }, hello: "Hello {name}" };
  const french = { n: { one: "{n} contact", other: "{n} contacts" }, hello: "Bonjour {name}" };
  const texts = catalogue(() => Promise.resolve({ default: source }), { fr: () => Promise.resolve({ default: french }) });

  it("choose the plural form and write numbers by the language", async () => {
    vi.stubGlobal("navigator", { languages: ["en-GB"] });
    await texts.load("en");
    expect([texts.t("n", { n: 1 }), texts.t("n", { n: 0 }), texts.t("n", { n: 1_200 }), texts.t("hello", { name: "Dora" })]).toEqual([
      "1 contact",
      "0 contacts",
      "1,200 contacts",
      "Hello Dora",
    ]);
    await texts.load("fr");
    expect([texts.t("n", { n: 0 }), texts.t("n", { n: 1_000_000 }), texts.t("hello", { name: "Dora" })]).toEqual(["0 contact", "1\u202f000\u202f000 contacts", "Bonjour Dora"]);
  });

  it("of the last of two taps hold, whichever arrives first", async () => {
    let arrive: (value: { default: typeof source }) => void = () => undefined;
    const slow = catalogue(() => new Promise<{ default: typeof source }>((resolve) => (arrive = resolve)), { fr: () => Promise.resolve({ default: french }) });
    const first = slow.load("en");
    await slow.load("fr");
    arrive({ default: source });
    await first;
    expect(slow.t("hello", { name: "Dora" })).toBe("Bonjour Dora");
  });

  it("are there in every language, with the digits of the paper", async () => {
    vi.stubGlobal("navigator", { languages: ["ar-EG"] });
    for (const tag of Object.keys(LANGUAGES)) {
      await load(tag);
      expect(t("done")).not.toBe("done");
      expect(number(1234)).toMatch(/^1.?234$/u);
      expect(date("2026-06-09")).toMatch(/9/u);
    }
  });

  it("are those of the first wanted language that is spoken", () => {
    expect([spokenOf([undefined, "pt-MZ", "en"]), spokenOf(["de-AT", "ar"]), spokenOf(["de"])]).toEqual(["pt", "ar", "en"]);
  });
});

describe("plural forms", () => {
  it.each(TRANSLATED)("of %s are the same in its files and in the browser", (tag) => {
    const { categories, header } = FORMS[tag]!;
    const rule = /plural=(.*);$/u.exec(header)![1]!;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the header is a constant of ours, and gettext's rules are expressions of C.
    const index = new Function("n", `return Number(${rule})`) as (n: number) => number;
    const browser = new Intl.PluralRules(LANGUAGES[tag]!.locale);
    for (let n = 0; n < 1_000; n += 1) expect([n, categories[index(n)]]).toEqual([n, browser.select(n)]);
  });
});

describe("the English source", () => {
  it("gives the comments of a section to all of its keys, and a key's own to it alone", () => {
    const file = join(mkdtempSync(join(tmpdir(), "texts-")), "phone.ts");
    const lines = ["export default {", "  // Bar.", '  a: "A",', "  // A note.", '  b: { one: "B", other: "Bs" }, // Short.', "", "  // Pad.", '  c: "C" + "D",', "};"];
    writeFileSync(file, lines.join("\n"));
    expect(english(file).entries).toEqual([
      { key: "a", message: "A", notes: ["Bar."] },
      { key: "b", message: { one: "B", other: "Bs" }, notes: ["Bar.", "A note.", "Short."] },
      { key: "c", message: "CD", notes: ["Pad."] },
    ]);
  });
});

describe("the check of a translation", () => {
  const entry: Entry = { key: "n", message: { one: "{n} of {all}", other: "{n} of {all}" }, notes: [] };
  const good: GetTextTranslation = { msgctxt: "n", msgid: "{n} of {all}", msgid_plural: "{n} of {all}", msgstr: ["{n} sur {all}", "{n} sur {all}"] };

  it("passes one that says the same, also with its number in words", () => {
    expect(faults("fr", entry, good)).toEqual([]);
    expect(faults("fr", entry, { ...good, msgstr: ["un sur {all}", "{n} sur {all}"] })).toEqual([]);
  });
  it.each([
    ["nothing", undefined],
    ["a form too few", { ...good, msgstr: ["{n} sur {all}", ""] }],
    ["a fuzzy mark", { ...good, comments: { flag: "fuzzy" } }],
    ["other English", { ...good, msgid: "{n} from {all}" }],
    ["braces that lack", { ...good, msgstr: ["{n} sur {all}", "{n}"] }],
    ["the same twice", { ...good, msgstr: ["{n} sur {all}", "{n} sur {all}.{n} sur {all}."] }],
    ["braces that nothing fills", { ...good, msgstr: ["{n} sur {all}", "{n} sur {all} {tout}"] }],
  ])("finds %s", (_, translation) => expect(faults("fr", entry, translation)).toHaveLength(1));

  it("finds a text whose English changed after the merge, which keeps the old beside it", () => {
    const changed = merged("fr", { ...entry, message: { one: "{n} from {all}", other: "{n} from {all}" } }, good);
    expect(changed.msgstr).toEqual(good.msgstr);
    expect(changed.comments).toMatchObject({ flag: "fuzzy", previous: 'msgid "{n} of {all}"\nmsgid_plural "{n} of {all}"' });
  });
});

describe("a translation file as a module", () => {
  it.each(TRANSLATED)("of %s has every key of the source", (tag) => {
    const keys = english("src/i18n/en/phone.ts").entries.map((entry) => entry.key);
    expect(Object.keys(messages(tag, "phone").messages)).toEqual(keys);
  });
});
