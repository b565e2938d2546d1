// What is wrong with a record that is being corrected, by the rules that its description states.
import type { FieldError } from "../../generated/contract";
import type { FieldSpec } from "./fields";
import { codesOf, isShown, measuredQuantity, rowOf, rowsOf, text, textOf, type Draft, type Setting } from "./form";

const whole = (typed: string, least: number, most: number): boolean => {
  const n = Number(typed);
  return /^\d+$/u.test(typed.trim()) && n >= least && n <= most;
};

/** What is wrong with one field, as endings of its path with codes. */
function faults(fields: readonly FieldSpec[], field: FieldSpec, draft: Draft, setting: Setting): [ending: string, code: string][] {
  const typed = textOf(draft, field.name).trim();
  switch (field.type) {
    case "number": {
      const measured = field.name === "quantity" ? measuredQuantity(fields, draft) : undefined;
      const fits = measured === undefined ? whole(typed, field.least, field.most) : measured >= field.least && measured <= field.most;
      return fits ? [] : [["", "range"]];
    }
    case "money":
      return /^\d+([.,]\d{1,2})?$/u.test(typed) && Number(typed.replace(",", ".")) > 0 ? [] : [["", "range"]];
    case "text":
      return typed.length >= field.least && typed.length <= field.most ? [] : [["", "length"]];
    case "date":
      if (typed === "") return field.optional === true ? [] : [["", "required"]];
      return field.future !== true && typed > setting.today ? [["", "future"]] : [];
    case "codes":
      return codesOf(draft, field.name).length < (field.least ?? 0) ? [["", "required"]] : [];
    case "rows": {
      const rows = rowsOf(draft, field.name);
      const inner = rows.flatMap((row, n) => faultsOfAll(field.of, row, setting).map(({ path, code }): [string, string] => [`[${n}].${path}`, code]));
      return rows.length < (field.least ?? 0) ? [["", "required"]] : inner;
    }
    case "one":
      return faultsOfAll(field.of, rowOf(draft, field.name), setting).map(({ path, code }) => [`.${path}`, code]);
    case "measured": {
      const { value, unit, factor } = rowOf(draft, field.name);
      const half = (text(value).trim() === "") !== (text(factor).trim() === "");
      return half || (text(value).trim() !== "" && text(unit).trim() === "") ? [["", "required"]] : [];
    }
    default:
      return field.optional !== true && ["enum", "code", "worker"].includes(field.type) && typed === "" ? [["", "required"]] : [];
  }
}

function faultsOfAll(fields: readonly FieldSpec[], draft: Draft, setting: Setting): FieldError[] {
  const shown = fields.filter((field) => isShown(field, draft, setting.naloxone));
  return shown.flatMap((field) => faults(fields, field, draft, setting).map(([ending, code]) => ({ path: field.name + ending, code })));
}

/** What a form must refuse, with the same paths and codes as the server. */
export function problemsOf(fields: readonly FieldSpec[], draft: Draft, reason: string, setting: Setting): FieldError[] {
  const length = Array.from(reason.trim()).length;
  return [...faultsOfAll(fields, draft, setting), ...(length < 3 || length > 200 ? [{ path: "reason", code: "length" }] : [])];
}

/** Paths as the form knows them: the server's begin with the record. */
export function ownPath(path: string): string {
  return path.replace(/^record\.(?:body\.)?/u, "");
}

/** Errors that no field of the form shows, by the first part of their path. */
export function homeless(fields: readonly FieldSpec[], errors: readonly FieldError[]): FieldError[] {
  const names = [...fields.map((field) => field.name), "reason"];
  return errors.filter((error) => !names.includes(ownPath(error.path).split(/[.[]/u)[0] ?? ""));
}
