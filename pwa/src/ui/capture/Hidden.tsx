// The neutral page: a plain clock in place of everything, until the button on it is tapped. By itself it keeps eyes off the screen; the lock,
// where there is one, stands behind it.
import type { JSX } from "preact";
import { hidden } from "../../app/state";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import "./tabs.css";
import { useClock } from "./useClock";

/** The page. */
export function Hidden(): JSX.Element {
  const { time, day } = useClock();
  return (
    <main class="page clock">
      <h1 class="clock-time">{time}</h1>
      <p>{day}</p>
      <Button look="plain" onClick={() => (hidden.value = false)}>
        {t("hidden_back")}
      </Button>
    </main>
  );
}
