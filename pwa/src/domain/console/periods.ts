// Published periods in their short forms: a month 2026-06, a quarter 2026-Q2, a year 2026.

/** Length of a period. */
export type PeriodKind = "month" | "quarter" | "year";

/** Which length a period has, by its form. */
export function kindOf(period: string): PeriodKind {
  if (/^\d{4}-Q[1-4]$/u.test(period)) return "quarter";
  return /^\d{4}-\d{2}$/u.test(period) ? "month" : "year";
}

function year(period: string): number {
  return Number(period.slice(0, 4));
}

const two = (n: number): string => String(n).padStart(2, "0");

/** First and last month of a period, as `2026-04`. */
export function months(period: string): { first: string; last: string } {
  const kind = kindOf(period);
  if (kind === "month") return { first: period, last: period };
  if (kind === "year") return { first: `${period}-01`, last: `${period}-12` };
  const quarter = Number(period.slice(-1));
  return { first: `${year(period)}-${two(quarter * 3 - 2)}`, last: `${year(period)}-${two(quarter * 3)}` };
}

/** Whether a month lies in a period. */
export function holds(period: string, month: string): boolean {
  const { first, last } = months(period);
  return month >= first && month <= last;
}

/** Every month of a period. */
export function monthsOf(period: string): string[] {
  const { first, last } = months(period);
  const from = Number(first.slice(5, 7));
  return Array.from({ length: Number(last.slice(5, 7)) - from + 1 }, (_, n) => `${first.slice(0, 4)}-${two(from + n)}`);
}

/**
 * The period before, if figures may be compared with it: published, with every month, and later than the first month
 * of all, which rarely is a whole one.
 */
export function comparable(period: string, published: readonly string[]): string | undefined {
  const earlier = before(period);
  const known = new Set(published);
  const first = published.filter((one) => kindOf(one) === "month").sort()[0];
  const whole = monthsOf(earlier).every((month) => known.has(month) && month !== first);
  return known.has(earlier) && whole ? earlier : undefined;
}

/** The period of the same length just before. */
export function before(period: string): string {
  const kind = kindOf(period);
  if (kind === "year") return String(year(period) - 1);
  const n = Number(period.slice(kind === "month" ? 5 : 6));
  const count = kind === "month" ? 12 : 4;
  const [y, m] = n === 1 ? [year(period) - 1, count] : [year(period), n - 1];
  return kind === "month" ? `${y}-${two(m)}` : `${y}-Q${m}`;
}

/** The quarter that a month lies in. */
export function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
}
