// Translations: catalogues loaded per language, plural forms by the language's own rules, numbers and dates by locale.
// A catalogue of a part of the app (phone, console) is made by `catalogue()` from one loader per language.
import { computed, signal } from "@preact/signals";

/** Text with one form per plural category; `{n}` decides. */
export interface Plural {
  zero?: string;
  one?: string;
  two?: string;
  few?: string;
  many?: string;
  other: string;
}

/** A text, or one that depends on a number. Parameters stand in braces: `{n}`. */
export type Message = string | Plural;

/** What stands in the braces; numbers are written in the language's own way. */
export type Params = Readonly<Record<string, string | number>>;

/** Language in use; a tag such as `en`. */
export const lang = signal("en");

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ps", "ur"]);

/** Writing direction of the language in use. */
export const direction = computed(() => (RIGHT_TO_LEFT.has(lang.value.split("-")[0] ?? "") ? "rtl" : "ltr"));

/** The language in use with the phone's region, so that dates stand as people there write them. */
export const locale = computed(() => navigator.languages.find((tag) => tag.split("-")[0] === lang.value) ?? lang.value);

const numbers = computed(() => new Intl.NumberFormat(locale.value));
const plurals = computed(() => new Intl.PluralRules(lang.value));

/** A number as the language writes it. */
export function number(n: number): string {
  return numbers.value.format(n);
}

/** A calendar date `2026-06-09` as the language writes it. */
export function date(day: string, options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" }): string {
  return new Intl.DateTimeFormat(locale.value, { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** The label of a catalogue entry in the language in use, else in English, else in any. */
export function label(labels: Readonly<Record<string, string>>): string {
  return labels[lang.value] ?? labels[lang.value.split("-")[0] ?? ""] ?? labels["en"] ?? Object.values(labels)[0] ?? "";
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value) : value;
  });
}

/** A part's texts: `load` fetches a language, `t` gives a text of the language that is loaded. */
export interface Texts<M> {
  load: (tag: string) => Promise<void>;
  t: (key: keyof M & string, params?: Params) => string;
  languages: readonly string[];
}

/** Makes a part's texts from one loader per language; English must be there and is the fallback. */
export function catalogue<M extends Readonly<Record<keyof M, Message>>>(
  loaders: Readonly<Record<string, () => Promise<{ default: Readonly<Record<keyof M, Message>> }>>>,
): Texts<M> {
  const messages = signal<Readonly<Record<string, Message>>>({});
  return {
    languages: Object.keys(loaders),
    async load(tag) {
      const loader = loaders[tag] ?? loaders[tag.split("-")[0] ?? ""] ?? loaders["en"];
      if (loader !== undefined) messages.value = (await loader()).default;
    },
    t(key, params = {}) {
      const message = messages.value[key] ?? key;
      if (typeof message === "string") return fill(message, params);
      const n = typeof params["n"] === "number" ? params["n"] : 0;
      return fill(message[plurals.value.select(n)] ?? message.other, params);
    },
  };
}
