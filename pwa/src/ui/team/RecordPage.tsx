// One record of any kind with all its fields, and the ways to correct or remove it.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { fieldsOf, naloxoneItems } from "../../domain/console/fields";
import { draftOf, isShown } from "../../domain/console/form";
import { ICON_OF } from "../../domain/console/summary";
import type { RecordView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { ApiError, api } from "../../sync/console-api";
import { instant } from "../console/format";
import { Reason } from "../console/inputs";
import { useSend } from "../console/load";
import { clockText, codeOf, fieldLabel, fieldValue, whenText } from "../console/names";
import { Confirm, Page } from "../console/Page";
import { Trouble, wordsFor } from "../console/problem";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Icon } from "../kit/Icon";
import { CorrectForm } from "./CorrectForm";
import type { Setup } from "./setup";

interface Props {
  record: RecordView;
  setup: Setup;
  onBack: () => void;
  onChanged: (record: RecordView) => void;
}

/** The fields of a record in words, with those that its own answers rule out left out. */
function factsOf(record: RecordView, setup: Setup): [string, string][] {
  const { kind, body } = record.record;
  const draft = draftOf(record.record);
  const names = { ...setup, handles: new Map([...setup.handles, [body.worker, record.handle]]) };
  const fields = fieldsOf(kind).filter((field) => isShown(field, draft, naloxoneItems(setup.catalogue)));
  const rows = fields.map((field): [string, string] => [fieldLabel(field), fieldValue(names, field, body)]);
  const code = codeOf(record);
  if (code !== undefined) rows.push([t("field_code"), code]);
  if (body.captured != null) rows.push([t("field_captured"), clockText(body.captured)]);
  rows.push([t("field_received"), instant(record.received_at)]);
  rows.push([t("field_version"), t("version_by", { n: record.rev, author: record.author })]);
  return rows;
}

function Facts({ record, setup }: { record: RecordView; setup: Setup }): JSX.Element {
  return (
    <dl class="facts">
      {factsOf(record, setup).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Remove({ record, onNo, onDone }: { record: RecordView; onNo: () => void; onDone: (record: RecordView) => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const sending = useSend();
  const long = Array.from(reason.trim()).length >= 3;
  const submit = async (): Promise<void> => {
    await sending.send(async () => onDone(await api.remove(record.id, { rev: record.rev, reason: reason.trim() })));
  };
  const stale = sending.error instanceof ApiError && sending.error.status === 409;
  return (
    <Confirm title={t("remove_title")} yes={t("remove_yes")} busy={sending.busy} disabled={!long || stale} onYes={() => void submit()} onNo={onNo}>
      <p>{t("remove_help")}</p>
      {stale ? <Banner kind="warn">{t("remove_conflict")}</Banner> : sending.error !== undefined && <Trouble error={sending.error} />}
      <Reason value={reason} onText={setReason} hint={t("reason_help")} />
    </Confirm>
  );
}

/** The page of a record. */
export function RecordPage({ record, setup, onBack, onChanged }: Props): JSX.Element {
  const [mode, setMode] = useState<"read" | "correct" | "remove">("read");
  const [said, setSaid] = useState("");
  const done = (next: RecordView): void => {
    onChanged(next);
    setMode("read");
    setSaid(next.void ? t("said_removed") : t("said_corrected"));
  };
  if (mode === "correct") return <CorrectForm record={record} setup={setup} onCancel={() => setMode("read")} onSaved={done} />;
  return (
    <Page
      title={t("record_title", { date: whenText(record.record), handle: record.handle })}
      actions={
        <Button icon="back" onClick={onBack}>
          {t("to_records")}
        </Button>
      }
    >
      <div class="form">
        <p class="record-kind">
          <Icon name={ICON_OF[record.record.kind]} />
          <strong>{t(`kind_${record.record.kind}`)}</strong>
        </p>
        {said !== "" && <Banner kind="good">{said}</Banner>}
        {record.void && <Banner kind="info">{t("record_removed")}</Banner>}
        {record.conflict && <Banner kind="warn">{t("record_conflict")}</Banner>}
        {record.warnings.map((warning) => (
          <Banner kind="warn" key={warning}>
            {wordsFor("warning", warning) ?? warning}
          </Banner>
        ))}
        <Facts record={record} setup={setup} />
        <div class="actions">
          <Button look="primary" onClick={() => setMode("correct")}>
            {t("correct")}
          </Button>
          {!record.void && (
            <Button look="danger" icon="bin" onClick={() => setMode("remove")}>
              {t("remove")}
            </Button>
          )}
        </div>
      </div>
      {mode === "remove" && <Remove record={record} onNo={() => setMode("read")} onDone={done} />}
    </Page>
  );
}
