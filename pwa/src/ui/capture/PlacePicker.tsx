// Site, mode and setting, once per service date. What was set last is chosen already: most days it is one tap.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Mode, Setting } from "../../generated/contract";
import { setPlace } from "../../app/actions";
import { catalogue, place } from "../../app/state";
import { label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Choices } from "../kit/Field";

const MODES: readonly Mode[] = ["with_staff", "pair", "alone"];
const SETTINGS: readonly Setting[] = ["street", "mobile", "drop_in", "home_visit", "event", "other"];

/** The picker. */
export function PlacePicker({ onDone }: { onDone: () => void }): JSX.Element {
  const sites = (catalogue.value?.sites ?? []).filter((site) => site.retired !== true);
  const before = sites.find((one) => one.code === place.value?.site)?.code;
  const [site, setSite] = useState(before ?? (sites.length === 1 ? sites[0]?.code : undefined));
  const [mode, setMode] = useState(place.value?.mode);
  const [setting, setSetting] = useState(place.value?.setting);
  const keep = async (): Promise<void> => {
    if (site === undefined || mode === undefined || setting === undefined) return;
    await setPlace({ site, mode, setting });
    onDone();
  };
  if (sites.length === 0) return <Banner kind="warn">{t("no_sites")}</Banner>;
  return (
    <section class="stack" aria-label={t("place_title")}>
      <h2>{t("place_title")}</h2>
      <Choices label={t("site")}>
        {sites.map((one) => (
          <Button key={one.code} icon="place" pressed={site === one.code} onClick={() => setSite(one.code)}>
            {label(one.label)}
          </Button>
        ))}
      </Choices>
      <Choices label={t("mode")}>
        {MODES.map((one) => (
          <Button key={one} pressed={mode === one} onClick={() => setMode(one)}>
            {t(`mode_${one}`)}
          </Button>
        ))}
      </Choices>
      <Choices label={t("setting")}>
        {SETTINGS.map((one) => (
          <Button key={one} pressed={setting === one} onClick={() => setSetting(one)}>
            {t(`setting_${one}`)}
          </Button>
        ))}
      </Choices>
      <Button look="big primary" disabled={site === undefined || mode === undefined || setting === undefined} onClick={() => void keep()}>
        {t("place_save")}
      </Button>
    </section>
  );
}
