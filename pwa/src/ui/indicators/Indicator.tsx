// One indicator on one page: how many, of whom, where, is it rising; with its definition and how complete it is.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { change, groupsOf, partsOf, tooSmall, totalOf } from "../../domain/console/figures";
import { comparable, kindOf } from "../../domain/console/periods";
import type { Breakdown, IndicatorChoices, IndicatorDefinition, IndicatorTable } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api, type TableChoice } from "../../sync/console-api";
import { percent, periodText } from "../console/format";
import { Show, useLoad } from "../console/load";
import { Empty, Page, Scroll, wide } from "../console/Page";
import { Link, query } from "../console/router";
import { Button } from "../kit/Button";
import { Bar, TrendChart } from "./Chart";
import { Completeness, Pickers, Takeaways, TakeawaysBelow, TooSmall, addressOf, groupCodes, groupName, placeName, readChoice } from "./choice";
import { CellText, Notes, hasValue } from "./Figure";
import { WithChoices, useTables } from "./Overview";
import { nameOf, said } from "./words";
import "./indicators.css";

function Definition({ definition }: { definition: IndicatorDefinition }): JSX.Element {
  const [open, setOpen] = useState(false);
  const rows: [string, string][] = [
    [definition.denominator === null || definition.denominator === undefined ? t("formula") : t("numerator"), said(definition.formula)],
    ...(typeof definition.denominator === "string" ? [[t("denominator"), said(definition.denominator)] as [string, string]] : []),
    [t("standard"), said(definition.standard)],
    [t("protection"), said(definition.protection)],
    [t("number_in_list"), definition.number],
  ];
  return (
    <div class="definition">
      <Button class="no-print" onClick={() => setOpen(!open)} aria-expanded={open}>
        {t("definition")}
      </Button>
      <dl class={open ? "facts" : "facts closed"}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The same figure a period earlier, where the two can be compared. */
function useEarlier(choices: IndicatorChoices, choice: TableChoice, indicator: string) {
  const period = comparable(
    choice.period,
    choices.releases.map((release) => release.period),
  );
  return useLoad(async () => {
    if (period === undefined) return undefined;
    const cell = totalOf(await api.indicators({ period, site: choice.site, by: "" }), indicator);
    return cell?.value ?? undefined;
  }, [period ?? "", choice.site, indicator]);
}

function Headline({ table, definition, choices, choice }: { table: IndicatorTable; definition: IndicatorDefinition; choices: IndicatorChoices; choice: TableChoice }): JSX.Element {
  const cell = totalOf(table, definition.id);
  const earlier = useEarlier(choices, choice, definition.id);
  const countable = definition.unit === "count" || definition.unit === "quantity";
  const moved = countable ? change(cell?.value, earlier.value) : undefined;
  return (
    <>
      <p class={hasValue(cell) ? "headline-big" : "headline-big word"}>
        <CellText cell={cell} unit={definition.unit} />
      </p>
      <p class="muted">
        {periodText(choice.period)} · {placeName(choices, choice.site)}
        {moved !== undefined && <strong class="moved"> · {t(`change_${kindOf(choice.period)}`, { change: percent(moved, true) })}</strong>}
      </p>
      {!hasValue(cell) && <p>{cell?.flag === null || cell?.flag === undefined ? t("why_no_figure") : t(`why_${cell.flag}`)}</p>}
    </>
  );
}

function BreakdownTable({ table, totals, definition, choices }: { table: IndicatorTable; totals: IndicatorTable; definition: IndicatorDefinition; choices: IndicatorChoices }): JSX.Element {
  const by = table.by as Breakdown;
  const cells = groupsOf(table, definition.id);
  const contacts = definition.id === "contacts" ? undefined : groupsOf(table, "contacts");
  const greatest = Math.max(0, ...[...cells.values()].map((cell) => cell.value ?? 0));
  return (
    <section class="part">
      <h2>{t(`by_${by}`)}</h2>
      <Scroll label={t(`by_${by}`)}>
        <table class="breakdown">
          <thead>
            <tr>
              <th scope="col">{t(`cut_${by}`)}</th>
              <th scope="col" class="number">
                {nameOf(definition)}
              </th>
              {contacts !== undefined && (
                <th scope="col" class="number">
                  {t("column_contacts")}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {groupCodes(choices, by).map((code) => (
              <tr key={code}>
                <th scope="row">
                  {groupName(choices, by, code)}
                  <Bar value={cells.get(code)?.value} greatest={greatest} />
                </th>
                <td class="number strong">
                  <CellText cell={cells.get(code)} unit={definition.unit} />
                </td>
                {contacts !== undefined && (
                  <td class="number">
                    <CellText cell={contacts.get(code)} unit="count" />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("all")}</th>
              <td class="number">
                <CellText cell={totalOf(totals, definition.id)} unit={definition.unit} />
              </td>
              {contacts !== undefined && (
                <td class="number">
                  <CellText cell={totalOf(totals, "contacts")} unit="count" />
                </td>
              )}
            </tr>
          </tfoot>
        </table>
      </Scroll>
    </section>
  );
}

function PartsTable({ table, definition, choice }: { table: IndicatorTable; definition: IndicatorDefinition; choice: TableChoice }): JSX.Element | null {
  const parts = partsOf(table, definition.id);
  const greatest = Math.max(0, ...parts.map((one) => totalOf(table, one.id)?.value ?? 0));
  if (parts.length === 0) return null;
  return (
    <section class="part">
      <h2>{t("parts")}</h2>
      <Scroll label={t("parts")}>
        <table class="breakdown">
          <tbody>
            {parts.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <Link to={addressOf("indicator", choice, one.id)}>{nameOf(one)}</Link>
                  <Bar value={totalOf(table, one.id)?.value} greatest={greatest} />
                </th>
                <td class="number strong">
                  <CellText cell={totalOf(table, one.id)} unit={one.unit} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function TrendPart({ definition, choice }: { definition: IndicatorDefinition; choice: TableChoice }): JSX.Element {
  const trend = useLoad(() => api.trend({ indicator: definition.id, site: choice.site }), [definition.id, choice.site]);
  return <Show of={trend}>{({ points }) => (points.length === 0 ? null : <TrendChart points={points} definition={definition} period={choice.period} />)}</Show>;
}

function IndicatorOf({ choices }: { choices: IndicatorChoices }): JSX.Element {
  const choice = readChoice(choices);
  const tables = useTables(choice);
  const definition = tables.value?.totals.indicators.find((one) => one.id === query("of"));
  return (
    <Page
      title={definition === undefined ? t("page_indicators") : nameOf(definition)}
      actions={
        <>
          <Link to={addressOf("indicators", choice)} class="button">
            {t("all_indicators")}
          </Link>
          {wide.value && <Takeaways choice={choice} />}
        </>
      }
    >
      <Pickers choices={choices} choice={choice} />
      <Show of={tables}>
        {({ totals, cut, choice: answered }) =>
          definition === undefined ? (
            <Empty icon="alert">
              <p>{t("indicator_unknown")}</p>
            </Empty>
          ) : (
            <div class="indicator">
              <div>
                <Headline key={definition.id + answered.period + answered.site} table={totals} definition={definition} choices={choices} choice={answered} />
                <Definition definition={definition} />
                <div class="part">
                  <Completeness release={totals.release} />
                </div>
                <TrendPart key={definition.id + answered.site} definition={definition} choice={answered} />
              </div>
              <div>
                {cut !== undefined && tooSmall(cut) && <TooSmall choices={choices} choice={answered} />}
                {cut === undefined ? <p class="muted no-print">{t("choose_cut")}</p> : <BreakdownTable table={cut} totals={totals} definition={definition} choices={choices} />}
                <PartsTable table={totals} definition={definition} choice={choice} />
                <Notes table={totals} shown={[...(cut?.cells ?? []), ...totals.cells].filter((cell) => cell.indicator.startsWith(definition.id) || cell.indicator === "contacts")} />
              </div>
            </div>
          )
        }
      </Show>
      {!wide.value && <TakeawaysBelow choice={choice} />}
    </Page>
  );
}

/** The page. */
export function Indicator(): JSX.Element {
  return <WithChoices>{(choices) => <IndicatorOf choices={choices} />}</WithChoices>;
}
