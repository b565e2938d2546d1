// A whole record of any kind as a form with the reason for what is done: what correcting a record and taking one that waits have in common.
import { useRef } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { homeless, ownPath } from "../../domain/console/checks";
import { COMMON, fieldsOf, ownFields, type FieldSpec, type Kind } from "../../domain/console/fields";
import { isShown, type Draft, type Setting } from "../../domain/console/form";
import type { FieldError } from "../../generated/contract";
import { t } from "../../i18n/console";
import { list } from "../console/format";
import { Reason } from "../console/inputs";
import { fieldLabel } from "../console/names";
import { fieldText, wordsFor } from "../console/problem";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { FieldInput, Inputs, errorAt, type Around } from "./FieldInput";
import type { Setup } from "./setup";

/** How many fields are wrong, and what no field of the form can show. */
function Wrong({ fields, errors }: { fields: readonly FieldSpec[]; errors: readonly FieldError[] }): JSX.Element {
  const others = homeless(fields, errors);
  return (
    <Banner kind="danger">
      <p>{t("form_errors", { n: errors.length })}</p>
      {others.length > 0 && (
        <ul>
          {others.map((error) => (
            <li key={error.path + error.code}>{t("held_field", { field: wordsFor("field", ownPath(error.path)) ?? ownPath(error.path), what: fieldText(error) })}</li>
          ))}
        </ul>
      )}
    </Banner>
  );
}

const LISTS: readonly FieldSpec["type"][] = ["codes", "workers", "rows", "answers"];

/** When and where, what it is, and a frame for every list. */
function Fields({ kind, code, draft, around, set }: { kind: Kind; code: string | undefined; draft: Draft; around: Around; set: (change: Draft) => void }): JSX.Element {
  const own = ownFields(kind);
  const single = own.filter((field) => !LISTS.includes(field.type));
  const lists = own.filter((field) => LISTS.includes(field.type) && isShown(field, draft, around.setting.naloxone));
  const all = fieldsOf(kind);
  const common = all.slice(0, COMMON.length);
  return (
    <>
      <fieldset class="group">
        <legend>{t("group_where")}</legend>
        <Inputs fields={common} draft={draft} at="" around={around} set={set} />
      </fieldset>
      {single.length > 0 && (
        <fieldset class="group">
          <legend>{kind === "contact" ? t("group_who") : t(`kind_${kind}`)}</legend>
          <Inputs fields={single} draft={draft} at="" around={around} set={set} />
          {code !== undefined && (
            <p>
              <strong>{t("field_code")}</strong>
              <br />
              {code}
            </p>
          )}
        </fieldset>
      )}
      {lists.map((field) => (
        <FieldInput key={field.name} field={field} fields={all} draft={draft} at="" around={around} set={set} />
      ))}
    </>
  );
}

interface Props {
  kind: Kind;
  setup: Setup;
  setting: Setting;
  /** What is said of a client code, if there is something to say. */
  code: string | undefined;
  draft: Draft;
  onDraft: (draft: Draft) => void;
  reason: string;
  onReason: (reason: string) => void;
  errors: readonly FieldError[];
  /** Fields that differ from what was. */
  changes: readonly FieldSpec[];
  busy: boolean;
  save: string;
  onSubmit: () => Promise<void>;
  onCancel: () => void;
  /** What is said above the fields. */
  children?: ComponentChildren;
}

/** The form. */
export function RecordForm(props: Props): JSX.Element {
  const { kind, setup, setting, draft, errors, changes, busy } = props;
  const top = useRef<HTMLDivElement>(null);
  const around: Around = { names: setup, workers: setup.workers, setting, errors };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void props.onSubmit().then(() => top.current?.scrollIntoView({ block: "nearest" }));
      }}
    >
      <div ref={top}>
        {props.children}
        {errors.length > 0 && <Wrong fields={fieldsOf(kind)} errors={errors} />}
      </div>
      <Fields kind={kind} code={props.code} draft={draft} around={around} set={(change) => props.onDraft({ ...draft, ...change })} />
      {changes.length > 0 && <p role="status">{t("will_change", { fields: list(changes.map(fieldLabel)) })}</p>}
      <Reason value={props.reason} onText={props.onReason} hint={t("reason_help")} error={errorAt(errors, "reason")} />
      <div class="actions">
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? t("sending") : props.save}
        </Button>
        <Button onClick={props.onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
