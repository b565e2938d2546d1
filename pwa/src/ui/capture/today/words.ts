// Words of the shift that several parts of the home screen say.
import type { Colleague, Mode } from "../../../generated/contract";
import { own, people } from "../../../app/state";
import { locale } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";

/** "In a pair with sam". */
export function modeWords(mode: Mode, handles: readonly string[]): string {
  const words = t(`mode_${mode}`);
  if (handles.length === 0) return words;
  return t("mode_with", { mode: words, names: new Intl.ListFormat(locale.value, { type: "conjunction" }).format(handles) });
}

/** What a colleague is called: somebody who uses this phone too is a number here. */
export function calledHere({ id, handle }: Colleague): string {
  const n = people.value.find((one) => one.author === id)?.n;
  if (n !== undefined) return t("person_n", { n });
  return handle === "" ? "?" : handle;
}

/** Everybody whom the last pull named, by id. */
export function handleOf(id: string): string | undefined {
  const named = [...(own.value?.colleagues ?? []), ...(own.value?.shifts ?? []).flatMap((one) => one.with ?? [])];
  const found = named.find((one) => one.id === id);
  return found === undefined ? undefined : calledHere(found);
}
