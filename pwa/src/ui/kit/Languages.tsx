// The languages as a row of buttons, each in its own words and script: whoever can't read the screen finds theirs.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { lang } from "../../i18n/catalogue";
import { LANGUAGES } from "../../i18n/languages";
import { Button } from "./Button";
import { Banner } from "./Card";
import { Choices } from "./Field";

interface LanguagesProps {
  /** The word for "Language". */
  label: string;
  /** Makes a language the one in use; false when it can't be had now. */
  speak: (tag: string) => Promise<boolean>;
  /** What is said then. */
  failed: string;
}

/** The row. */
export function Languages({ label, speak, failed }: LanguagesProps): JSX.Element {
  const [missed, setMissed] = useState(false);
  return (
    <>
      <Choices label={label}>
        {Object.entries(LANGUAGES).map(([tag, { name }]) => (
          <Button key={tag} lang={tag} pressed={lang.value === tag} onClick={() => void speak(tag).then((spoken) => setMissed(!spoken))}>
            {name}
          </Button>
        ))}
      </Choices>
      {missed && <Banner kind="warn">{failed}</Banner>}
    </>
  );
}
