// Site, mode and setting: the three things that a shift begins with and that may change while it runs.
import type { JSX } from "preact";
import type { Mode, Setting, Site } from "../../generated/contract";
import type { Place } from "../../domain/around";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Choices } from "../kit/Field";

const MODES: readonly Mode[] = ["with_staff", "pair", "alone"];
const SETTINGS: readonly Setting[] = ["street", "mobile", "drop_in", "home_visit", "event", "other"];

interface PlaceChoicesProps {
  sites: readonly Site[];
  /** What is chosen. */
  place: Partial<Place>;
  onChange: (change: Partial<Place>) => void;
}

/** The three rows of choices. */
export function PlaceChoices({ sites, place, onChange }: PlaceChoicesProps): JSX.Element {
  return (
    <>
      <Choices label={t("site")}>
        {sites.map(({ code, label: words }) => (
          <Button key={code} icon="place" pressed={place.site === code} onClick={() => onChange({ site: code })}>
            {label(words)}
          </Button>
        ))}
      </Choices>
      <Choices label={t("mode")}>
        {MODES.map((mode) => (
          <Button key={mode} pressed={place.mode === mode} onClick={() => onChange({ mode })}>
            {t(`mode_${mode}`)}
          </Button>
        ))}
      </Choices>
      <Choices label={t("setting")}>
        {SETTINGS.map((setting) => (
          <Button key={setting} pressed={place.setting === setting} onClick={() => onChange({ setting })}>
            {t(`setting_${setting}`)}
          </Button>
        ))}
      </Choices>
    </>
  );
}
