// One field of a record as an input, by its description. A row of a list is a small form of its own.
import type { JSX } from "preact";
import { ownPath } from "../../domain/console/checks";
import { ENUMS } from "../../domain/console/enums";
import type { FieldSpec } from "../../domain/console/fields";
import { codesOf, freshRow, isShown, measuredQuantity, rowOf, rowsOf, textOf, withTest, type Draft, type Setting } from "../../domain/console/form";
import type { FieldError, WorkerView } from "../../generated/contract";
import { label, number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { Tick } from "../console/inputs";
import { entriesOf, enumText, fieldLabel, type Names } from "../console/names";
import { fieldText } from "../console/problem";
import { Button } from "../kit/Button";
import { Field, Select } from "../kit/Field";

/** What every input needs to know. */
export interface Around {
  names: Names;
  workers: readonly WorkerView[];
  setting: Setting;
  errors: readonly FieldError[];
}

type Named = readonly { code: string; label: Readonly<Record<string, string>>; retired?: boolean }[];
type Options = readonly (readonly [value: string, text: string])[];

interface Props {
  field: FieldSpec;
  /** All fields of the record or row. */
  fields: readonly FieldSpec[];
  draft: Draft;
  /** Path of the record or row, with its dot; empty for the record. */
  at: string;
  around: Around;
  set: (change: Draft) => void;
}

/** Choices of a catalogue list: what is offered now, and what the record says. */
export function choices(entries: Named, current: readonly string[]): [string, string][] {
  const found = entries.filter((entry) => entry.retired !== true || current.includes(entry.code)).map((entry): [string, string] => [entry.code, label(entry.label)]);
  for (const code of current) if (code !== "" && !entries.some((entry) => entry.code === code)) found.push([code, code]);
  return found;
}

/** Words for what is wrong with a field, if anything; `within` takes those of its parts too. */
export function errorAt(errors: readonly FieldError[], path: string, within = false): string | undefined {
  const found = errors.find((error) => {
    const own = ownPath(error.path);
    return own === path || (within && (own.startsWith(`${path}[`) || own.startsWith(`${path}.`)));
  });
  return found === undefined ? undefined : fieldText(found);
}

function optionsOf({ field, draft, around }: Props): Options {
  const now = textOf(draft, field.name);
  if (field.type === "enum") return ENUMS[field.of].map((value) => [value, enumText(field.of, value)] as const);
  if (field.type === "worker") return peers(around, [now]);
  if (field.type !== "code") return [];
  const entries = entriesOf(around.names.catalogue, field.of);
  return choices(field.naloxone === true ? entries.filter((entry) => around.setting.naloxone.has(entry.code)) : entries, [now]);
}

/** Peer workers of the team who are here, and whoever the record names. */
function peers({ workers, names }: Around, current: readonly string[]): [string, string][] {
  const here = workers.filter((worker) => current.includes(worker.id) || (worker.role === "peer" && worker.status !== "left")).map((worker): [string, string] => [worker.id, worker.handle]);
  const others = current.filter((id) => id !== "" && !here.some(([known]) => known === id)).map((id): [string, string] => [id, names.handles.get(id) ?? id]);
  return [...here, ...others];
}

function Chosen(props: Props): JSX.Element {
  const { field, draft, at, around, set } = props;
  const options = optionsOf(props);
  return (
    <Select
      label={fieldLabel(field)}
      value={textOf(draft, field.name)}
      options={field.optional === true ? [["", t("not_stated")], ...options] : options}
      error={errorAt(around.errors, at + field.name)}
      onChoose={(value) => set({ [field.name]: value })}
    />
  );
}

function Ticked({ field, draft, at, around, set }: Props): JSX.Element {
  const ticked = codesOf(draft, field.name);
  const options = field.type === "codes" ? choices(entriesOf(around.names.catalogue, field.of), ticked) : peers(around, ticked).filter(([id]) => id !== textOf(draft, "worker"));
  const error = errorAt(around.errors, at + field.name, true);
  return (
    <fieldset class="group">
      <legend>{fieldLabel(field)}</legend>
      {options.length === 0 && <p class="muted">{t("list_empty")}</p>}
      <div class="ticks">
        {options.map(([code, words]) => (
          <Tick key={code} label={words} checked={ticked.includes(code)} onChange={(on) => set({ [field.name]: on ? [...ticked, code] : ticked.filter((one) => one !== code) })} />
        ))}
      </div>
      {error !== undefined && (
        <small class="error" role="alert">
          {error}
        </small>
      )}
    </fieldset>
  );
}

/** What was measured; the quantity follows from it. */
function MeasuredInput({ field, draft, at, around, set }: Props): JSX.Element {
  const row = rowOf(draft, field.name);
  const change = (name: string) => (typed: string) => set({ [field.name]: { ...row, [name]: typed } });
  return (
    <div class="pair wide">
      <Field label={t("measured_value")} value={textOf(row, "value")} inputMode="decimal" onText={change("value")} error={errorAt(around.errors, at + field.name, true)} hint={t("measured_help")} />
      <Field label={t("measured_unit")} value={textOf(row, "unit")} maxLength={16} onText={change("unit")} />
      <Field label={t("measured_factor")} value={textOf(row, "factor")} inputMode="decimal" onText={change("factor")} />
    </div>
  );
}

function Shown({ name, children }: { name: string; children: string }): JSX.Element {
  return (
    <p>
      <strong>{name}</strong>
      <br />
      {children}
    </p>
  );
}

const INPUTS = { date: "date", time: "time", clock: "datetime-local" } as const;

function Typed({ field, fields, draft, at, around, set }: Props): JSX.Element {
  const measured = field.type === "number" && field.name === "quantity" ? measuredQuantity(fields, draft) : undefined;
  if (measured !== undefined) return <Shown name={fieldLabel(field)}>{t("quantity_measured", { quantity: number(measured) })}</Shown>;
  const common = { label: fieldLabel(field), value: textOf(draft, field.name), onText: (typed: string) => set({ [field.name]: typed }), error: errorAt(around.errors, at + field.name) };
  switch (field.type) {
    case "date":
      return <Field {...common} type="date" {...(field.future === true ? {} : { max: around.setting.today })} />;
    case "time":
    case "clock":
      return <Field {...common} type={INPUTS[field.type]} />;
    case "number":
      return <Field {...common} inputMode="numeric" maxLength={String(field.most).length} />;
    case "money":
      return <Field {...common} inputMode="decimal" maxLength={12} />;
    default:
      return <Field {...common} {...(field.type === "text" ? { maxLength: field.most } : {})} />;
  }
}

/** One answer for each test that the programme asks about. */
function Answers({ field, draft, around, set }: Props): JSX.Element | null {
  const { catalogue } = around.names;
  const rows = rowsOf(draft, field.name);
  const asked = catalogue.services.filter((service) => (catalogue.pad.tests ?? []).includes(service.code));
  const kinds = choices(asked, rows.map((row) => textOf(row, "kind")));
  if (kinds.length === 0) return null;
  return (
    <fieldset class="group">
      <legend>{fieldLabel(field)}</legend>
      <div class="pair">
        {kinds.map(([kind, words]) => (
          <Select
            key={kind}
            label={words}
            value={textOf(rows.find((row) => row["kind"] === kind) ?? {}, "result")}
            options={[["", t("not_stated")], ...ENUMS.test.map((result) => [result, t(`test_${result}`)] as const)]}
            onChoose={(result) => set({ [field.name]: withTest(rows, kind, result) })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** The fields of a row or of a record, side by side; a list takes a line of its own. */
export function Inputs(props: Omit<Props, "field">): JSX.Element {
  const shown = props.fields.filter((field) => isShown(field, props.draft, props.around.setting.naloxone) && (field.type !== "clock" || props.around.setting.offset !== undefined));
  return (
    <div class="pair">
      {shown.map((field) => (
        <FieldInput key={field.name} {...props} field={field} />
      ))}
    </div>
  );
}

interface RowsProps extends Props {
  field: FieldSpec & { type: "rows" };
}

function Rows({ field, draft, at, around, set }: RowsProps): JSX.Element {
  const rows = rowsOf(draft, field.name);
  const put = (next: readonly Draft[]): void => set({ [field.name]: next });
  const error = errorAt(around.errors, at + field.name);
  return (
    <fieldset class="group">
      <legend>{fieldLabel(field)}</legend>
      {rows.map((row, n) => (
        <div class="row-box" key={n} role="group" aria-label={t(`row_${field.row}`, { n: n + 1 })}>
          <Inputs fields={field.of} draft={row} at={`${at}${field.name}[${n}].`} around={around} set={(change) => put(rows.map((old, i) => (i === n ? { ...old, ...change } : old)))} />
          <Button icon="bin" onClick={() => put(rows.filter((_, i) => i !== n))}>
            {t("take_out")}
          </Button>
        </div>
      ))}
      {error !== undefined && (
        <small class="error" role="alert">
          {error}
        </small>
      )}
      <div>
        <Button icon="plus" onClick={() => put([...rows, freshRow(field.of, around.names.catalogue)])}>
          {t(`add_${field.row}`)}
        </Button>
      </div>
    </fieldset>
  );
}

/** The input of a field. */
export function FieldInput(props: Props): JSX.Element | null {
  const { field, draft } = props;
  switch (field.type) {
    case "enum":
    case "code":
    case "worker":
      return <Chosen {...props} />;
    case "codes":
    case "workers":
      return <Ticked {...props} />;
    case "measured":
      return <MeasuredInput {...props} />;
    case "answers":
      return <Answers {...props} />;
    case "rows":
      return <Rows {...props} field={field} />;
    case "one":
      return (
        <Inputs fields={field.of} draft={rowOf(draft, field.name)} at={`${props.at}${field.name}.`} around={props.around} set={(change) => props.set({ [field.name]: { ...rowOf(draft, field.name), ...change } })} />
      );
    case "fixed":
      return textOf(draft, field.name) === "" ? null : <Shown name={fieldLabel(field)}>{textOf(draft, field.name)}</Shown>;
    default:
      return <Typed {...props} />;
  }
}
