// What a phone sent that could not be counted: stored as it came, with the reason and the next step in plain words.
import type { JSX } from "preact";
import type { QuarantineView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { instant } from "../console/format";
import { Show, useLoad } from "../console/load";
import { Badge, Empty, Page } from "../console/Page";
import { fieldText, wordsFor } from "../console/problem";
import { Banner } from "../kit/Card";

/** `lines[2].quantity` as the name of a field. */
function fieldName(path: string): string {
  const name = path.split(/[.[]/u)[0] ?? path;
  return wordsFor("field", name) ?? path;
}

function Waiting({ op }: { op: QuarantineView }): JSX.Element {
  return (
    <li>
      <div class="row-head">
        <h2>{op.handle === null || op.handle === undefined ? t("quarantine_nobody") : op.handle}</h2>
        <span class="muted small">{t("quarantine_came", { at: instant(op.received_at) })}</span>
      </div>
      <p>
        <strong>{wordsFor("held", op.reason) ?? t("held_other", { code: op.reason })}</strong>
      </p>
      {op.errors.length > 0 && (
        <ul>
          {op.errors.map((error) => (
            <li key={error.path + error.code}>{t("held_field", { field: fieldName(error.path), what: fieldText(error) })}</li>
          ))}
        </ul>
      )}
      <p>{wordsFor("next", op.reason) ?? t("next_other")}</p>
      <p class="muted small">
        {t("quarantine_number", { n: op.dseq, device: op.device.slice(-8) })} {op.status !== "waiting" && <Badge>{wordsFor("held_status", op.status) ?? op.status}</Badge>}
      </p>
    </li>
  );
}

/** The page. */
export function Quarantine(): JSX.Element {
  const held = useLoad(() => api.quarantine(), []);
  return (
    <Page title={t("page_quarantine")} under={t("quarantine_under")}>
      <Show of={held}>
        {({ ops }) =>
          ops.length === 0 ? (
            <Empty icon="check">
              <p>{t("quarantine_empty")}</p>
            </Empty>
          ) : (
            <div class="form">
              <Banner kind="info">{t("quarantine_safe")}</Banner>
              <ul class="list">
                {ops.map((op) => (
                  <Waiting key={op.op} op={op} />
                ))}
              </ul>
            </div>
          )
        }
      </Show>
    </Page>
  );
}
