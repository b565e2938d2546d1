// What a phone sent that could not be counted: stored as it came, with the reason and the next step in plain words. A line opens it.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { QuarantineList, QuarantineView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { instant } from "../console/format";
import { Show, useLoad, useSend } from "../console/load";
import { Badge, Empty, Page } from "../console/Page";
import { Trouble, wordsFor } from "../console/problem";
import { Link, path } from "../console/router";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Icon } from "../kit/Icon";
import { Faults, Held, nextText, numberText, reasonText, whose } from "./Held";
import "./team.css";

function Waiting({ op }: { op: QuarantineView }): JSX.Element {
  return (
    <li>
      <Link to={`/console/quarantine/${op.op}/${op.digest}`} class="record-open plain-link">
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

/** The pages loaded so far. */
function usePages() {
  const [rest, setRest] = useState<QuarantineList | undefined>(undefined);
  const first = useLoad(() => {
    setRest(undefined);
    return api.quarantine({});
  }, []);
  const more = useSend();
  const next = rest === undefined ? first.value?.next : rest.next;
  const loadMore = (): void => {
    void more.send(async () => {
      const page = await api.quarantine({ cursor: next ?? null });
      setRest((old) => ({ ops: [...(old?.ops ?? []), ...page.ops], next: page.next ?? null }));
    });
  };
  return { first, ops: [...(first.value?.ops ?? []), ...(rest?.ops ?? [])], more, loadMore, hasMore: next !== null && next !== undefined };
}

function HeldList(): JSX.Element {
  const { first, ops, more, loadMore, hasMore } = usePages();
  return (
    <Page title={t("page_quarantine")} under={t("quarantine_under")}>
      <Show of={first}>
        {() =>
          ops.length === 0 ? (
            <Empty icon="check">
              <p>{t("quarantine_empty")}</p>
            </Empty>
          ) : (
            <div class="form">
              <Banner kind="info">{t("quarantine_safe")}</Banner>
              <ul class="list records">
                {ops.map((op) => (
                  <Waiting key={op.op + op.digest} op={op} />
                ))}
              </ul>
              {more.error !== undefined && <Trouble error={more.error} />}
              {hasMore && (
                <p>
                  <Button onClick={loadMore} disabled={more.busy}>
                    {more.busy ? t("loading") : t("load_more")}
                  </Button>
                </p>
              )}
            </div>
          )
        }
      </Show>
    </Page>
  );
}

/** The list, or the op whose id and digest the path ends in. */
export function Quarantine(): JSX.Element {
  const [op = "", digest = ""] = path().split("/").slice(3);
  return op === "" ? <HeldList /> : <Held key={op + digest} op={op} digest={digest} />;
}
