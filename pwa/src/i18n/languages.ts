// The languages of Rounds: one list for the screens, the translation files and the checks.

/** What must be known of a language besides its texts. */
export interface Language {
  /** Its name in itself, as a person looks for it. */
  name: string;
  /** Locale for plural forms, and for numbers and dates where the browser names none of this language. */
  locale: string;
}

/** All languages by tag, in the order in which they are offered. English is the source of the others. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  en: { name: "English", locale: "en-GB" },
  sw: { name: "Kiswahili", locale: "sw" },
  fr: { name: "Français", locale: "fr" },
  // The forms of Portugal and of the African countries, where nought takes the plural; in Brazil it takes the singular.
  pt: { name: "Português", locale: "pt-PT" },
  ar: { name: "العربية", locale: "ar" },
};

/** The first of some wanted tags (`pt-MZ`, `en`) that is spoken here; English if none is. */
export function spokenOf(wanted: readonly (string | undefined)[]): string {
  const languages = wanted.map((tag) => tag?.split("-")[0] ?? "");
  return languages.find((tag) => tag in LANGUAGES) ?? "en";
}
