// Service dates: calendar dates in the programme's zone, whatever zone the phone is set to.

const DAY_LENGTH = "2026-06-09".length;

const PARTS: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  calendar: "gregory",
  numberingSystem: "latn",
};

/** The wall clock `2026-06-09T21:14` of an instant in a zone; UTC where the phone does not know the zone. */
export function wallIn(zone: string, now: number): string {
  let parts: Intl.DateTimeFormatPart[];
  try {
    parts = new Intl.DateTimeFormat("en-CA", { ...PARTS, timeZone: zone }).formatToParts(now);
  } catch {
    parts = new Intl.DateTimeFormat("en-CA", { ...PARTS, timeZone: "UTC" }).formatToParts(now);
  }
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** The date `2026-06-09` of an instant in a zone. */
export function dayIn(zone: string, now: number): string {
  return wallIn(zone, now).slice(0, DAY_LENGTH);
}

/** The date some days later or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The beginning of an instant's UTC day: as much as the store keeps of when something was sent or asked, as ids do. A phone that has network
 * sends a record at once, so that an exact time would say when somebody was met.
 */
export function utcDay(now: number): number {
  return now - (now % 86_400_000);
}

/** Monday of the ISO week that holds a date. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** The phone's own wall clock, with minutes east of UTC, as a record keeps it. */
export function wallClock(now: number, offsetMinutes: number): { local: string; offset_minutes: number } {
  return { local: new Date(now + offsetMinutes * 60_000).toISOString().slice(0, 19), offset_minutes: offsetMinutes };
}

/** The instant of a wall clock that was kept. */
export function instantOf({ local, offset_minutes }: { local: string; offset_minutes: number }): number {
  return Date.parse(`${local}Z`) - offset_minutes * 60_000;
}
