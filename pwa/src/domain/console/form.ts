// A record while it is being corrected: its fields as a form can hold them, what changed, and the body that is sent.
// A contact's form has no client code: a correction says `keep`, and the person stays who they were.
import type { Catalogue, Correction, RecordBody } from "../../generated/contract";
import { ENUMS } from "./enums";
import { fieldsOf, naloxoneItems, type FieldSpec } from "./fields";

/** What a form holds of a record or of a row, by field: texts as typed, codes that are ticked, rows. */
export interface Draft {
  [field: string]: Entry;
}

/** What a form holds of one field. */
export type Entry = string | readonly string[] | Draft | readonly Draft[];

/** An object of the contract, whose fields are read by their description. */
type Plain = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);
const objects = (value: unknown): readonly Plain[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** The text of a field. */
export function textOf(draft: Draft, name: string): string {
  const entry = draft[name];
  return typeof entry === "string" ? entry : "";
}

/** The codes ticked of a field. */
export function codesOf(draft: Draft, name: string): readonly string[] {
  const entry: unknown = draft[name];
  return Array.isArray(entry) ? entry.filter((one): one is string => typeof one === "string") : [];
}

/** The rows of a field. */
export function rowsOf(draft: Draft, name: string): readonly Draft[] {
  return objects(draft[name]) as readonly Draft[];
}

/** The one row of a field. */
export function rowOf(draft: Draft, name: string): Draft {
  const entry: unknown = draft[name];
  return isObject(entry) ? (entry as Draft) : {};
}

/** A value as it is typed. */
export const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** What a form holds of a value. */
function opened(field: FieldSpec, value: unknown): Entry {
  switch (field.type) {
    case "enum":
      return value === undefined || value === null ? (field.optional === true ? "" : (field.start ?? ENUMS[field.of][0] ?? "")) : text(value);
    case "number":
      return value === undefined ? (field.start ?? "") : text(value);
    case "money":
      return typeof value === "number" ? (value / 100).toFixed(2) : "";
    case "time":
      return text(value).slice(0, 5);
    case "clock":
      return isObject(value) ? text(value["local"]).slice(0, 16) : "";
    case "codes":
    case "workers":
      return Array.isArray(value) ? value.map(text) : [];
    case "rows":
      return objects(value).map((row) => openedAll(field.of, row));
    case "answers":
      return objects(value).map((row) => ({ kind: text(row["kind"]), result: text(row["result"]) }));
    case "one":
      return openedAll(field.of, isObject(value) ? value : {});
    case "measured": {
      const measured = isObject(value) ? value : {};
      return { value: text(measured["value"]), unit: text(measured["unit"] ?? "kg"), factor: text(measured["factor"]) };
    }
    default:
      return text(value);
  }
}

function openedAll(fields: readonly FieldSpec[], body: Plain): Draft {
  return Object.fromEntries(fields.map((field) => [field.name, opened(field, body[field.name])]));
}

/** Opens a record for correction. */
export function draftOf(record: RecordBody): Draft {
  return openedAll(fieldsOf(record.kind), record.body as unknown as Plain);
}

/** A new row of a list. */
export function freshRow(fields: readonly FieldSpec[], catalogue: Catalogue): Draft {
  const first = (field: FieldSpec): Entry => {
    if (field.type !== "code" || field.optional === true) return opened(field, undefined);
    if (field.start === "syringe") return catalogue.pad.syringe_item;
    const naloxone = naloxoneItems(catalogue);
    const list: readonly { code: string; retired?: boolean }[] = catalogue[field.of] ?? [];
    return list.find((one) => one.retired !== true && (field.naloxone !== true || naloxone.has(one.code)))?.code ?? "";
  };
  return Object.fromEntries(fields.map((field) => [field.name, first(field)]));
}

/** Whether a field is there: its conditions hold, and it is for the item of its row. */
export function isShown(field: FieldSpec, draft: Draft, naloxone: ReadonlySet<string>): boolean {
  if (field.naloxone === true && field.type !== "code" && !naloxone.has(textOf(draft, "item"))) return false;
  return (field.when ?? []).every(([name, ...values]) => values.includes(textOf(draft, name)));
}

/** Quantity that follows from what was measured, round half up; nothing while a number is missing. */
export function measuredQuantity(fields: readonly FieldSpec[], draft: Draft): number | undefined {
  const field = fields.find((one) => one.type === "measured");
  if (field === undefined || !isShown(field, draft, new Set())) return undefined;
  const [value, factor] = [textOf(rowOf(draft, field.name), "value"), textOf(rowOf(draft, field.name), "factor")];
  if (value.trim() === "" || factor.trim() === "") return undefined;
  const quantity = Math.floor(Number(value) * Number(factor) + 0.5);
  return Number.isFinite(quantity) ? quantity : undefined;
}

/** What the form needs to know beside what is typed. */
export interface Setting {
  naloxone: ReadonlySet<string>;
  today: string;
  /** Minutes east of UTC of a wall clock that is typed; without it none can be. */
  offset: number | undefined;
}

/** What a record and the catalogue say of it. */
export function settingOf(record: RecordBody, catalogue: Catalogue, today: string): Setting {
  const { body } = record;
  const clocks = record.kind === "shift" ? [record.body.check_in, record.body.check_out, body.captured] : [body.captured];
  return { naloxone: naloxoneItems(catalogue), today, offset: clocks.find((clock) => clock != null)?.offset_minutes };
}

/** A wall clock as it is sent: the one that was there keeps its seconds. */
function clockOf(typed: string, before: unknown, offset: number | undefined): Plain | undefined {
  if (isObject(before) && text(before["local"]).slice(0, 16) === typed) return before;
  if (typed === "" || offset === undefined) return undefined;
  return { local: `${typed}:00`, offset_minutes: offset };
}

/** What a field states; undefined leaves it out. */
function stated(field: FieldSpec, draft: Draft, before: unknown, setting: Setting): unknown {
  const typed = textOf(draft, field.name).trim();
  switch (field.type) {
    case "enum":
      return typed === "" ? undefined : field.numeric === true ? Number(typed) : typed;
    case "number":
      return Number(typed);
    case "money":
      return Math.round(Number(typed.replace(",", ".")) * 100);
    case "time":
      return typed === "" ? undefined : typed.length === 5 ? `${typed}:00` : typed;
    case "clock":
      return clockOf(typed, before, setting.offset);
    case "codes":
    case "workers":
      return codesOf(draft, field.name);
    case "rows":
      return rowsOf(draft, field.name).map((row) => statedAll(field.of, row, {}, setting));
    case "answers":
      return rowsOf(draft, field.name);
    case "one":
      return statedAll(field.of, rowOf(draft, field.name), {}, setting);
    case "measured": {
      const { value, unit, factor } = rowOf(draft, field.name);
      if (text(value).trim() === "" || text(factor).trim() === "") return undefined;
      return { value: Number(value), unit: text(unit).trim(), factor: Number(factor) };
    }
    default:
      return typed === "" ? undefined : typed;
  }
}

function statedAll(fields: readonly FieldSpec[], draft: Draft, before: Plain, setting: Setting): Plain {
  const shown = fields.filter((field) => isShown(field, draft, setting.naloxone));
  const said = shown.map((field) => [field.name, stated(field, draft, before[field.name], setting)] as const);
  const quantity = measuredQuantity(fields, draft);
  return Object.fromEntries([...said.filter(([, value]) => value !== undefined), ...(quantity === undefined ? [] : [["quantity", quantity] as const])]);
}

/** The record that the form states; what has no field stays. `catalogue` is the version whose names the form offered. */
export function recordOf(before: RecordBody, draft: Draft, catalogue: number, setting: Setting): RecordBody {
  const fields = fieldsOf(before.kind);
  const old = before.body as unknown as Plain;
  const kept = Object.fromEntries(Object.entries(old).filter(([name]) => !fields.some((field) => field.name === name)));
  const body = { ...kept, catalogue: Math.max(before.body.catalogue, catalogue), ...(before.kind === "contact" ? { code: "keep" } : {}), ...statedAll(fields, draft, old, setting) };
  return { kind: before.kind, body } as unknown as RecordBody;
}

/** The body of the correction. */
export function correctionOf(before: RecordBody, draft: Draft, catalogue: number, setting: Setting, rev: number, reason: string): Correction {
  return { rev, reason: reason.trim(), record: recordOf(before, draft, catalogue, setting) };
}

/** A value with its keys in order and absent, null and empty alike, so that only meaning is compared. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(plain);
  if (!isObject(value)) return value ?? undefined;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, plain(inner)]),
  );
}

/** Which fields differ between two versions of a record. */
export function changed(before: RecordBody, after: RecordBody): FieldSpec[] {
  const value = (record: RecordBody, field: FieldSpec): string | undefined => {
    const found = (record.body as unknown as Plain)[field.name];
    return JSON.stringify(plain(field.type === "number" ? (found ?? Number(field.start)) : found));
  };
  return fieldsOf(before.kind).filter((field) => value(before, field) !== value(after, field));
}

/** The form after somebody else changed the record: what was typed stays, everything else is as it is now. */
export function rebased(opened: RecordBody, latest: RecordBody, draft: Draft, catalogue: number, setting: Setting): Draft {
  const mine = changed(opened, recordOf(opened, draft, catalogue, setting));
  return { ...draftOf(latest), ...Object.fromEntries(mine.map((field) => [field.name, draft[field.name] ?? ""])) };
}

/** The answer about one test kind, set or taken away. */
export function withTest(tests: readonly Draft[], kind: string, result: string): Draft[] {
  const others = tests.filter((test) => test["kind"] !== kind);
  return result === "" ? others : [...others, { kind, result }];
}
