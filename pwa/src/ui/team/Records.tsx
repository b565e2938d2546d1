// The team's records: filters, pages, one line each; one opens to all its fields, to correct or remove it.
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Catalogue, RecordView, WorkerView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { day } from "../console/format";
import { Show, useLoad, useSend } from "../console/load";
import { named, whatText, whoText } from "../console/names";
import { Badge, Empty, Page } from "../console/Page";
import { Trouble } from "../console/problem";
import { Link, go, query, setQuery } from "../console/router";
import { Button } from "../kit/Button";
import { Field, Select } from "../kit/Field";
import { RecordPage } from "./RecordPage";
import "./team.css";

/** What every part of these pages needs to name things. */
export interface Setup {
  catalogue: Catalogue;
  workers: WorkerView[];
  handles: ReadonlyMap<string, string>;
}

/** The catalogue and the team. */
export async function loadSetup(): Promise<Setup> {
  const [catalogue, workers] = await Promise.all([api.catalogue(), api.workers()]);
  return { catalogue, workers, handles: new Map(workers.map((worker) => [worker.id, worker.handle])) };
}

/** Where the list stands with its filters; `open` names the record that is open. */
function address(open = ""): string {
  const params = new URLSearchParams();
  for (const name of ["worker", "from", "to"]) if (query(name) !== "") params.set(name, query(name));
  if (open !== "") params.set("open", open);
  const text = params.toString();
  return `/console/records${text === "" ? "" : `?${text}`}`;
}

function Filters({ workers }: { workers: WorkerView[] }): JSX.Element {
  const [worker, from, to] = [query("worker"), query("from"), query("to")];
  const set = (name: string) => (value: string) => setQuery({ worker, from, to, [name]: value });
  const peers = workers.filter((one) => one.role === "peer");
  return (
    <div class="filters">
      <Select label={t("worker")} value={worker} options={[["", t("whole_team")], ...peers.map((one) => [one.id, one.handle] as const)]} onChoose={set("worker")} />
      <Field label={t("from")} type="date" value={from} onText={set("from")} {...(to === "" ? {} : { max: to })} />
      <Field label={t("to")} type="date" value={to} onText={set("to")} />
      {(worker !== "" || from !== "" || to !== "") && (
        <Button icon="erase" onClick={() => setQuery({})}>
          {t("clear_filters")}
        </Button>
      )}
    </div>
  );
}

function RecordLine({ record, catalogue }: { record: RecordView; catalogue: Catalogue }): JSX.Element {
  const { contact } = record;
  return (
    <li>
      <Link to={address(record.id)} class={`record-open plain-link${record.void ? " void" : ""}`}>
        <span class="row-head">
          <strong>{t("with_note", { what: day(contact.service_date), note: named(catalogue.sites, contact.site) })}</strong>
          <span class="muted">{record.handle}</span>
        </span>
        <span class="what">{whoText(catalogue, contact)}</span>
        <span class="what muted">{whatText(catalogue, contact)}</span>
        {(record.void || record.conflict || record.warnings.length > 0) && (
          <span>
            {record.void && <Badge>{t("removed")}</Badge>} {record.conflict && <Badge kind="warn">{t("conflict")}</Badge>}{" "}
            {record.warnings.length > 0 && <Badge kind="warn">{t("worth_a_look", { n: record.warnings.length })}</Badge>}
          </span>
        )}
      </Link>
    </li>
  );
}

/** The pages loaded so far; another choice of filters starts again. */
function usePages(worker: string, from: string, to: string) {
  const [changes, setChanges] = useState<ReadonlyMap<string, RecordView>>(new Map());
  const [rest, setRest] = useState<{ records: RecordView[]; next: string | null | undefined } | undefined>(undefined);
  const first = useLoad(() => {
    setRest(undefined);
    setChanges(new Map());
    return api.records({ worker, from, to });
  }, [worker, from, to]);
  const more = useSend();
  const next = rest === undefined ? first.value?.next : rest.next;
  const loadMore = (): void => {
    void more.send(async () => {
      const page = await api.records({ worker, from, to, cursor: next ?? null });
      setRest((old) => ({ records: [...(old?.records ?? []), ...page.records], next: page.next }));
    });
  };
  const records = [...(first.value?.records ?? []), ...(rest?.records ?? [])].map((record) => changes.get(record.id) ?? record);
  const change = (record: RecordView): void => setChanges(new Map([...changes, [record.id, record]]));
  return { first, records, change, more, loadMore, hasMore: next !== null && next !== undefined };
}

function RecordList({ setup, pages }: { setup: Setup; pages: ReturnType<typeof usePages> }): JSX.Element {
  const filtered = query("worker") + query("from") + query("to") !== "";
  return (
    <Page title={t("page_records")} under={t("records_under")}>
      <Filters workers={setup.workers} />
      <Show of={pages.first}>
        {() =>
          pages.records.length === 0 ? (
            <Empty icon="leaflet">
              <p>{filtered ? t("records_none_found") : t("records_empty")}</p>
            </Empty>
          ) : (
            <>
              <ul class="list records">
                {pages.records.map((record) => (
                  <RecordLine key={record.id} record={record} catalogue={setup.catalogue} />
                ))}
              </ul>
              {pages.more.error !== undefined && <Trouble error={pages.more.error} />}
              <p class="part">
                {pages.hasMore ? (
                  <Button onClick={pages.loadMore} disabled={pages.more.busy}>
                    {pages.more.busy ? t("loading") : t("load_more")}
                  </Button>
                ) : (
                  <span class="muted">{t("records_all", { n: pages.records.length })}</span>
                )}
              </p>
            </>
          )
        }
      </Show>
    </Page>
  );
}

function RecordsWith({ setup }: { setup: Setup }): JSX.Element {
  const pages = usePages(query("worker"), query("from"), query("to"));
  const open = query("open");
  const record = pages.records.find((one) => one.id === open);
  const lost = open !== "" && record === undefined && !pages.first.busy;
  useEffect(() => {
    // A reloaded page has the first records only: the list is the place to go on from.
    if (lost) setQuery({ worker: query("worker"), from: query("from"), to: query("to") });
  }, [lost]);
  if (record === undefined) return <RecordList setup={setup} pages={pages} />;
  return (
    <RecordPage
      key={record.id}
      record={record}
      setup={setup}
      onBack={() => go(address())}
      onChanged={pages.change}
    />
  );
}

/** The page. */
export function Records(): JSX.Element {
  const setup = useLoad(loadSetup, []);
  return <Show of={setup}>{(value) => <RecordsWith setup={value} />}</Show>;
}
