// Exact figures of any span of days, cut by up to two things. For the team's own use: what leaves the programme is published figures.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue, Report, ReportQuery, ReportValues } from "../../generated/contract";
import { number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { day, percent, periodText } from "../console/format";
import { Show, useLoad } from "../console/load";
import { named } from "../console/names";
import { Empty, Page, Scroll } from "../console/Page";
import { wordsFor } from "../console/problem";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Field, Select } from "../kit/Field";

const CUTS = ["month", "day", "site", "worker", "gender", "age_band", "setting", "service", "item"] as const;
type Cut = (typeof CUTS)[number];

const COLUMNS = [
  "contacts",
  "new_contacts",
  "unique_codes",
  "reach",
  "syringes_out",
  "syringes_in",
  "naloxone_kits",
  "naloxone_doses",
  "referrals",
  "quantity_out",
  "quantity_in",
] as const satisfies readonly (keyof ReportValues)[];

/** The name of a group. */
function groupName(catalogue: Catalogue, cut: string, code: string): string {
  const lists: Partial<Record<string, () => string>> = {
    month: () => periodText(code),
    day: () => day(code),
    site: () => named(catalogue.sites, code),
    gender: () => named(catalogue.genders, code),
    age_band: () => named(catalogue.age_bands, code),
    service: () => named(catalogue.services, code),
    item: () => named(catalogue.items, code),
    setting: () => wordsFor("setting", code) ?? code,
  };
  return lists[cut]?.() ?? code;
}

const isNumber = (value: unknown): value is number => typeof value === "number";

/** Columns that any group has, and the share of contacts with a code after the codes. */
function Values({ values, columns }: { values: ReportValues; columns: readonly (typeof COLUMNS)[number][] }): JSX.Element {
  return (
    <>
      {columns.map((column) => {
        const value = values[column];
        return (
          <td key={column} class="number">
            {isNumber(value) ? number(value) : ""}
          </td>
        );
      })}
      {columns.includes("contacts") && (
        <td class="number">{isNumber(values.contacts_with_code) && isNumber(values.contacts) && values.contacts > 0 ? percent(values.contacts_with_code / values.contacts) : ""}</td>
      )}
    </>
  );
}

function ReportTable({ report, cuts, catalogue }: { report: Report; cuts: readonly string[]; catalogue: Catalogue }): JSX.Element {
  const all = [...report.rows.map((row) => row.values), ...(cuts.length === 0 ? [report.total] : [])];
  const columns = COLUMNS.filter((column) => all.some((values) => isNumber(values[column])));
  return (
    <Scroll label={t("page_reports")}>
      <table>
        <thead>
          <tr>
            {cuts.map((cut) => (
              <th key={cut} scope="col">
                {t(`cut_${cut as Cut}`)}
              </th>
            ))}
            {columns.map((column) => (
              <th key={column} scope="col" class="number">
                {t(`column_${column}`)}
              </th>
            ))}
            {columns.includes("contacts") && (
              <th scope="col" class="number">
                {t("column_code_share")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={JSON.stringify(row.key)}>
              {cuts.map((cut, n) =>
                n === 0 ? (
                  <th scope="row" key={cut}>
                    {groupName(catalogue, cut, row.key[cut] ?? "")}
                  </th>
                ) : (
                  <td key={cut}>{groupName(catalogue, cut, row.key[cut] ?? "")}</td>
                ),
              )}
              <Values values={row.values} columns={columns} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            {cuts.length > 0 && (
              <th scope="row" colSpan={cuts.length}>
                {t("total")}
              </th>
            )}
            <Values values={report.total} columns={columns} />
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

function ItemsOut({ report, catalogue }: { report: Report; catalogue: Catalogue }): JSX.Element | null {
  const items = Object.entries(report.total.items_out ?? {});
  if (items.length === 0) return null;
  return (
    <section class="part">
      <h2>{t("items_out")}</h2>
      <Scroll label={t("items_out")}>
        <table>
          <tbody>
            {items.map(([code, quantity]) => (
              <tr key={code}>
                <th scope="row">{named(catalogue.items, code)}</th>
                <td class="number">{number(quantity)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

interface Choice {
  from: string;
  to: string;
  cuts: [Cut | "", Cut | ""];
}

function Chooser({ choice, set }: { choice: Choice; set: (choice: Choice) => void }): JSX.Element {
  const options = [["", t("not_cut")], ...CUTS.map((cut) => [cut, t(`cut_${cut}`)] as const)] as const;
  const [first, second] = choice.cuts;
  return (
    <div class="filters">
      <Field label={t("from")} type="date" value={choice.from} onText={(from) => set({ ...choice, from })} />
      <Field label={t("to")} type="date" value={choice.to} onText={(to) => set({ ...choice, to })} />
      <Select label={t("cut_by")} value={first} options={options} onChoose={(cut) => set({ ...choice, cuts: [cut as Cut | "", cut === "" || cut === second ? "" : second] })} />
      {first !== "" && <Select label={t("cut_then")} value={second} options={options.filter(([cut]) => cut !== first)} onChoose={(cut) => set({ ...choice, cuts: [first, cut as Cut | ""] })} />}
    </div>
  );
}

/** Whose figures these are: cut by worker, a supervisor's own team, and otherwise the whole programme. */
function scope(cuts: readonly Cut[]): string {
  return cuts.includes("worker") && session.value?.role === "supervisor" ? t("reports_of_team") : t("reports_of_all");
}

/** The page. */
export function Reports(): JSX.Element {
  const today = session.value?.today ?? "";
  const [choice, setChoice] = useState<Choice>({ from: `${today.slice(0, 8)}01`, to: today, cuts: ["site", ""] });
  const cuts = choice.cuts.filter((cut) => cut !== "");
  const valid = choice.from !== "" && choice.to !== "" && choice.from <= choice.to;
  const query: ReportQuery = { from: choice.from, to: choice.to, by: cuts.join(",") };
  const catalogue = useLoad(() => api.catalogue(), []);
  const report = useLoad(async () => (valid ? { report: await api.report(query), cuts } : undefined), [query.from, query.to, cuts.join(",")]);
  return (
    <Page
      title={t("page_reports")}
      under={t("reports_under")}
      actions={<Button onClick={() => window.print()}>{t("print")}</Button>}
    >
      <Chooser choice={choice} set={setChoice} />
      {!valid && <Banner kind="warn">{t("dates_wrong")}</Banner>}
      {valid && (
        <Show of={catalogue}>
          {(names) => (
            <Show of={report}>
              {(answer) =>
                answer === undefined || (answer.report.rows.length === 0 && !answer.report.total.contacts) ? (
                  <Empty icon="pulse">
                    <p>{t("reports_empty")}</p>
                  </Empty>
                ) : (
                  <>
                    <p class="muted">{scope(answer.cuts)}</p>
                    <ReportTable report={answer.report} cuts={answer.cuts} catalogue={names} />
                    <p class="muted small part">{t("reports_note")}</p>
                    <ItemsOut report={answer.report} catalogue={names} />
                  </>
                )
              }
            </Show>
          )}
        </Show>
      )}
    </Page>
  );
}
