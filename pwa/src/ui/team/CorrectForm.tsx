// Corrects a record. When it moved on in the meantime, the form says what changed and keeps what was typed.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { problemsOf } from "../../domain/console/checks";
import { fieldsOf, type FieldSpec } from "../../domain/console/fields";
import { changed, correctionOf, draftOf, rebased, recordOf, settingOf, type Draft } from "../../domain/console/form";
import type { RecordView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { ApiError, api } from "../../sync/console-api";
import { useSend } from "../console/load";
import { codeOf, fieldLabel, fieldValue } from "../console/names";
import { Page } from "../console/Page";
import { Trouble, fieldErrors } from "../console/problem";
import { useUnsaved } from "../console/router";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { findRecord } from "./find";
import { RecordForm } from "./RecordForm";
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

/** The form. */
export function CorrectForm(props: Props): JSX.Element {
  const { record, setup, onCancel } = props;
  const form = useCorrection(props);
  const { sending, latest } = form;
  const conflict = sending.error instanceof ApiError && sending.error.status === 409 && latest !== undefined;
  const take = (): void => {
    if (latest !== undefined) form.setDraft(draftOf(latest.record));
    sending.clear();
  };
  return (
    <Page title={t("correct_title")} under={t("correct_under", { kind: t(`kind_${record.record.kind}`), handle: record.handle })}>
      <RecordForm
        kind={record.record.kind}
        setup={setup}
        setting={form.setting}
        code={codeOf(record)}
        draft={form.draft}
        onDraft={form.setDraft}
        reason={form.reason}
        onReason={form.setReason}
        errors={form.errors}
        changes={form.fields}
        busy={sending.busy}
        save={t("save_correction")}
        onSubmit={form.submit}
        onCancel={onCancel}
      >
        {conflict ? (
          <Moved fields={form.moved} latest={latest} setup={setup} onTake={take} />
        ) : (
          sending.error !== undefined && <Trouble error={sending.error} />
        )}
        {form.nothing && <Banner kind="info">{t("nothing_changed")}</Banner>}
      </RecordForm>
    </Page>
  );
}
