// States a record in the place of one that waits: the correction form, filled with what the phone sent.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { problemsOf } from "../../domain/console/checks";
import { fieldsOf } from "../../domain/console/fields";
import { changed, draftOf, recordOf, settingOf, type Draft } from "../../domain/console/form";
import type { QuarantineDetail, RecordBody } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { useSend } from "../console/load";
import { Page } from "../console/Page";
import { Trouble, fieldErrors } from "../console/problem";
import { useUnsaved } from "../console/router";
import { session } from "../console/session";
import { RecordForm } from "./RecordForm";
import type { Setup } from "./setup";

interface Props {
  detail: QuarantineDetail;
  /** What could be read of it. */
  record: RecordBody;
  setup: Setup;
  onCancel: () => void;
  onSaved: () => void;
}

/** The form. What did not pass is marked from the start, until something is tried. */
export function RepairForm({ detail, record, setup, onCancel, onSaved }: Props): JSX.Element {
  const [draft, setDraft] = useState<Draft>(() => draftOf(record));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const sending = useSend();
  const setting = settingOf(record, setup.catalogue, session.value?.today ?? "9999-12-31");
  const stated = recordOf(record, draft, setup.catalogue.version, setting);
  const changes = changed(record, stated);
  const wrong = problemsOf(fieldsOf(record.kind), draft, reason, setting);
  useUnsaved((changes.length > 0 || reason !== "") && !sending.busy);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (wrong.length > 0) return;
    if (await sending.send(() => api.repair(detail.op, { record: stated, reason: reason.trim() }))) onSaved();
  };
  return (
    <Page title={t("repair_title")} under={t("correct_under", { kind: t(`kind_${record.kind}`), handle: detail.op.handle ?? t("quarantine_nobody") })}>
      <RecordForm
        kind={record.kind}
        setup={setup}
        setting={setting}
        code={record.kind === "contact" ? t("held_code") : undefined}
        draft={draft}
        onDraft={setDraft}
        reason={reason}
        onReason={setReason}
        errors={tried ? [...wrong, ...fieldErrors(sending.error)] : detail.errors}
        changes={changes}
        busy={sending.busy}
        save={t("repair")}
        onSubmit={submit}
        onCancel={onCancel}
      >
        {sending.error !== undefined && <Trouble error={sending.error} />}
      </RecordForm>
    </Page>
  );
}
