// Names of codes: those of the catalogue by its labels, those of the contract by the texts. A code without a name shows itself.
import type { Catalogue, Contact, Line, RecordView } from "../../generated/contract";
import { label, number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import type { FieldName } from "../../domain/console/correction";
import { day, list } from "./format";

type Named = readonly { code: string; label: Readonly<Record<string, string>> }[];

/** The label of a code in a list of the catalogue. */
export function named(entries: Named, code: string): string {
  const found = entries.find((entry) => entry.code === code);
  return found === undefined ? code : label(found.label);
}

/** A quantity of an item: `10 × Syringe 1 ml`. */
export function lineText(catalogue: Catalogue, line: Line): string {
  return t("times", { n: line.quantity, name: named(catalogue.items, line.item) });
}

/** A line with how a return was found and why naloxone was given. */
function lineDetail(catalogue: Catalogue, line: Line): string {
  const notes: string[] = [];
  if (line.direction === "in") notes.push(t("direction_in"));
  if (line.method !== null && line.method !== undefined) notes.push(t(`method_${line.method}`));
  if (line.measured !== null && line.measured !== undefined) {
    notes.push(t("measured", { value: line.measured.value, unit: line.measured.unit, factor: line.measured.factor }));
  }
  if (line.reason !== null && line.reason !== undefined) notes.push(t(`naloxone_${line.reason}`));
  return notes.length === 0 ? lineText(catalogue, line) : t("with_note", { what: lineText(catalogue, line), note: list(notes) });
}

/** Who was met, short: `Woman, 25–34, returning`. */
export function whoText(catalogue: Catalogue, contact: Contact): string {
  const gender = contact.gender === "unknown" ? t("gender_unknown") : named(catalogue.genders, contact.gender);
  const age = contact.age_band === "unknown" ? t("age_unknown") : named(catalogue.age_bands, contact.age_band);
  return list([gender, age, t(`returning_${contact.returning}`)]);
}

/** What happened, short: what was given, what came back, referrals. */
export function whatText(catalogue: Catalogue, contact: Contact): string {
  const lines = contact.lines ?? [];
  const out = lines.filter((line) => line.direction === "out").map((line) => lineText(catalogue, line));
  const back = lines.filter((line) => line.direction === "in").reduce((sum, line) => sum + line.quantity, 0);
  const referrals = (contact.referrals ?? []).map((referral) => named(catalogue.services, referral.service));
  const parts = [...out];
  if (back > 0) parts.push(t("back", { n: back }));
  if (referrals.length > 0) parts.push(t("referred_to", { what: list(referrals) }));
  return parts.length === 0 ? t("nothing_given") : list(parts);
}

/** One field of a contact in words. */
export function fieldValue(catalogue: Catalogue, contact: Contact, field: FieldName, handles: ReadonlyMap<string, string>): string {
  const some = (items: string[]): string => (items.length === 0 ? t("none") : list(items));
  const texts: Record<FieldName, () => string> = {
    worker: () => handles.get(contact.worker) ?? contact.worker,
    service_date: () => day(contact.service_date),
    site: () => named(catalogue.sites, contact.site),
    mode: () => t(`mode_${contact.mode}`),
    setting: () => t(`setting_${contact.setting}`),
    gender: () => named(catalogue.genders, contact.gender),
    age_band: () => named(catalogue.age_bands, contact.age_band),
    returning: () => t(`returning_${contact.returning}`),
    injects: () => t(`injects_${contact.injects}`),
    for_others: () => number(contact.for_others ?? 0),
    lines: () => some((contact.lines ?? []).map((line) => lineDetail(catalogue, line))),
    referrals: () =>
      some(
        (contact.referrals ?? []).map((one) =>
          t("with_note", {
            what: named(catalogue.services, one.service),
            note: list([t(`way_${one.way}`), t(`status_${one.status}`), ...(typeof one.slip === "string" ? [t("slip", { slip: one.slip })] : [])]),
          }),
        ),
      ),
    topics: () => some((contact.topics ?? []).map((code) => named(catalogue.topics, code))),
    unmet: () => some((contact.unmet ?? []).map((code) => named(catalogue.items, code))),
    tests: () => some((contact.tests ?? []).map((one) => t("with_note", { what: named(catalogue.services, one.kind), note: t(`test_${one.result}`) }))),
  };
  return texts[field]();
}

/** Whether there is a client code. */
export function codeText(record: RecordView, contact: Contact): string {
  if (record.has_code) return t("code_kept");
  return contact.code_refused === true ? t("code_refused") : t("code_none");
}
