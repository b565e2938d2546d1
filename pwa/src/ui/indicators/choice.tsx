// What the evaluator looks at: a published period, the programme or one site, and one way to cut it. It lives in the
// address, so that a page can be reloaded, kept and gone back to.
import type { JSX } from "preact";
import { kindOf, quarterOf, type PeriodKind } from "../../domain/console/periods";
import type { Breakdown, IndicatorChoices, Release } from "../../generated/contract";
import { number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { DEFINITIONS_ADDRESS, csvAddress, type TableChoice } from "../../sync/console-api";
import { day, periodText } from "../console/format";
import { GroupedSelect } from "../console/inputs";
import { query, setQuery } from "../console/router";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Select } from "../kit/Field";

const KINDS: readonly PeriodKind[] = ["month", "quarter", "year"];
const CUTS: readonly Breakdown[] = ["gender", "age_band", "setting", "site"];

/** The choice in the address; the newest period where none is named, and no site within a cut by site. */
export function readChoice(choices: IndicatorChoices): TableChoice {
  const period = query("period") === "" ? (choices.releases[0]?.period ?? "") : query("period");
  const by = CUTS.find((cut) => cut === query("by")) ?? "";
  return { period, by, site: by === "site" ? "" : query("site") };
}

/** The address of a page with the same choice. */
export function addressOf(page: "indicators" | "indicator", choice: TableChoice, of = ""): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...choice, of })) if (value !== "") params.set(name, value);
  return `/console/${page}?${params.toString()}`;
}

/** Name of a group in a cut. */
export function groupName(choices: IndicatorChoices, by: Breakdown, code: string): string {
  const lists = { site: choices.sites, gender: choices.genders, age_band: choices.age_bands, setting: choices.settings };
  return lists[by].find((entry) => entry.code === code)?.label ?? code;
}

/** All groups of a cut, in the programme's order. */
export function groupCodes(choices: IndicatorChoices, by: Breakdown): string[] {
  const lists = { site: choices.sites, gender: choices.genders, age_band: choices.age_bands, setting: choices.settings };
  return lists[by].map((entry) => entry.code);
}

/** Name of the place that is looked at. */
export function placeName(choices: IndicatorChoices, site: string): string {
  return site === "" ? t("whole_programme") : groupName(choices, "site", site);
}

/** The pickers. */
export function Pickers({ choices, choice }: { choices: IndicatorChoices; choice: TableChoice }): JSX.Element {
  const set = (change: Partial<TableChoice>): void => setQuery({ ...choice, ...change, of: query("of") });
  const groups = KINDS.map((kind) => ({
    label: t(`periods_${kind}`),
    options: choices.releases.filter((one) => kindOf(one.period) === kind).map((one) => [one.period, periodText(one.period)] as const),
  })).filter((group) => group.options.length > 0);
  return (
    <div class="filters">
      <GroupedSelect label={t("period")} value={choice.period} groups={groups} onChoose={(period) => set({ period })} />
      {choice.by !== "site" && (
        <Select label={t("place")} value={choice.site} options={[["", t("whole_programme")], ...choices.sites.map((site) => [site.code, site.label] as const)]} onChoose={(site) => set({ site })} />
      )}
      <Select label={t("cut_by")} value={choice.by} options={[["", t("not_cut")], ...CUTS.map((cut) => [cut, t(`cut_${cut}`)] as const)]} onChoose={(by) => set({ by: by as Breakdown | "" })} />
    </div>
  );
}

/** Print and files. */
export function Takeaways({ choice }: { choice: TableChoice }): JSX.Element {
  return (
    <>
      <Button onClick={() => window.print()}>{t("print")}</Button>
      <a class="button" href={DEFINITIONS_ADDRESS} download>
        {t("download_definitions")}
      </a>
      <a class="button primary" href={csvAddress(choice)} download>
        {t("download_csv")}
      </a>
    </>
  );
}

/** The same below the page, where there is no room beside its heading. */
export function TakeawaysBelow({ choice }: { choice: TableChoice }): JSX.Element {
  return (
    <div class="actions part-actions">
      <Takeaways choice={choice} />
    </div>
  );
}

/** How complete the period was when it was published. */
export function Completeness({ release }: { release: Release }): JSX.Element {
  const all = release.devices_reported >= release.devices_total;
  return (
    <Banner kind={all ? "good" : "warn"}>
      <p>
        <strong>{all ? t("complete") : t("may_rise")}</strong> {t("completeness", { n: release.devices_total, reported: number(release.devices_reported) })}
      </p>
      <p class="small">{t("published_on", { date: day(release.published), number: number(release.number) })}</p>
    </Banner>
  );
}

/** The breakdown is too fine for so few people; the quarter of the whole programme may say more. */
export function TooSmall({ choices, choice }: { choices: IndicatorChoices; choice: TableChoice }): JSX.Element {
  const quarter = kindOf(choice.period) === "month" ? quarterOf(choice.period) : undefined;
  const known = choices.releases.some((release) => release.period === quarter);
  return (
    <Banner kind="info">
      <p>{t("too_small")}</p>
      {known && quarter !== undefined && <Button onClick={() => setQuery({ period: quarter, by: choice.by === "site" ? "" : choice.by, of: query("of") })}>{t("too_small_quarter", { period: periodText(quarter) })}</Button>}
      {choice.by !== "" && <Button onClick={() => setQuery({ period: choice.period, of: query("of") })}>{t("too_small_total")}</Button>}
    </Banner>
  );
}
