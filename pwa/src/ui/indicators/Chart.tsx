// Bars, drawn as SVG by attributes alone, always beside the table of what they draw. A hidden month has no bar, only its mark.
import type { JSX } from "preact";
import { holds } from "../../domain/console/periods";
import { part, ticks } from "../../domain/console/scale";
import type { IndicatorDefinition, TrendPoint } from "../../generated/contract";
import { t } from "../../i18n/console";
import { cellText, figure, monthMark, periodText } from "../console/format";
import { Scroll, wide } from "../console/Page";
import { CellText } from "./Figure";
import { nameOf } from "./words";

/** A bar in a row of a table. */
export function Bar({ value, greatest }: { value: number | null | undefined; greatest: number }): JSX.Element {
  return (
    <svg class="cell-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="bar-ink" width={part(value ?? 0, greatest) * 100} height="10" />
    </svg>
  );
}

/** The drawing's box: about as many units as there are pixels, so that its letters have the size of the page's. */
interface Box {
  width: number;
  height: number;
}

const LEFT = 64;
const TOP = 12;
const BOTTOM = 28;
/** A few months should not look like a wall. */
const WIDEST = 72;

const plot = (box: Box): Box => ({ width: box.width - LEFT, height: box.height - TOP - BOTTOM });

function Axis({ box, marks, definition }: { box: Box; marks: number[]; definition: IndicatorDefinition }): JSX.Element {
  const top = marks[marks.length - 1] ?? 1;
  return (
    <>
      {marks.map((mark) => {
        const y = TOP + plot(box).height * (1 - mark / top);
        return (
          <g key={mark}>
            <line class="grid-line" x1={LEFT} x2={box.width} y1={y} y2={y} />
            <text class="axis" x={LEFT - 8} y={y + 4} text-anchor="end">
              {figure(mark, definition.unit)}
            </text>
          </g>
        );
      })}
    </>
  );
}

function Bars({ box, points, top, definition, period }: { box: Box; points: TrendPoint[]; top: number; definition: IndicatorDefinition; period: string }): JSX.Element {
  const { width, height: full } = plot(box);
  const step = width / points.length;
  const bar = Math.min(step * 0.7, WIDEST);
  const every = Math.ceil((points.length * 56) / width);
  return (
    <>
      {points.map((point, n) => {
        const height = part(point.cell.value ?? 0, top) * full;
        const x = LEFT + n * step;
        const hidden = point.cell.value === null || point.cell.value === undefined;
        return (
          <g key={point.period}>
            <rect class={holds(period, point.period) ? "bar-ink now" : "bar-ink"} x={x + (step - bar) / 2} width={bar} y={TOP + full - height} height={height} />
            {hidden && (
              <text class="axis" x={x + step / 2} y={TOP + full - 6} text-anchor="middle">
                {point.cell.flag === "below_threshold" ? cellText(point.cell, definition.unit) : "·"}
              </text>
            )}
            {n % every === 0 && (
              <text class="axis" x={x + step / 2} y={box.height - 8} text-anchor="middle">
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
  const box: Box = wide.value ? { width: 640, height: 260 } : { width: 340, height: 220 };
  return (
    <section class="part">
      <h2>{t("by_month")}</h2>
      <figure class="chart" dir="ltr">
        <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t("chart_label", { name: nameOf(definition) })}>
          <Axis box={box} marks={marks} definition={definition} />
          <Bars box={box} points={points} top={top} definition={definition} period={period} />
        </svg>
      </figure>
      <Scroll label={t("chart_table", { name: nameOf(definition) })}>
        <table class="months">
          <thead>
            <tr>
              <th scope="col">{t("cut_month")}</th>
              <th scope="col" class="number">
                {nameOf(definition)}
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
