// One record of any kind with all its fields, and the ways to correct or remove it.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { ICON_OF } from "../../domain/console/summary";
import type { RecordView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { instant } from "../console/format";
import { clockText, codeOf, whenText } from "../console/names";
import { Page } from "../console/Page";
import { wordsFor } from "../console/problem";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Icon } from "../kit/Icon";
import { CorrectForm } from "./CorrectForm";
import { Decide } from "./Decide";
import { Facts, fieldFacts, type Fact } from "./Facts";
import { Questions } from "./Questions";
import type { Setup } from "./setup";

interface Props {
  record: RecordView;
  setup: Setup;
  onBack: () => void;
  onChanged: (record: RecordView) => void;
}

function factsOf(record: RecordView, setup: Setup): Fact[] {
  const { captured } = record.record.body;
  const rows = fieldFacts(record.record, setup, record.handle);
  const code = codeOf(record);
  if (code !== undefined) rows.push([t("field_code"), code]);
  if (captured != null) rows.push([t("field_captured"), clockText(captured)]);
  rows.push([t("field_received"), instant(record.received_at)]);
  rows.push([t("field_version"), t("version_by", { n: record.rev, author: record.author })]);
  return rows;
}

function Remove({ record, onNo, onDone }: { record: RecordView; onNo: () => void; onDone: (record: RecordView) => void }): JSX.Element {
  return (
    <Decide
      title={t("remove_title")}
      yes={t("remove_yes")}
      moved={t("remove_conflict")}
      onYes={async (reason) => onDone(await api.remove(record.id, { rev: record.rev, reason }))}
      onNo={onNo}
    >
      <p>{t("remove_help")}</p>
    </Decide>
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
        <Facts facts={factsOf(record, setup)} />
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
      <Questions record={record} />
      {mode === "remove" && <Remove record={record} onNo={() => setMode("read")} onDone={done} />}
    </Page>
  );
}
