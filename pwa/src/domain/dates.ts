// Service dates: calendar dates in the programme's zone, whatever zone the phone is set to.

/** The date `2026-06-09` of an instant in a zone; UTC where the phone does not know the zone. */
export function dayIn(zone: string, now: number): string {
  const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "2-digit", day: "2-digit", calendar: "gregory", numberingSystem: "latn" };
  let parts: Intl.DateTimeFormatPart[];
  try {
    parts = new Intl.DateTimeFormat("en-CA", { ...options, timeZone: zone }).formatToParts(now);
  } catch {
    parts = new Intl.DateTimeFormat("en-CA", { ...options, timeZone: "UTC" }).formatToParts(now);
  }
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** The date some days later or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
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
