// What a phone sent that could not be counted: stored as it came, with the reason and the next step in plain words. A line opens it.
import type { JSX } from "preact";
import type { QuarantineView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { instant } from "../console/format";
import { Show, useLoad } from "../console/load";
import { Badge, Empty, Page } from "../console/Page";
import { wordsFor } from "../console/problem";
import { Link, path } from "../console/router";
import { Banner } from "../kit/Card";
import { Icon } from "../kit/Icon";
import { Faults, Held, nextText, numberText, reasonText, whose } from "./Held";
import "./team.css";

function Waiting({ op }: { op: QuarantineView }): JSX.Element {
  return (
    <li>
      <Link to={`/console/quarantine/${op.op}`} class="record-open plain-link">
        <Icon name="alert" />
        <span class="row-head">
          <strong>{whose(op)}</strong>
          <span class="muted small">{t("quarantine_came", { at: instant(op.received_at) })}</span>
        </span>
        <strong class="what">{reasonText(op)}</strong>
        {op.errors.length > 0 && <Faults errors={op.errors} />}
        <span class="what">{nextText(op)}</span>
        <span class="muted small">
          {numberText(op)} {op.status !== "waiting" && <Badge>{wordsFor("held_status", op.status) ?? op.status}</Badge>}
        </span>
      </Link>
    </li>
  );
}

function HeldList(): JSX.Element {
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
              <ul class="list records">
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

/** The list, or the op whose id the path ends in. */
export function Quarantine(): JSX.Element {
  const op = path().split("/")[3] ?? "";
  return op === "" ? <HeldList /> : <Held key={op} op={op} />;
}
