// A whole record of any kind as a form, with the reason for the correction. When the record moved on in the meantime, the
// form says what changed and keeps what was typed.
import { useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { homeless, ownPath, problemsOf } from "../../domain/console/checks";
import { COMMON, fieldsOf, ownFields, type FieldSpec } from "../../domain/console/fields";
import { changed, correctionOf, draftOf, isShown, rebased, recordOf, settingOf, type Draft } from "../../domain/console/form";
import type { FieldError, RecordView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { ApiError, api } from "../../sync/console-api";
import { list } from "../console/format";
import { Reason } from "../console/inputs";
import { useSend } from "../console/load";
import { codeOf, fieldLabel, fieldValue } from "../console/names";
import { Page } from "../console/Page";
import { Trouble, fieldErrors, fieldText, wordsFor } from "../console/problem";
import { useUnsaved } from "../console/router";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { FieldInput, Inputs, errorAt, type Around } from "./FieldInput";
import { findRecord } from "./find";
import type { Setup } from "./setup";

interface Props {
  record: RecordView;
  setup: Setup;
  onCancel: () => void;
  onSaved: (record: RecordView) => void;
}

/** What somebody else changed since the form was opened. */
function Moved({ fields, latest, setup, onTake }: { fields: FieldSpec[]; latest: RecordView; setup: Setup; onTake: () => void }): JSX.Element {
  return (
    <Banner kind="warn">
      <p>
        <strong>{t("moved_title", { author: latest.author })}</strong>
      </p>
      {latest.void && <p>{t("moved_removed")}</p>}
      {fields.length > 0 && (
        <ul>
          {fields.map((field) => (
            <li key={field.name}>{t("moved_field", { field: fieldLabel(field), value: fieldValue(setup, field, latest.record.body) })}</li>
          ))}
        </ul>
      )}
      <p>{t("moved_help")}</p>
      <Button onClick={onTake}>{t("moved_take")}</Button>
    </Banner>
  );
}

function useCorrection({ record, setup, onSaved }: Props) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(record.record));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [latest, setLatest] = useState<RecordView | undefined>(undefined);
  const [moved, setMoved] = useState<FieldSpec[]>([]);
  const sending = useSend();
  const base = latest ?? record;
  const { version } = setup.catalogue;
  const setting = settingOf(base.record, setup.catalogue, session.value?.today ?? "9999-12-31");
  const fields = changed(base.record, recordOf(base.record, draft, version, setting));
  const wrong = problemsOf(fieldsOf(base.record.kind), draft, reason, setting);
  useUnsaved((fields.length > 0 || reason !== "") && !sending.busy);
  const catchUp = async (): Promise<void> => {
    const now = await findRecord(record.id, record.record.body.service_date);
    if (now === undefined) return;
    setMoved(changed(base.record, now.record));
    setDraft(rebased(base.record, now.record, draft, version, setting));
    setLatest(now);
  };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (wrong.length > 0 || (fields.length === 0 && !base.void)) return;
    let corrected: RecordView | undefined;
    await sending.send(async () => {
      try {
        corrected = await api.correct(record.id, correctionOf(base.record, draft, version, setting, base.rev, reason));
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) await catchUp();
        throw error;
      }
    });
    if (corrected !== undefined) onSaved(corrected);
  };
  const errors = tried ? [...wrong, ...fieldErrors(sending.error)] : [];
  const nothing = tried && fields.length === 0 && !base.void;
  return { draft, setDraft, reason, setReason, latest, moved, sending, setting, fields, errors, nothing, submit };
}

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
function Fields({ record, draft, around, set }: { record: RecordView; draft: Draft; around: Around; set: (change: Draft) => void }): JSX.Element {
  const { kind } = record.record;
  const own = ownFields(kind);
  const single = own.filter((field) => !LISTS.includes(field.type));
  const lists = own.filter((field) => LISTS.includes(field.type) && isShown(field, draft, around.setting.naloxone));
  const all = fieldsOf(kind);
  const code = codeOf(record);
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

/** The form. */
export function CorrectForm(props: Props): JSX.Element {
  const { record, setup, onCancel } = props;
  const form = useCorrection(props);
  const top = useRef<HTMLDivElement>(null);
  const { draft, errors, sending, latest } = form;
  const around: Around = { names: setup, workers: setup.workers, setting: form.setting, errors };
  const conflict = sending.error instanceof ApiError && sending.error.status === 409 && latest !== undefined;
  const take = (): void => {
    if (latest !== undefined) form.setDraft(draftOf(latest.record));
    sending.clear();
  };
  return (
    <Page title={t("correct_title")} under={t("correct_under", { kind: t(`kind_${record.record.kind}`), handle: record.handle })}>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit().then(() => top.current?.scrollIntoView({ block: "nearest" }));
        }}
      >
        <div ref={top}>
          {conflict ? (
            <Moved fields={form.moved} latest={latest} setup={setup} onTake={take} />
          ) : (
            sending.error !== undefined && <Trouble error={sending.error} />
          )}
          {errors.length > 0 && <Wrong fields={fieldsOf(record.record.kind)} errors={errors} />}
          {form.nothing && <Banner kind="info">{t("nothing_changed")}</Banner>}
        </div>
        <Fields record={record} draft={draft} around={around} set={(change) => form.setDraft({ ...draft, ...change })} />
        {form.fields.length > 0 && <p role="status">{t("will_change", { fields: list(form.fields.map(fieldLabel)) })}</p>}
        <Reason value={form.reason} onText={form.setReason} hint={t("reason_help")} error={errorAt(errors, "reason")} />
        <div class="actions">
          <Button type="submit" look="primary" disabled={sending.busy}>
            {sending.busy ? t("sending") : t("save_correction")}
          </Button>
          <Button onClick={onCancel}>{t("cancel")}</Button>
        </div>
      </form>
    </Page>
  );
}
