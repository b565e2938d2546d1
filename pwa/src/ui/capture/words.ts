// Words that kit parts need from the phone's texts.
import { locale, number } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";

/** Words of steppers and number pads. */
export function padWords(): { done: string; erase: string; type: string; less: string; add: string } {
  return { done: t("done"), erase: t("erase"), type: t("type_number"), less: t("less"), add: t("add") };
}

/** A number as it stands on a key. */
export const figure = number;

/** How the language writes the point before decimals. */
export function decimalPoint(): string {
  return new Intl.NumberFormat(locale.value).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ".";
}
