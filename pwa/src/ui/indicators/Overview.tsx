// All indicators of a period, place and cut: the ones that are asked for most as figures, then every one in a table.
// Nothing here knows a worker or a record; every figure is a published cell.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { groupsOf, isPart, tooSmall, totalOf } from "../../domain/console/figures";
import type { Breakdown, IndicatorChoices, IndicatorDefinition, IndicatorTable } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api, type TableChoice } from "../../sync/console-api";
import { periodText } from "../console/format";
import { Tick } from "../console/inputs";
import { Show, useLoad, type Loaded } from "../console/load";
import { Empty, Page, Scroll, wide } from "../console/Page";
import { Link } from "../console/router";
import { Completeness, Pickers, Takeaways, TakeawaysBelow, TooSmall, addressOf, groupCodes, groupName, placeName, readChoice } from "./choice";
import { CellText, Notes } from "./Figure";
import { nameOf } from "./words";
import "./indicators.css";

/** Indicators that stand on top, where the table has them. */
const HEADLINES = ["contacts", "people", "syringes_out", "syringes_in", "naloxone_kits", "referrals_issued"];

/** Their definitions, in this order. */
function headlines(table: IndicatorTable): IndicatorDefinition[] {
  return HEADLINES.flatMap((id) => table.indicators.filter((definition) => definition.id === id));
}

function Headlines({ table, choice }: { table: IndicatorTable; choice: TableChoice }): JSX.Element {
  return (
    <ul class="headlines">
      {headlines(table).map((definition) => (
        <li key={definition.id}>
          <Link to={addressOf("indicator", choice, definition.id)} class="headline plain-link">
            <span>{nameOf(definition)}</span>
            <span class="headline-figure">
              <CellText cell={totalOf(table, definition.id)} unit={definition.unit} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

interface AllFiguresProps {
  tables: Tables;
  choices: IndicatorChoices;
  /** What the pickers say: a link goes on with it, though the figures may still be those before. */
  choice: TableChoice;
}

function AllFigures({ tables: { totals, cut, choice: answered }, choices, choice }: AllFiguresProps): JSX.Element {
  const by = cut?.by ?? undefined;
  const groups = by === undefined ? [] : groupCodes(choices, by);
  const [parts, setParts] = useState(false);
  const caption = t("all_figures", { period: periodText(answered.period), place: placeName(choices, answered.site) });
  const shown = totals.indicators.filter((definition) => parts || !isPart(definition));
  return (
    <>
      <Tick label={t("show_parts")} checked={parts} onChange={setParts} />
      <Scroll label={caption}>
        <table class="figures-table">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t("indicator")}</th>
              <th scope="col" class="number">
                {t("total")}
              </th>
              {groups.map((code) => (
                <th key={code} scope="col" class="number">
                  {groupName(choices, by as Breakdown, code)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((definition) => {
              const cells = cut === undefined ? undefined : groupsOf(cut, definition.id);
              return (
                <tr key={definition.id} class={isPart(definition) ? "part-row" : undefined}>
                  <th scope="row">
                    <Link to={addressOf("indicator", choice, definition.id)} class="tap-row">
                      {nameOf(definition)}
                    </Link>
                    <span class="muted small">{definition.number}</span>
                  </th>
                  <td class="number strong">
                    <CellText cell={totalOf(totals, definition.id)} unit={definition.unit} />
                  </td>
                  {groups.map((code) => (
                    <td key={code} class="number">
                      <CellText cell={cells?.get(code)} unit={definition.unit} />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

/** Figures with the choice that they answer, which may be older than the pickers' while the next are on their way. */
export interface Tables {
  choice: TableChoice;
  totals: IndicatorTable;
  cut: IndicatorTable | undefined;
}

/** The totals and, where asked for, the cut. */
export function useTables(choice: TableChoice): Loaded<Tables> {
  return useLoad(async () => {
    const totals = api.indicators({ ...choice, by: "" });
    const cut = choice.by === "" ? undefined : api.indicators(choice);
    return { choice, totals: await totals, cut: await cut };
  }, [choice.period, choice.site, choice.by]);
}

/** The page for a programme that has something published. */
function OverviewOf({ choices }: { choices: IndicatorChoices }): JSX.Element {
  const choice = readChoice(choices);
  const tables = useTables(choice);
  return (
    <Page title={t("page_indicators")} under={`${periodText(choice.period)} · ${placeName(choices, choice.site)}`} actions={wide.value ? <Takeaways choice={choice} /> : undefined}>
      <Pickers choices={choices} choice={choice} />
      <Show of={tables}>
        {({ totals, cut, choice: answered }) => (
          <>
            <Headlines table={totals} choice={choice} />
            <div class="part">
              <Completeness release={totals.release} />
              {cut !== undefined && tooSmall(cut) && <TooSmall choices={choices} choice={answered} />}
              <AllFigures tables={{ totals, cut, choice: answered }} choices={choices} choice={choice} />
              <Notes table={totals} shown={[...totals.cells, ...(cut?.cells ?? [])]} />
            </div>
          </>
        )}
      </Show>
      {!wide.value && <TakeawaysBelow choice={choice} />}
    </Page>
  );
}

/** Asks what there is to ask for, and says so kindly when there is nothing yet. */
export function WithChoices({ children }: { children: (choices: IndicatorChoices) => JSX.Element }): JSX.Element {
  const choices = useLoad(() => api.choices(), []);
  return (
    <Show of={choices}>
      {(value) =>
        value.releases.length === 0 ? (
          <Page title={t("page_indicators")}>
            <Empty icon="wait">
              <p>{t("indicators_empty")}</p>
            </Empty>
          </Page>
        ) : (
          children(value)
        )
      }
    </Show>
  );
}

/** The page. */
export function Overview(): JSX.Element {
  return <WithChoices>{(choices) => <OverviewOf choices={choices} />}</WithChoices>;
}
