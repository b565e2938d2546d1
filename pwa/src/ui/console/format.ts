// Numbers, dates and times of the console, by the language in use and the programme's zone.
import type { Ago } from "../../domain/console/gaps";
import { kindOf, months } from "../../domain/console/periods";
import type { IndicatorCell, Unit } from "../../generated/contract";
import { date, locale, number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { session } from "./session";

/** An instant in the programme's zone. */
export function instant(at: string): string {
  const zone = session.value?.tz;
  return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short", ...(zone === undefined ? {} : { timeZone: zone }) }).format(new Date(at));
}

/** A calendar date with its year. */
export function day(value: string): string {
  return date(value, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
}

/** Items as the language strings them together, without an "and": they are facts side by side. */
export function list(items: readonly string[]): string {
  return items.join(t("list_separator"));
}

/** How long ago, short: `4 min`. */
export function agoText({ value, unit }: Ago): string {
  if (unit === "minute" && value === 0) return t("just_now");
  return new Intl.NumberFormat(locale.value, { style: "unit", unit, unitDisplay: unit === "day" ? "long" : "short" }).format(value);
}

/** A share from 0 to 1. */
export function percent(share: number, signed = false): string {
  return new Intl.NumberFormat(locale.value, { style: "percent", maximumFractionDigits: 0, ...(signed ? { signDisplay: "exceptZero" } : {}) }).format(share);
}

/** A published value in its unit. */
export function figure(value: number, unit: Unit): string {
  if (unit === "share") return percent(value);
  return unit === "ratio" ? new Intl.NumberFormat(locale.value, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value) : number(value);
}

/** What a cell shows: its figure, `<10`, or the word for why there is none. */
export function cellText(cell: IndicatorCell | undefined, unit: Unit): string {
  if (cell === undefined) return t("no_figure");
  if (cell.value !== null && cell.value !== undefined) return figure(cell.value, unit);
  if (cell.display !== "") return cell.display;
  return cell.flag === null || cell.flag === undefined ? t("no_figure") : t(`flag_${cell.flag}`);
}

/** A period in words: `June 2026`, `April to June 2026`, `2026`. */
export function periodText(period: string): string {
  const kind = kindOf(period);
  if (kind === "year") return period;
  const { first, last } = months(period);
  const options = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  const format = new Intl.DateTimeFormat(locale.value, options);
  const start = new Date(`${first}-01T00:00:00Z`);
  return kind === "month" ? format.format(start) : t("quarter", { q: period.slice(-1), months: format.formatRange(start, new Date(`${last}-01T00:00:00Z`)) });
}

/** A month for the axis of a chart: `Jun`, and `Jan 26` where a year begins. */
export function monthMark(period: string, first: boolean): string {
  const start = `${months(period).first}-01`;
  return date(start, first || start.slice(5, 7) === "01" ? { month: "short", year: "2-digit" } : { month: "short" });
}
