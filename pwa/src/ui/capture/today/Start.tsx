// The home screen before a shift: the planned ones of today first, each one tap; else site, mode and setting, with those of the last time chosen.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { PlannedShift, Site } from "../../../generated/contract";
import { startShift } from "../../../app/shift";
import { catalogue, place, planned } from "../../../app/state";
import type { Place } from "../../../domain/around";
import { clock, label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { SaveTrouble } from "../copy/SaveCopy";
import { PlaceChoices } from "../PlaceChoices";
import { calledHere, modeWords } from "./words";

function Plan({ plan, sites }: { plan: PlannedShift; sites: readonly Site[] }): JSX.Element {
  const site = sites.find((one) => one.code === plan.site);
  const mode = modeWords(plan.mode, (plan.with ?? []).map(calledHere));
  return (
    <Button class="plan" icon="place" onClick={() => void startShift(plan, plan)}>
      <span>
        {plan.from != null && <strong>{clock(plan.from)} </strong>}
        {t("shift_plan", { place: site === undefined ? plan.site : label(site.label), mode })}
        <small class="muted">{t("shift_start_now")}</small>
      </span>
    </Button>
  );
}

function complete({ site, mode, setting }: Partial<Place>): Place | undefined {
  return site === undefined || mode === undefined || setting === undefined ? undefined : { site, mode, setting };
}

/** The start of a shift. */
export function Start(): JSX.Element {
  const all = catalogue.value?.sites ?? [];
  const open = all.filter((site) => site.retired !== true);
  const before = open.find((one) => one.code === place.value?.site)?.code ?? (open.length === 1 ? open[0]?.code : undefined);
  const [chosen, setChosen] = useState<Partial<Place>>({});
  const last: Partial<Place> = place.value === undefined ? {} : { mode: place.value.mode, setting: place.value.setting };
  const now = { ...last, ...(before === undefined ? {} : { site: before }), ...chosen };
  const whole = complete(now);
  if (open.length === 0) return <Banner kind="warn">{t("no_sites")}</Banner>;
  return (
    <section class="start" aria-label={t("place_title")}>
      {planned.value.length > 0 && (
        <div class="plans">
          <h2>{t("shift_planned")}</h2>
          {planned.value.map((plan) => (
            <Plan key={plan.record} plan={plan} sites={all} />
          ))}
        </div>
      )}
      <h2>{planned.value.length > 0 ? t("shift_other") : t("place_title")}</h2>
      <PlaceChoices sites={open} place={now} onChange={(change) => setChosen({ ...chosen, ...change })} />
      <SaveTrouble />
      {whole === undefined && <p class="muted small">{t("shift_start_missing")}</p>}
      <Button look="big primary" disabled={whole === undefined} onClick={() => whole !== undefined && void startShift(whole)}>
        {t("shift_start")}
      </Button>
    </section>
  );
}
