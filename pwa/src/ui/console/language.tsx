// The console's language: what this browser chose before, else what the browser prefers. Changing it is in the frame and on the login page.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { direction, lang } from "../../i18n/catalogue";
import { load, t } from "../../i18n/console";
import { LANGUAGES, spokenOf } from "../../i18n/languages";
import { Banner } from "../kit/Card";
import { Select } from "../kit/Field";

const KEPT = "console-language";

/** What was chosen on this browser; storage may be forbidden. */
function chosen(): string | undefined {
  try {
    return window.localStorage.getItem(KEPT) ?? undefined;
  } catch {
    return undefined;
  }
}

async function speak(tag: string): Promise<void> {
  await load(tag);
  document.documentElement.lang = lang.value;
  document.documentElement.dir = direction.value;
}

/** Loads the texts that the console starts with; English if its language can't be had. */
export async function speakFirst(): Promise<void> {
  await speak(spokenOf([chosen(), ...navigator.languages])).catch(() => speak("en"));
}

/** Languages as a list to choose from. */
export function LanguageList(): JSX.Element {
  const [missed, setMissed] = useState(false);
  const choose = (tag: string): void => {
    speak(tag).then(
      () => {
        setMissed(false);
        try {
          window.localStorage.setItem(KEPT, tag);
        } catch {
          // It holds until the page is closed.
        }
      },
      () => setMissed(true),
    );
  };
  const options = Object.entries(LANGUAGES).map(([tag, { name }]) => [tag, name] as const);
  return (
    <>
      <Select label={t("language")} value={lang.value} options={options} onChoose={choose} />
      {missed && <Banner kind="warn">{t("language_failed")}</Banner>}
    </>
  );
}
