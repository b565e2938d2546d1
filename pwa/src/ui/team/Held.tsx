// One op that waits: why, what it says, what doesn't pass, and the three ways to deal with it. None of them deletes anything.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { ownPath } from "../../domain/console/checks";
import { ICON_OF } from "../../domain/console/summary";
import type { FieldError, QuarantineDetail, QuarantineView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api, type HeldKey } from "../../sync/console-api";
import { instant } from "../console/format";
import { Show, useLoad } from "../console/load";
import { clockText } from "../console/names";
import { Page } from "../console/Page";
import { fieldText, wordsFor } from "../console/problem";
import { Link } from "../console/router";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Icon } from "../kit/Icon";
import { Decide } from "./Decide";
import { Facts, fieldFacts, type Fact } from "./Facts";
import { RepairForm } from "./RepairForm";
import { loadSetup, type Setup } from "./setup";

const LIST = "/console/quarantine";

/** Whose it is, as far as that is known. */
export function whose(op: QuarantineView): string {
  return op.handle ?? t("quarantine_nobody");
}

/** Why it waits, in words. */
export function reasonText(op: QuarantineView): string {
  return wordsFor("held", op.reason) ?? t("held_other", { code: op.reason });
}

/** What to do about it, in words. */
export function nextText(op: QuarantineView): string {
  return wordsFor("next", op.reason) ?? t("next_other");
}

/** `lines[2].quantity` as the name of a field. */
function fieldName(path: string): string {
  const name = ownPath(path).split(/[.[]/u)[0] ?? path;
  return wordsFor("field", name) ?? path;
}

/** The fields that do not pass. */
export function Faults({ errors }: { errors: readonly FieldError[] }): JSX.Element {
  return (
    <ul>
      {errors.map((error) => (
        <li key={error.path + error.code}>{t("held_field", { field: fieldName(error.path), what: fieldText(error) })}</li>
      ))}
    </ul>
  );
}

/** The phone and its number, by which a worker finds the record in the phone's list. */
export function numberText(op: QuarantineView): string {
  return t("quarantine_number", { n: op.dseq, device: op.device.slice(-8) });
}

function factsOf({ op, record }: QuarantineDetail, setup: Setup): Fact[] {
  const known = record == null || setup.handles.has(record.body.worker);
  const rows = record == null ? [] : fieldFacts(record, setup, known ? undefined : (op.handle ?? undefined));
  if (record?.kind === "contact") rows.push([t("field_code"), t("held_code")]);
  if (record?.body.captured != null) rows.push([t("field_captured"), clockText(record.body.captured)]);
  rows.push([t("field_received"), instant(op.received_at)]);
  rows.push([t("field_phone"), numberText(op)]);
  return rows;
}

/** Why nothing of it is shown. */
function notSaid(detail: QuarantineDetail): string {
  if (detail.hidden) return t("held_hidden");
  return detail.void ? t("held_void") : t("held_unreadable_now");
}

/** What it says, or why that can't be shown. */
function Says({ detail, setup }: { detail: QuarantineDetail; setup: Setup }): JSX.Element {
  const { record } = detail;
  const kind = record?.kind;
  return (
    <>
      {kind !== undefined && (
        <p class="record-kind">
          <Icon name={ICON_OF[kind]} />
          <strong>{t(`kind_${kind}`)}</strong>
        </p>
      )}
      {record == null && <Banner kind="info">{notSaid(detail)}</Banner>}
      <Facts facts={factsOf(detail, setup)} />
    </>
  );
}

function Why({ detail }: { detail: QuarantineDetail }): JSX.Element {
  const { op, about, current_rev: current, errors, may_release: passes, may_repair: repairs, hidden } = detail;
  return (
    <>
      <Banner kind="warn">
        <p>
          <strong>{reasonText(op)}</strong>
        </p>
        {errors.length > 0 && <Faults errors={errors} />}
        <p>{nextText(op)}</p>
        {passes && <p>{t("held_passes")}</p>}
        {!repairs && !hidden && <p>{t("held_elsewhere")}</p>}
      </Banner>
      {current != null && (
        <p>
          {t("held_current", { n: current })}{" "}
          <Link to={`/console/records?open=${about}`} class="tap">
            {t("held_compare")}
          </Link>
        </p>
      )}
    </>
  );
}

type Decision = "release" | "discard";

function Dialog({ decision, op, onNo, onDone }: { decision: Decision; op: HeldKey; onNo: () => void; onDone: (said: string) => void }): JSX.Element {
  const act = async (reason: string): Promise<void> => {
    await api[decision](op, { reason });
    onDone(t(`said_${decision}`));
  };
  return (
    <Decide title={t(`${decision}_title`)} yes={t(`${decision}_yes`)} look={decision === "release" ? "primary" : "danger"} moved={t("problem_quarantine_settled")} onYes={act} onNo={onNo}>
      <p>{t(`${decision}_help`)}</p>
    </Decide>
  );
}

/** The ways to deal with it; the likeliest first. */
function Ways({ detail, onRepair, onDecide }: { detail: QuarantineDetail; onRepair: () => void; onDecide: (decision: Decision) => void }): JSX.Element {
  const { record, may_release: passes, may_repair: repairs } = detail;
  return (
    <div class="actions">
      {passes && (
        <Button look="primary" icon="check" onClick={() => onDecide("release")}>
          {t("release")}
        </Button>
      )}
      {record != null && repairs && (
        <Button look={passes ? undefined : "primary"} onClick={onRepair}>
          {t("repair")}
        </Button>
      )}
      <Button look="danger" onClick={() => onDecide("discard")}>
        {t("discard")}
      </Button>
    </div>
  );
}

function Opened({ detail, setup }: { detail: QuarantineDetail; setup: Setup }): JSX.Element {
  const { op, record } = detail;
  const [mode, setMode] = useState<"read" | "repair" | Decision>("read");
  const [said, setSaid] = useState<string | undefined>(undefined);
  const done = (words: string): void => {
    setMode("read");
    setSaid(words);
    window.scrollTo(0, 0);
  };
  if (mode === "repair" && record != null) {
    return <RepairForm detail={detail} record={record} setup={setup} onCancel={() => setMode("read")} onSaved={() => done(t("said_repair"))} />;
  }
  const waits = op.status === "waiting" && said === undefined;
  return (
    <Page
      title={t("held_title", { handle: whose(op) })}
      under={t("quarantine_came", { at: instant(op.received_at) })}
      actions={
        <Link to={LIST} class="button">
          <Icon name="back" />
          {t("to_held")}
        </Link>
      }
    >
      <div class="form">
        {said !== undefined && <Banner kind="good">{said}</Banner>}
        {said === undefined && !waits && <Banner kind="info">{t("held_settled", { what: wordsFor("held_status", op.status) ?? op.status })}</Banner>}
        {waits && <Why detail={detail} />}
        <Says detail={detail} setup={setup} />
        {waits && <Ways detail={detail} onRepair={() => setMode("repair")} onDecide={setMode} />}
      </div>
      {(mode === "release" || mode === "discard") && <Dialog decision={mode} op={op} onNo={() => setMode("read")} onDone={done} />}
    </Page>
  );
}

/** The page of an op. */
export function Held({ op, digest }: HeldKey): JSX.Element {
  const found = useLoad(async () => {
    const [detail, setup] = await Promise.all([api.held({ op, digest }), loadSetup()]);
    return { detail, setup };
  }, [op, digest]);
  return (
    <>
      {found.error !== undefined && (
        <p>
          <Link to={LIST} class="button">
            {t("to_held")}
          </Link>
        </p>
      )}
      <Show of={found}>{({ detail, setup }) => <Opened detail={detail} setup={setup} />}</Show>
    </>
  );
}
