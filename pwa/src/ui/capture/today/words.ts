// Words of the shift that several parts of the home screen say.
import type { Mode } from "../../../generated/contract";
import { own } from "../../../app/state";
import { locale } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";

/** "In a pair with sam". */
export function modeWords(mode: Mode, handles: readonly string[]): string {
  const words = t(`mode_${mode}`);
  if (handles.length === 0) return words;
  return t("mode_with", { mode: words, names: new Intl.ListFormat(locale.value, { type: "conjunction" }).format(handles) });
}

/** Everybody whom the last pull named, by id. */
export function handleOf(id: string): string | undefined {
  const people = [...(own.value?.colleagues ?? []), ...(own.value?.shifts ?? []).flatMap((one) => one.with ?? [])];
  return people.find((one) => one.id === id)?.handle;
}
