// Time and date for the pages that show nothing else.
import { useEffect, useState } from "preact/hooks";
import { sources } from "../../app/clock";
import { locale } from "../../i18n/catalogue";

const LOOK_MS = 5_000;

/** The time and the day, as the language writes them, now and from then on. */
export function useClock(): { time: string; day: string } {
  const [now, setNow] = useState(sources.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(sources.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const text = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(locale.value, options).format(now);
  return { time: text({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }), day: text({ weekday: "long", day: "numeric", month: "long" }) };
}
