// The way out that stands on every screen of the phone in use: one tap, and only a neutral page is left.
import type { JSX } from "preact";
import { exitEverywhere } from "../../app/exit";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";

/** The button: an icon alone, because its words would say what it is for. */
export function ExitButton(): JSX.Element {
  return <Button look="plain" class="exit" icon="conceal" label={t("exit")} onClick={exitEverywhere} />;
}
