// Rules of the field, the same as shared/src/validation.rs and held to it by the corpus. Hard rules give errors, soft ones
// warnings that a tap confirms. Deliberately absent: any comparison of returns with distribution.
import { CONSTANTS, type Catalogue, type Contact, type FieldError, type Line, type Measured } from "../generated/contract";
import { normalise } from "./client-code";
import { addDays } from "./dates";
import { measuredQuantity } from "./measured";
import { isSlip } from "./slip";

/** Stable names of the soft warnings. */
export type Warning = "many_syringes_out" | "many_syringes_in" | "many_naloxone" | "old_date";

/** The soft warning about two records: the same once more, perhaps by mistake. */
export const SAME_AS_LAST = "same_as_last";

/** Notes an error. */
export type Report = (path: string, code: string) => void;

/** Notes a number that is out of its range. */
export function range(report: Report, path: string, value: number | undefined, min: number, max: number): void {
  if (value !== undefined && !(value >= min && value <= max)) report(path, "range");
}

/** Notes a list that is too long. */
export function atMost(report: Report, path: string, list: readonly unknown[], max: number): void {
  if (list.length > max) report(path, "length");
}

function checkLimits(contact: Contact, report: Report): void {
  range(report, "catalogue", contact.catalogue, 1, 1_000_000);
  range(report, "captured.offset_minutes", contact.captured?.offset_minutes, -840, 840);
  range(report, "for_others", contact.for_others, 0, 99);
  atMost(report, "topics", contact.topics ?? [], 40);
  atMost(report, "unmet", contact.unmet ?? [], 40);
  atMost(report, "lines", contact.lines ?? [], 80);
  atMost(report, "referrals", contact.referrals ?? [], 20);
  atMost(report, "tests", contact.tests ?? [], 20);
  for (const [n, line] of (contact.lines ?? []).entries()) checkLineLimits(n, line, report);
}

/** Limits of what was measured. */
export function checkMeasured(path: string, measured: Measured | null | undefined, report: Report): void {
  if (measured == null) return;
  range(report, `${path}.value`, measured.value, 0, 100_000);
  range(report, `${path}.factor`, measured.factor, 0, 100_000);
  const length = [...measured.unit].length;
  if (length < 1 || length > 16) report(`${path}.unit`, "length");
}

/** Limits of a line's numbers and texts. */
export function checkLineLimits(n: number, { quantity, measured }: Line, report: Report): void {
  range(report, `lines[${n}].quantity`, quantity, 1, 100_000);
  checkMeasured(`lines[${n}].measured`, measured, report);
}

/** Rules of a line. */
export function checkLine(n: number, line: Line, catalogue: Catalogue, report: Report): void {
  const item = catalogue.items.find((one) => one.code === line.item);
  const method = line.method ?? undefined;
  if (item === undefined) report(`lines[${n}].item`, "unknown_code");
  if ((method !== undefined) !== (line.direction === "in")) report(`lines[${n}].method`, method === undefined ? "required" : "not_allowed");
  if ((line.reason ?? undefined) !== undefined && item !== undefined && (item.doses_per_unit ?? 0) === 0) {
    report(`lines[${n}].reason`, "not_allowed");
  }
  const measured = line.measured ?? undefined;
  if (measured === undefined) return;
  if (method !== "container" && method !== "weighed") report(`lines[${n}].measured`, "not_allowed");
  else if (measuredQuantity(measured.value, measured.factor) !== line.quantity) report(`lines[${n}].quantity`, "not_as_measured");
}

function checkCode(contact: Contact, report: Report): void {
  if (typeof contact.code === "string") return;
  if ([...contact.code.set].length > 64) report("code", "length");
  else if (normalise(contact.code.set) === undefined) report("code", "too_short");
}

/** Errors in the order that both sides give them. */
export function sorted(errors: FieldError[]): FieldError[] {
  return errors.sort((a, b) => compare(a.path, b.path) || compare(a.code, b.code));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Every hard rule of a contact. `latest` is the last service date that is taken: today in the form. */
export function checkContact(contact: Contact, catalogue: Catalogue, latest: string): FieldError[] {
  const errors: FieldError[] = [];
  const report: Report = (path, code) => errors.push({ path, code });
  const known = (list: readonly { code: string }[], code: string, path: string): void => {
    if (!list.some((entry) => entry.code === code)) report(path, "unknown_code");
  };
  checkLimits(contact, report);
  known(catalogue.sites, contact.site, "site");
  known(catalogue.genders, contact.gender, "gender");
  known(catalogue.age_bands, contact.age_band, "age_band");
  for (const [n, topic] of (contact.topics ?? []).entries()) known(catalogue.topics, topic, `topics[${n}]`);
  for (const [n, item] of (contact.unmet ?? []).entries()) known(catalogue.items, item, `unmet[${n}]`);
  for (const [n, line] of (contact.lines ?? []).entries()) checkLine(n, line, catalogue, report);
  for (const [n, referral] of (contact.referrals ?? []).entries()) {
    known(catalogue.services, referral.service, `referrals[${n}].service`);
    if (referral.provider != null) known(catalogue.providers, referral.provider, `referrals[${n}].provider`);
    if (referral.slip != null && !isSlip(referral.slip)) report(`referrals[${n}].slip`, "check");
  }
  for (const [n, test] of (contact.tests ?? []).entries()) known(catalogue.services, test.kind, `tests[${n}].kind`);
  checkCode(contact, report);
  if (contact.service_date > latest) report("service_date", "future");
  return sorted(errors);
}

const TO_THE_MINUTE = "2026-06-09T20:00".length;

/** What of a contact is compared with the next one: worker, minute and lines. Nothing else of it is remembered. */
export function likeness({ worker, captured, lines }: Contact): string {
  return JSON.stringify([worker, captured?.local.slice(0, TO_THE_MINUTE), (lines ?? []).map((line) => JSON.stringify(line)).sort()]);
}

/** Soft warnings that need no other record. */
export function contactWarnings(contact: Contact, catalogue: Catalogue, today: string): Warning[] {
  let [out, back, naloxone] = [0, 0, 0];
  for (const line of contact.lines ?? []) {
    const item = catalogue.items.find((one) => one.code === line.item);
    if (item === undefined) continue;
    const syringes = line.quantity * (item.syringes_per_unit ?? 0);
    if (line.direction === "in") back += syringes;
    else {
      out += syringes;
      if ((item.doses_per_unit ?? 0) > 0) naloxone += line.quantity;
    }
  }
  const warnings: Warning[] = [];
  if (out > CONSTANTS.WARN_SYRINGES_OUT) warnings.push("many_syringes_out");
  if (back > CONSTANTS.WARN_SYRINGES_IN) warnings.push("many_syringes_in");
  if (naloxone > CONSTANTS.WARN_NALOXONE) warnings.push("many_naloxone");
  if (contact.service_date < addDays(today, -CONSTANTS.WARN_DAYS_OLD)) warnings.push("old_date");
  return warnings;
}
