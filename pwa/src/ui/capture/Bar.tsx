// The bottom bar: the four screens, and the way out.
import type { JSX } from "preact";
import { openTab } from "../../app/forms";
import { view } from "../../app/state";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { ExitButton } from "./ExitButton";

const SCREENS = [
  ["today", "today"],
  ["referrals", "signs"],
  ["guide", "book"],
  ["me", "person"],
] as const;

/** The bar. */
export function Bar(): JSX.Element {
  return (
    <nav class="bar" aria-label={t("nav")}>
      {SCREENS.map(([name, icon]) => (
        <Button key={name} icon={icon} aria-current={view.value === name ? "page" : undefined} onClick={() => openTab(name)}>
          {t(name)}
        </Button>
      ))}
      <ExitButton />
    </nav>
  );
}
