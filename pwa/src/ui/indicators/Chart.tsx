// Bars, drawn as SVG by attributes alone, always beside the table of what they draw. A hidden month has no bar, only its mark.
import type { JSX } from "preact";
import { holds } from "../../domain/console/periods";
import { part, ticks } from "../../domain/console/scale";
import type { IndicatorDefinition, TrendPoint } from "../../generated/contract";
import { t } from "../../i18n/console";
import { cellText, figure, monthMark, periodText } from "../console/format";
import { Scroll } from "../console/Page";
import { CellText } from "./Figure";

/** A bar in a row of a table. */
export function Bar({ value, greatest }: { value: number | null | undefined; greatest: number }): JSX.Element {
  return (
    <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="bar-ink" width={part(value ?? 0, greatest) * 100} height="10" />
    </svg>
  );
}

const WIDTH = 720;
const HEIGHT = 260;
const LEFT = 64;
const TOP = 12;
const BOTTOM = 28;
const PLOT = { width: WIDTH - LEFT, height: HEIGHT - TOP - BOTTOM };

function Axis({ marks, definition }: { marks: number[]; definition: IndicatorDefinition }): JSX.Element {
  const top = marks[marks.length - 1] ?? 1;
  return (
    <>
      {marks.map((mark) => {
        const y = TOP + PLOT.height * (1 - mark / top);
        return (
          <g key={mark}>
            <line class="grid-line" x1={LEFT} x2={WIDTH} y1={y} y2={y} />
            <text class="axis" x={LEFT - 8} y={y + 4} text-anchor="end">
              {figure(mark, definition.unit)}
            </text>
          </g>
        );
      })}
    </>
  );
}

function Bars({ points, top, definition, period }: { points: TrendPoint[]; top: number; definition: IndicatorDefinition; period: string }): JSX.Element {
  const step = PLOT.width / points.length;
  const every = Math.ceil(points.length / 12);
  return (
    <>
      {points.map((point, n) => {
        const height = part(point.cell.value ?? 0, top) * PLOT.height;
        const x = LEFT + n * step;
        const hidden = point.cell.value === null || point.cell.value === undefined;
        return (
          <g key={point.period}>
            <rect class={holds(period, point.period) ? "bar-ink now" : "bar-ink"} x={x + step * 0.15} width={step * 0.7} y={TOP + PLOT.height - height} height={height} />
            {hidden && (
              <text class="axis" x={x + step / 2} y={TOP + PLOT.height - 6} text-anchor="middle">
                {point.cell.flag === "below_threshold" ? cellText(point.cell, definition.unit) : "·"}
              </text>
            )}
            {n % every === 0 && (
              <text class="axis" x={x + step / 2} y={HEIGHT - 8} text-anchor="middle">
                {monthMark(point.period, n === 0)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** Months as bars, with their table. */
export function TrendChart({ points, definition, period }: { points: TrendPoint[]; definition: IndicatorDefinition; period: string }): JSX.Element {
  const greatest = Math.max(0, ...points.map((point) => point.cell.value ?? 0));
  const marks = ticks(greatest, definition.unit === "count" || definition.unit === "quantity");
  const top = marks[marks.length - 1] ?? 1;
  return (
    <section class="part">
      <h2>{t("by_month")}</h2>
      <figure class="chart" dir="ltr">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("chart_label", { name: definition.name })}>
          <Axis marks={marks} definition={definition} />
          <Bars points={points} top={top} definition={definition} period={period} />
        </svg>
      </figure>
      <Scroll label={t("chart_table", { name: definition.name })}>
        <table class="months">
          <thead>
            <tr>
              <th scope="col">{t("cut_month")}</th>
              <th scope="col" class="number">
                {definition.name}
              </th>
            </tr>
          </thead>
          <tbody>
            {[...points].reverse().map((point) => (
              <tr key={point.period}>
                <th scope="row">{periodText(point.period)}</th>
                <td class="number">
                  <CellText cell={point.cell} unit={definition.unit} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
