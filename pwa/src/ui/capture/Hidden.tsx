// "Hide now": a plain clock in place of everything, until the button on it is tapped. It keeps eyes off the screen; it is no lock.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { sources } from "../../app/clock";
import { hidden } from "../../app/state";
import { locale } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import "./tabs.css";

const LOOK_MS = 5_000;

/** The page. */
export function Hidden(): JSX.Element {
  const [now, setNow] = useState(sources.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(sources.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const text = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(locale.value, options).format(now);
  return (
    <main class="page clock">
      <h1 class="clock-time">{text({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}</h1>
      <p>{text({ weekday: "long", day: "numeric", month: "long" })}</p>
      <Button look="plain" onClick={() => (hidden.value = false)}>
        {t("hidden_back")}
      </Button>
    </main>
  );
}
