// Translations: catalogues loaded per language, plural forms by the language's own rules, numbers and dates by locale.
// A catalogue of a part of the app (phone, console) is made by `catalogue()` from one loader per language.
import { batch, computed, signal } from "@preact/signals";
import { labelIn, type Labels } from "../domain/labels";
import { LANGUAGES } from "./languages";
import type { Message } from "./message";

/** What stands in the braces; numbers are written in the language's own way. */
export type Params = Readonly<Record<string, string | number>>;

/** Language in use; a tag of `LANGUAGES`. */
export const lang = signal("en");

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ps", "ur"]);

/** Writing direction of a language. */
export function directionOf(tag: string): "rtl" | "ltr" {
  return RIGHT_TO_LEFT.has(tag.split("-")[0] ?? "") ? "rtl" : "ltr";
}

/** Writing direction of the language in use. */
export const direction = computed(() => directionOf(lang.value));

/**
 * The language in use with the phone's region, so that dates stand as people there write them. Digits are 0–9 in every language, also in
 * Arabic: quantities, slips and codes are read aloud, compared with paper and typed, and must look the same everywhere.
 */
export const locale = computed(() => {
  const wanted = navigator.languages.find((tag) => tag.split("-")[0] === lang.value) ?? LANGUAGES[lang.value]?.locale ?? lang.value;
  return new Intl.Locale(wanted, { numberingSystem: "latn" }).toString();
});

const numbers = computed(() => new Intl.NumberFormat(locale.value));
const shortNumbers = computed(() => new Intl.NumberFormat(locale.value, { notation: "compact" }));
/** Not by the phone's region: the forms that a translation has are those of its language. */
const plurals = computed(() => new Intl.PluralRules(LANGUAGES[lang.value]?.locale ?? lang.value));

/** A number as the language writes it. */
export function number(n: number): string {
  return numbers.value.format(n);
}

/** A number for a narrow place: one of five digits or more in the language's short form, such as 100K. */
export function shortNumber(n: number): string {
  return n < 10_000 ? number(n) : shortNumbers.value.format(n);
}

/** A calendar date `2026-06-09` as the language writes it. */
export function date(day: string, options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" }): string {
  return new Intl.DateTimeFormat(locale.value, { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** A time of day `19:40` as the language writes it, in one piece. */
export function clock(time: string): string {
  const written = new Intl.DateTimeFormat(locale.value, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
  return written.format(new Date(`1970-01-01T${time.slice(0, 5)}:00Z`)).replaceAll(/\s/gu, "\u00a0");
}

/** The label of a catalogue entry in the language in use, else in English, else in any. */
export function label(labels: Labels): string {
  return labelIn(labels, lang.value);
}

/** What comes from outside keeps its own direction in a line of the other one: a slip must not read 2QS K74. */
function isolated(value: string): string {
  return direction.value === "rtl" ? `\u2068${value}\u2069` : value;
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value) : isolated(value);
  });
}

/** A part's texts: `load` fetches a language and makes it the one in use, `t` gives a text of it. */
export interface Texts<M> {
  load: (tag: string) => Promise<void>;
  t: (key: keyof M & string, params?: Params) => string;
  /** A language's texts beside the one in use, for whoever shows how a screen looks in it. */
  textsIn: (tag: string) => Promise<Texts<M>["t"]>;
}

function textOf(message: Message, params: Params, rules: Intl.PluralRules): string {
  if (typeof message === "string") return fill(message, params);
  const n = typeof params["n"] === "number" ? params["n"] : 0;
  return fill(message[rules.select(n)] ?? message.other, params);
}

type Loader<M> = () => Promise<{ default: M }>;

/** Makes a part's texts from one loader per language. English has the keys; the build gives every other language all of them. */
export function catalogue<M extends Readonly<Record<keyof M, Message>>>(
  english: Loader<M>,
  others: Readonly<Record<string, Loader<Readonly<Record<string, Message>>>>>,
): Texts<M> {
  const messages = signal<Readonly<Record<string, Message>>>({});
  let wanted = "";
  return {
    async load(tag) {
      wanted = tag;
      const loaded = (await (others[tag] ?? english)()).default;
      // Of two taps the last one holds, whichever language arrives first.
      if (wanted !== tag) return;
      batch(() => {
        messages.value = loaded;
        lang.value = tag;
      });
    },
    t: (key, params = {}) => textOf(messages.value[key] ?? key, params, plurals.value),
    async textsIn(tag) {
      const loaded: Readonly<Record<string, Message>> = (await (others[tag] ?? english)()).default;
      const rules = new Intl.PluralRules(LANGUAGES[tag]?.locale ?? tag);
      return (key, params = {}) => textOf(loaded[key] ?? key, params, rules);
    },
  };
}
