// Who did what, when and why: the programme's audit, newest first. It never holds content, codes or addresses.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { AuditEntry } from "../../generated/contract";
import { number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { instant } from "../console/format";
import { Tick } from "../console/inputs";
import { Show, useLoad, useSend } from "../console/load";
import { Empty, Page, Scroll } from "../console/Page";
import { Trouble, wordsFor } from "../console/problem";
import { Button } from "../kit/Button";

function AuditTable({ entries }: { entries: readonly AuditEntry[] }): JSX.Element {
  return (
    <Scroll label={t("page_audit")}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">
              {t("audit_n")}
            </th>
            <th scope="col">{t("audit_at")}</th>
            <th scope="col">{t("audit_actor")}</th>
            <th scope="col">{t("audit_action")}</th>
            <th scope="col">{t("audit_subject")}</th>
            <th scope="col">{t("audit_reason")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.n}>
              <td class="number">{number(entry.n)}</td>
              <td class="nowrap">{instant(entry.at)}</td>
              <td>{entry.actor}</td>
              <td>{wordsFor("did", entry.action) ?? entry.action}</td>
              <td class="subject">{entry.subject}</td>
              <td>{entry.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The page. */
export function Audit(): JSX.Element {
  const first = useLoad(() => api.audit(), []);
  const [rest, setRest] = useState<{ entries: AuditEntry[]; next: string | null | undefined } | undefined>(undefined);
  const [quiet, setQuiet] = useState(true);
  const more = useSend();
  const next = rest === undefined ? first.value?.next : rest.next;
  const loadMore = (): void => {
    void more.send(async () => {
      const page = await api.audit(next ?? undefined);
      setRest((old) => ({ entries: [...(old?.entries ?? []), ...page.entries], next: page.next }));
    });
  };
  return (
    <Page title={t("page_audit")} under={t("audit_under")}>
      <Show of={first}>
        {(page) =>
          page.entries.length === 0 ? (
            <Empty icon="shield">
              <p>{t("audit_empty")}</p>
            </Empty>
          ) : (
            <>
              <Tick label={t("audit_quiet")} checked={quiet} onChange={setQuiet} />
              <AuditTable entries={[...page.entries, ...(rest?.entries ?? [])].filter((entry) => !quiet || !entry.action.startsWith("sync."))} />
              {more.error !== undefined && <Trouble error={more.error} />}
              {next !== null && next !== undefined && (
                <p class="part">
                  <Button onClick={loadMore} disabled={more.busy}>
                    {more.busy ? t("loading") : t("load_more")}
                  </Button>
                </p>
              )}
            </>
          )
        }
      </Show>
    </Page>
  );
}
