// A small bar chart that is a table: what is drawn stands as figures under the bars, for every reader.
import type { JSX } from "preact";
import { heights, type DayBar } from "../../domain/bars";
import { date } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { figure } from "./words";

interface BarsProps {
  /** What is counted, over the bars. */
  title: string;
  bars: readonly DayBar[];
  /** The bar that is now. */
  now: string;
  /** How a date stands under its bar. */
  format: Intl.DateTimeFormatOptions;
}

/** Letters that fit under one of seven bars. */
const FIT = 4;

/** Short names of the dates; where a language has none that are short, the day of the month. */
function names(bars: readonly DayBar[], format: Intl.DateTimeFormatOptions): string[] {
  const wanted = bars.map(({ day }) => date(day, format));
  const fits = format.weekday === undefined || wanted.every((name) => [...name].length <= FIT);
  return fits ? wanted : bars.map(({ day }) => date(day, { day: "numeric" }));
}

/** The chart. */
export function Bars({ title, bars, now, format }: BarsProps): JSX.Element {
  const tall = heights(bars);
  const under = names(bars, format);
  return (
    <table class="bars">
      <caption>{title}</caption>
      <thead>
        <tr>
          {bars.map(({ day }, at) => (
            <th key={day} scope="col" abbr={date(day)} aria-current={day === now ? "date" : undefined}>
              {under[at]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {bars.map(({ day, n }, at) => (
            <td key={day}>
              <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class={day === now ? "bar-now" : undefined} width="10" y={100 - (tall[at] ?? 0)} height={tall[at] ?? 0} />
              </svg>
              <span class="figure">{n === undefined ? t("bar_none") : figure(n)}</span>
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}
