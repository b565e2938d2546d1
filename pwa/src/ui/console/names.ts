// Names of codes: those of the catalogue by its labels, those of the contract by the texts. A code without a name shows itself.
import type { EnumKey, EnumName } from "../../domain/console/enums";
import { type FieldSpec, labelOf, type ListName, type RowName } from "../../domain/console/fields";
import type { Part } from "../../domain/console/summary";
import type { Captured, Catalogue, Dose, Group, Line, Measured, RecordBody, RecordView, Referral, StockLine, TestAnswer } from "../../generated/contract";
import { label, locale, number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { day, list, periodText } from "./format";
import { wordsFor } from "./problem";

type Named = readonly { code: string; label: Readonly<Record<string, string>>; retired?: boolean }[];

/** What is needed to name things: the catalogue, and the handles of the workers by id. */
export interface Names {
  catalogue: Catalogue;
  handles: ReadonlyMap<string, string>;
}

/** The label of a code in a list of the catalogue. */
export function named(entries: Named, code: string): string {
  const found = entries.find((entry) => entry.code === code);
  return found === undefined ? code : label(found.label);
}

/** A list of the catalogue. */
export function entriesOf(catalogue: Catalogue, name: ListName): Named {
  return catalogue[name] ?? [];
}

/** The word for a value of a closed list; a value that a newer server has shows itself. */
export function enumText(of: EnumName, value: string): string {
  const key = `${of}_${value}` as EnumKey;
  const words = t(key);
  return words === key ? value : words;
}

/** The name of a field. */
export function fieldLabel(field: FieldSpec | string): string {
  const name = typeof field === "string" ? field : labelOf(field);
  return wordsFor("field", name) ?? name;
}

/** An amount of money, given in hundredths. */
export function moneyText(hundredths: number, currency: string): string {
  const amount = hundredths / 100;
  try {
    return new Intl.NumberFormat(locale.value, { style: "currency", currency, currencyDisplay: "code" }).format(amount);
  } catch {
    // What is no code of a currency is shown as it is.
    return t("times", { n: amount, name: currency });
  }
}

/** A quantity of an item: `10 × Syringe 1 ml`. */
function itemText({ catalogue }: Names, code: string, n: number): string {
  return t("times", { n, name: named(catalogue.items, code) });
}

function measuredText(measured: Measured): string {
  return t("measured", { value: measured.value, unit: measured.unit, factor: measured.factor });
}

const noted = (what: string, notes: string[]): string => (notes.length === 0 ? what : t("with_note", { what, note: list(notes) }));

/** A line with how a return was found and why naloxone was given. */
function lineText(names: Names, line: Line): string {
  const notes: string[] = [];
  if (line.direction === "in") notes.push(t("direction_in"));
  if (line.method != null) notes.push(t(`method_${line.method}`));
  if (line.measured != null) notes.push(measuredText(line.measured));
  if (line.reason != null) notes.push(t(`naloxone_${line.reason}`));
  return noted(itemText(names, line.item, line.quantity), notes);
}

function referralText({ catalogue }: Names, one: Referral): string {
  const provider = one.provider == null ? [] : [named(catalogue.providers, one.provider)];
  const slip = typeof one.slip === "string" ? [t("slip", { slip: one.slip })] : [];
  return noted(named(catalogue.services, one.service), [...provider, t(`way_${one.way}`), t(`status_${one.status}`), ...slip]);
}

/** Gender and age; what is not known is said so, because a bare "Unknown" would not say what. */
function codeText(catalogue: Catalogue, of: ListName, code: string): string {
  if (code === "unknown" && of === "genders") return t("gender_unknown");
  if (code === "unknown" && of === "age_bands") return t("age_unknown");
  return named(entriesOf(catalogue, of), code);
}

/** A row of a list field in words. */
function rowText(names: Names, row: RowName, value: unknown): string {
  const { catalogue } = names;
  switch (row) {
    case "line":
      return lineText(names, value as Line);
    case "referral":
      return referralText(names, value as Referral);
    case "group": {
      const group = value as Group;
      return t("times", { n: group.n, name: list([codeText(catalogue, "genders", group.gender), codeText(catalogue, "age_bands", group.age_band)]) });
    }
    case "dose":
      return t("doses_of", { n: (value as Dose).n, item: named(catalogue.items, (value as Dose).item) });
    case "stock":
      return itemText(names, (value as StockLine).item, (value as StockLine).quantity);
  }
}

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const some = (items: readonly string[]): string => (items.length === 0 ? t("none") : list(items));

/** A wall clock as it stood on the phone. */
export function clockText(captured: Captured): string {
  return captured.local.replace("T", " ").slice(0, 16);
}

/** One field of a record in words. */
export function fieldValue(names: Names, field: FieldSpec, body: object): string {
  const value = (body as Readonly<Record<string, unknown>>)[field.name];
  const handle = (id: unknown): string => names.handles.get(text(id)) ?? text(id);
  if (field.optional === true && value == null) return t("not_stated");
  switch (field.type) {
    case "enum":
      return enumText(field.of, text(value));
    case "code":
      return named(entriesOf(names.catalogue, field.of), text(value));
    case "codes":
      return some(array(value).map((code) => named(entriesOf(names.catalogue, field.of), text(code))));
    case "number":
      return number(Number(value ?? 0));
    case "money":
      return moneyText(Number(value), text((body as { currency?: string }).currency));
    case "date":
      return day(text(value));
    case "time":
      return text(value).slice(0, 5);
    case "clock":
      return clockText(value as Captured);
    case "worker":
      return handle(value);
    case "workers":
      return some(array(value).map(handle));
    case "measured":
      return measuredText(value as Measured);
    case "answers":
      return some((value as TestAnswer[] | undefined ?? []).map((one) => noted(named(names.catalogue.services, one.kind), [t(`test_${one.result}`)])));
    case "rows":
      return some(array(value).map((row) => rowText(names, field.row, row)));
    case "one":
      return rowText(names, field.row, value);
    default:
      return text(value);
  }
}

/** A part of a summary in words. */
export function partText(names: Names, part: Part): string {
  switch (part.is) {
    case "enum":
      return enumText(part.of, part.value);
    case "code":
      return codeText(names.catalogue, part.of, part.code);
    case "item":
      return itemText(names, part.code, part.n);
    case "count":
      return t(`counted_${part.of}`, { n: part.n });
    case "field":
      return t("field_is", { field: fieldLabel(part.label), value: partText(names, part.value) });
    case "to":
      return t("referred_to", { what: list(part.services.map((code) => named(names.catalogue.services, code))) });
    case "money":
      return moneyText(part.amount, part.currency);
    case "hours":
      return hoursText(part.from, part.until);
    case "due":
      return t("due_on", { date: day(part.day) });
    case "people":
      return t("together_with", { who: list(part.ids.map((id) => names.handles.get(id) ?? id)) });
    case "slip":
      return t("slip", { slip: part.slip });
    case "nothing":
      return t("nothing_given");
  }
}

/** Parts of a summary, strung together. */
export function partsText(names: Names, parts: readonly Part[]): string {
  return list(parts.map((part) => partText(names, part)));
}

/** Planned hours: `19:30–23:00`, and words where one end is open. */
export function hoursText(from: string | null | undefined, until: string | null | undefined): string {
  const [start, end] = [(from ?? "").slice(0, 5), (until ?? "").slice(0, 5)];
  if (start === "" && end === "") return t("hours_open");
  if (end === "") return t("hours_from", { from: start });
  return start === "" ? t("hours_until", { until: end }) : t("hours", { from: start, until: end });
}

/** The day of a record, or its month where no more is known. */
export function whenText({ kind, body }: RecordBody): string {
  return kind === "overdose" && body.precision === "month" ? periodText(body.service_date.slice(0, 7)) : day(body.service_date);
}

/** Whether there is a client code; of a contact only. */
export function codeOf(record: RecordView): string | undefined {
  if (record.record.kind !== "contact") return undefined;
  if (record.has_code) return t("code_kept");
  return record.record.body.code_refused === true ? t("code_refused") : t("code_none");
}
