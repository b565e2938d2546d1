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

/** The chart. */
export function Bars({ title, bars, now, format }: BarsProps): JSX.Element {
  const tall = heights(bars);
  return (
    <table class="bars">
      <caption>{title}</caption>
      <thead>
        <tr>
          {bars.map(({ day }) => (
            <th key={day} scope="col" aria-current={day === now ? "date" : undefined}>
              {date(day, format)}
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
