// What holds for the whole programme: its name on phones, languages, currency, the hour at which shifts end, and what is fixed for good.
import type { JSX } from "preact";
import { languagesOf, moved } from "../../../domain/console/catalogue";
import { label } from "../../../i18n/catalogue";
import { t } from "../../../i18n/console";
import { LANGUAGES } from "../../../i18n/languages";
import type { Catalogue } from "../../../generated/contract";
import { list } from "../../console/format";
import { Button } from "../../kit/Button";
import { Field, Select } from "../../kit/Field";
import { languageName, Spot } from "./fields";
import { edit, focusSoon, heard, wrong } from "./state";

const HOURS = Array.from({ length: 24 }, (_, hour) => [String(hour), `${String(hour).padStart(2, "0")}:00`] as const);

const change = (fields: Partial<Catalogue>): void => edit((now) => ({ ...now, ...fields }));

/** The languages in order; the first is shown where a text lacks in the others. */
function Languages({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const chosen = languagesOf(catalogue);
  const put = (languages: string[]): void => change({ languages });
  const free = Object.keys(LANGUAGES).filter((tag) => !chosen.includes(tag));
  const up = (at: number, name: string): void => {
    if (at === 0) return;
    put(moved(chosen, at, at - 1));
    heard.value = t("cat_moved", { name, n: at, all: chosen.length });
    focusSoon(`language-${at - 1}`);
  };
  const error = wrong("languages");
  return (
    <Spot path="languages">
      <section class="cat-part">
        <div>
          <h3>{t("cat_languages")}</h3>
          <p class="muted">{t("cat_languages_help")}</p>
          {error !== undefined && <p class="error">{error}</p>}
        </div>
        <ol class="cat-list">
          {chosen.map((tag, at) => (
            <li key={tag} class="cat-row">
              <div class="cat-row-head">
                <span class="cat-row-open">
                  <span class="cat-row-name" lang={tag}>
                    {languageName(tag)}
                  </span>
                </span>
                <Button id={`language-${at}`} look="plain" icon="up" label={t("cat_move_up", { name: languageName(tag) })} aria-disabled={at === 0} onClick={() => up(at, languageName(tag))} />
                <Button
                  look="plain"
                  icon="close"
                  label={t("cat_take_out", { name: languageName(tag) })}
                  disabled={chosen.length === 1}
                  onClick={() => put(chosen.filter((one) => one !== tag))}
                />
              </div>
            </li>
          ))}
        </ol>
        {free.length > 0 && (
          <Select
            label={t("cat_language_add")}
            value=""
            options={[["", t("cat_choose")], ...free.map((tag) => [tag, languageName(tag)] as const)]}
            onChoose={(tag) => tag !== "" && put([...chosen, tag])}
          />
        )}
      </section>
    </Spot>
  );
}

/** The section. */
export function ProgrammePart({ catalogue }: { catalogue: Catalogue }): JSX.Element {
  const names = (entries: readonly { code: string; label: Record<string, string> }[]): string => list(entries.map((one) => label(one.label) || one.code));
  return (
    <section class="cat-part">
      <h2>{t("cat_part_programme")}</h2>
      <Spot path="name">
        <Field label={t("cat_name")} value={catalogue.name} onText={(name) => change({ name })} maxLength={60} hint={t("cat_name_help")} error={wrong("name")} />
      </Spot>
      <Languages catalogue={catalogue} />
      <div class="pair">
        <Spot path="currency">
          <Field
            label={t("cat_currency")}
            value={catalogue.currency ?? "EUR"}
            onText={(currency) => change({ currency: currency.toUpperCase() })}
            maxLength={3}
            hint={t("cat_currency_help")}
            error={wrong("currency")}
          />
        </Spot>
        <Spot path="shift_close_hour">
          <Select label={t("cat_hour")} value={String(catalogue.shift_close_hour ?? 6)} options={HOURS} onChoose={(hour) => change({ shift_close_hour: Number(hour) })} />
          <small class="muted">{t("cat_hour_help")}</small>
        </Spot>
      </div>
      <section class="cat-part">
        <div>
          <h3>{t("cat_fixed")}</h3>
          <p class="muted">{t("cat_fixed_help")}</p>
        </div>
        <dl class="facts">
          <div>
            <dt>{t("cat_genders")}</dt>
            <dd>{names(catalogue.genders)}</dd>
          </div>
          <div>
            <dt>{t("cat_ages")}</dt>
            <dd>{names(catalogue.age_bands)}</dd>
          </div>
        </dl>
      </section>
    </section>
  );
}
