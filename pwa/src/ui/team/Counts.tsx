// Every exact count of some days in tables, of the programme, of a place or of a worker; and the same as a file.
import type { JSX } from "preact";
import { csvOf } from "../../domain/console/csv";
import { countTables, type CountTable, type Figure, type Label } from "../../domain/console/counts";
import type { TallyTable } from "../../generated/contract";
import { locale, number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { day, percent } from "../console/format";
import { Show, useLoad } from "../console/load";
import { entriesOf, enumText, moneyText, named } from "../console/names";
import { Empty, Page, Scroll } from "../console/Page";
import { wordsFor } from "../console/problem";
import { query, setQuery } from "../console/router";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Field, Select } from "../kit/Field";
import { choices } from "./FieldInput";
import { loadSetup, type Setup } from "./setup";

function labelText({ catalogue }: Setup, label: Label): string {
  if (label.is === "words") return wordsFor("count", label.key) ?? label.key;
  return label.is === "enum" ? enumText(label.of, label.value) : named(entriesOf(catalogue, label.of), label.code);
}

function figureText({ catalogue }: Setup, figure: Figure | undefined): string {
  if (figure === undefined) return "";
  if (figure.as === "money") return moneyText(figure.n, catalogue.currency ?? "");
  if (figure.as === "ratio") return new Intl.NumberFormat(locale.value, { maximumFractionDigits: 2 }).format(figure.n);
  return figure.as === "share" ? percent(figure.n) : number(figure.n);
}

/** A figure in the file: exact, with a point; a share from 0 to 1, money in whole units. */
function figurePlain(figure: Figure): number {
  if (figure.as === "count") return figure.n;
  return figure.as === "money" ? figure.n / 100 : Number(figure.n.toFixed(4));
}

/** The tables as rows of one file. */
function csvRows(tables: readonly CountTable[], setup: Setup): (string | number)[][] {
  const rows = tables.flatMap((table) =>
    table.rows.flatMap((row) =>
      row.figures.flatMap((figure, n): (string | number)[][] => {
        const column = table.columns[n];
        if (figure === undefined || column === undefined) return [];
        return [[t(`counts_${table.name}`), labelText(setup, row.label), labelText(setup, column), figurePlain(figure)]];
      }),
    ),
  );
  return [[t("csv_table"), t("csv_row"), t("csv_column"), t("csv_value")], ...rows];
}

/** Gives the file to the browser. */
function download(text: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function Counted({ table, setup }: { table: CountTable; setup: Setup }): JSX.Element {
  const title = t(`counts_${table.name}`);
  return (
    <section class={table.columns.length > 3 ? "part broad" : "part"}>
      <h2>{title}</h2>
      <Scroll label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="hide-text">{t("csv_row")}</span>
              </th>
              {table.columns.map((column, n) => (
                <th key={n} scope="col" class="number">
                  {labelText(setup, column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, n) => (
              <tr key={n} class={row.under === true ? "sub-row" : undefined}>
                <th scope="row">{labelText(setup, row.label)}</th>
                {row.figures.map((figure, at) => (
                  <td key={at} class="number">
                    {figureText(setup, figure)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {table.name in NOTES && <p class="muted small">{t(NOTES[table.name as keyof typeof NOTES])}</p>}
    </section>
  );
}

/** What must be known to read a table. */
const NOTES = {
  contacts: "note_contacts",
  syringes: "note_syringes",
  referrals: "note_referrals",
  overdoses: "note_known",
  stock: "note_stock",
} as const;

interface Choice {
  from: string;
  to: string;
  site: string;
  worker: string;
}

/** What the address asks for; this month if it names no days. */
function choiceHere(): Choice {
  const today = session.value?.today ?? "";
  const from = query("from");
  const to = query("to");
  return { from: from === "" ? `${today.slice(0, 8)}01` : from, to: to === "" ? today : to, site: query("site"), worker: query("worker") };
}

function Chooser({ choice, setup }: { choice: Choice; setup: Setup }): JSX.Element {
  const set = (change: Partial<Choice>): void => setQuery({ ...choice, ...change });
  const peers = setup.workers.filter((one) => one.role === "peer");
  return (
    <div class="filters">
      <Field label={t("from")} type="date" value={choice.from} onText={(from) => set({ from })} />
      <Field label={t("to")} type="date" value={choice.to} onText={(to) => set({ to })} />
      <Select label={t("cut_site")} value={choice.site} options={[["", t("all")], ...choices(setup.catalogue.sites, choice.site === "" ? [] : [choice.site])]} onChoose={(site) => set({ site, worker: "" })} />
      <Select label={t("worker")} value={choice.worker} options={[["", t("all")], ...peers.map((one) => [one.id, one.handle] as const)]} onChoose={(worker) => set({ worker, site: "" })} />
    </div>
  );
}

function Tables({ answer, choice, setup }: { answer: TallyTable; choice: Choice; setup: Setup }): JSX.Element {
  const tables = countTables(answer.measures, setup.catalogue);
  const whose = choice.worker !== "" ? (setup.handles.get(choice.worker) ?? "") : choice.site !== "" ? named(setup.catalogue.sites, choice.site) : t("reports_of_all");
  const save = (): void => download(csvOf(csvRows(tables, setup)), `counts-${answer.from}-${answer.to}.csv`);
  if (tables.length === 0) {
    return (
      <Empty icon="pulse">
        <p>{t("counts_empty")}</p>
      </Empty>
    );
  }
  return (
    <>
      <div class="row-head">
        <p class="muted">{t("counts_of", { whose, from: day(answer.from), to: day(answer.to) })}</p>
        <Button icon="disk" onClick={save}>
          {t("download_csv")}
        </Button>
      </div>
      <p class="muted small">{choice.worker === "" ? t("note_no_debriefs") : t("note_worker")}</p>
      <div class="count-tables">
        {tables.map((table) => (
          <Counted key={table.name} table={table} setup={setup} />
        ))}
      </div>
    </>
  );
}

/** The page. */
export function Counts(): JSX.Element {
  const choice = choiceHere();
  const valid = choice.from !== "" && choice.to !== "" && choice.from <= choice.to;
  const setup = useLoad(loadSetup, []);
  const answer = useLoad(async () => (valid ? await api.tallies(choice) : undefined), [choice.from, choice.to, choice.site, choice.worker]);
  return (
    <Page title={t("page_counts")} under={t("counts_under")} actions={<Button onClick={() => window.print()}>{t("print")}</Button>}>
      <Show of={setup}>
        {(names) => (
          <>
            <Chooser choice={choice} setup={names} />
            {!valid && <Banner kind="warn">{t("dates_wrong")}</Banner>}
            {valid && <Show of={answer}>{(found) => found !== undefined && <Tables answer={found} choice={choice} setup={names} />}</Show>}
          </>
        )}
      </Show>
    </Page>
  );
}
