// One record with all its fields, and the ways to correct or remove it.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { FIELDS } from "../../domain/console/correction";
import type { RecordView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { ApiError, api } from "../../sync/console-api";
import { day, instant } from "../console/format";
import { Reason } from "../console/inputs";
import { useSend } from "../console/load";
import { codeText, fieldValue, named } from "../console/names";
import { Confirm, Page } from "../console/Page";
import { Trouble, wordsFor } from "../console/problem";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { CorrectForm } from "./CorrectForm";
import type { Setup } from "./Records";

interface Props {
  record: RecordView;
  setup: Setup;
  onBack: () => void;
  onChanged: (record: RecordView) => void;
}

/** The fields of a record in words; what every kind has, where the kind has no words of its own. */
function factsOf(record: RecordView, setup: Setup): [string, string][] {
  const { kind, body } = record.record;
  if (kind !== "contact") {
    return [
      [t("field_worker"), record.handle],
      [t("field_service_date"), day(body.service_date)],
      [t("field_site"), named(setup.catalogue.sites, body.site)],
      [t("field_mode"), t(`mode_${body.mode}`)],
      [t("field_setting"), t(`setting_${body.setting}`)],
    ];
  }
  const handles = new Map([...setup.handles, [body.worker, record.handle]]);
  return [...FIELDS.map((field): [string, string] => [t(`field_${field}`), fieldValue(setup.catalogue, body, field, handles)]), [t("field_code"), codeText(record, body)]];
}

function Facts({ record, setup }: { record: RecordView; setup: Setup }): JSX.Element {
  const { captured } = record.record.body;
  const rows = factsOf(record, setup);
  if (captured !== null && captured !== undefined) rows.push([t("field_captured"), captured.local.replace("T", " ")]);
  rows.push([t("field_received"), instant(record.received_at)]);
  rows.push([t("field_version"), t("version_by", { n: record.rev, author: record.author })]);
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
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
  if (mode === "correct" && record.record.kind === "contact") return <CorrectForm record={record} contact={record.record.body} setup={setup} onCancel={() => setMode("read")} onSaved={done} />;
  return (
    <Page
      title={t("record_title", { date: day(record.record.body.service_date), handle: record.handle })}
      actions={
        <Button icon="back" onClick={onBack}>
          {t("to_records")}
        </Button>
      }
    >
      <div class="form">
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
          {record.record.kind === "contact" && (
            <Button look="primary" onClick={() => setMode("correct")}>
              {t("correct")}
            </Button>
          )}
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
