// The team's records: filters, pages, one line each; one opens to all its fields, to correct or remove it.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { KINDS } from "../../domain/console/fields";
import { ICON_OF, summaryOf } from "../../domain/console/summary";
import type { RecordView, WorkerView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { Show, useLoad, useSend } from "../console/load";
import { named, partsText, whenText } from "../console/names";
import { Badge, Empty, Page } from "../console/Page";
import { Trouble } from "../console/problem";
import { Link, go, query, setQuery } from "../console/router";
import { Button } from "../kit/Button";
import { Field, Select } from "../kit/Field";
import { Icon } from "../kit/Icon";
import { findRecord } from "./find";
import { RecordPage } from "./RecordPage";
import { loadSetup, type Setup } from "./setup";
import "./team.css";

/** Where the list stands with its filters, and the record that is open with its day, by which it is found again after a reload. */
function place(open?: RecordView): Record<string, string> {
  const filters = { worker: query("worker"), kind: query("kind"), from: query("from"), to: query("to") };
  return open === undefined ? filters : { ...filters, open: open.id, on: open.record.body.service_date };
}

function address(open?: RecordView): string {
  const text = new URLSearchParams(Object.entries(place(open)).filter(([, value]) => value !== "")).toString();
  return `/console/records${text === "" ? "" : `?${text}`}`;
}

function Filters({ workers }: { workers: WorkerView[] }): JSX.Element {
  const [worker, kind, from, to] = [query("worker"), query("kind"), query("from"), query("to")];
  const set = (name: string) => (value: string) => setQuery({ worker, kind, from, to, [name]: value });
  const peers = workers.filter((one) => one.role === "peer");
  return (
    <div class="filters">
      <Select label={t("worker")} value={worker} options={[["", t("whole_team")], ...peers.map((one) => [one.id, one.handle] as const)]} onChoose={set("worker")} />
      <Select label={t("kind")} value={kind} options={[["", t("every_kind")], ...KINDS.map((one) => [one, t(`kind_${one}`)] as const)]} onChoose={set("kind")} />
      <Field label={t("from")} type="date" value={from} onText={set("from")} {...(to === "" ? {} : { max: to })} />
      <Field label={t("to")} type="date" value={to} onText={set("to")} />
      {worker + kind + from + to !== "" && (
        <Button icon="erase" onClick={() => setQuery({})}>
          {t("clear_filters")}
        </Button>
      )}
    </div>
  );
}

function RecordLine({ record, setup }: { record: RecordView; setup: Setup }): JSX.Element {
  const { kind, body } = record.record;
  const { main, more } = summaryOf(record.record);
  return (
    <li>
      <Link to={address(record)} class={`record-open plain-link${record.void ? " void" : ""}`}>
        <Icon name={ICON_OF[kind]} />
        <span class="row-head">
          <strong>{t(`kind_${kind}`)}</strong>
          <span class="muted">{record.handle}</span>
        </span>
        <span class="what">{partsText(setup, main)}</span>
        {more.length > 0 && <span class="what muted">{partsText(setup, more)}</span>}
        <span class="muted small">{t("with_note", { what: whenText(record.record), note: named(setup.catalogue.sites, body.site) })}</span>
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
function usePages(choice: { worker: string; kind: string; from: string; to: string }) {
  const [changes, setChanges] = useState<ReadonlyMap<string, RecordView>>(new Map());
  const [rest, setRest] = useState<{ records: RecordView[]; next: string | null | undefined } | undefined>(undefined);
  const first = useLoad(() => {
    setRest(undefined);
    setChanges(new Map());
    return api.records(choice);
  }, [choice.worker, choice.kind, choice.from, choice.to]);
  const more = useSend();
  const next = rest === undefined ? first.value?.next : rest.next;
  const loadMore = (): void => {
    void more.send(async () => {
      const page = await api.records({ ...choice, cursor: next ?? null });
      setRest((old) => ({ records: [...(old?.records ?? []), ...page.records], next: page.next }));
    });
  };
  const records = [...(first.value?.records ?? []), ...(rest?.records ?? [])].map((record) => changes.get(record.id) ?? record);
  const change = (record: RecordView): void => setChanges(new Map([...changes, [record.id, record]]));
  return { first, records, change, more, loadMore, hasMore: next !== null && next !== undefined };
}

function RecordList({ setup, pages }: { setup: Setup; pages: ReturnType<typeof usePages> }): JSX.Element {
  const filtered = query("worker") + query("kind") + query("from") + query("to") !== "";
  return (
    <Page title={t("page_records")} under={t("records_under")}>
      <Filters workers={setup.workers} />
      <Show of={pages.first}>
        {() =>
          pages.records.length === 0 ? (
            <Empty icon="leaflet">
              <p>{filtered ? t("records_none_found") : t("records_empty")}</p>
              {query("kind") === "debrief" && <p>{t("records_debriefs")}</p>}
            </Empty>
          ) : (
            <>
              <ul class="list records">
                {pages.records.map((record) => (
                  <RecordLine key={record.id} record={record} setup={setup} />
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

interface OpenProps {
  record: RecordView;
  setup: Setup;
  onChanged: (record: RecordView) => void;
}

/** The record that is open; a corrected date goes into the address. */
function Open({ record, setup, onChanged }: OpenProps): JSX.Element {
  const change = (next: RecordView): void => {
    onChanged(next);
    setQuery(place(next));
  };
  return <RecordPage record={record} setup={setup} onBack={() => go(address())} onChanged={change} />;
}

/** A record that is open but in none of the pages loaded so far, as after a reload. */
function Alone({ id, setup }: { id: string; setup: Setup }): JSX.Element {
  const found = useLoad(async () => (await findRecord(id, query("on"))) ?? null, [id]);
  const [changed, setChanged] = useState<RecordView | undefined>(undefined);
  return (
    <Show of={found}>
      {(record) =>
        record === null ? (
          <Page title={t("page_records")}>
            <Empty icon="alert">
              <p>{t("record_gone")}</p>
              <Link to={address()} class="button">
                {t("to_records")}
              </Link>
            </Empty>
          </Page>
        ) : (
          <Open record={changed ?? record} setup={setup} onChanged={setChanged} />
        )
      }
    </Show>
  );
}

function RecordsWith({ setup }: { setup: Setup }): JSX.Element {
  const pages = usePages({ worker: query("worker"), kind: query("kind"), from: query("from"), to: query("to") });
  const open = query("open");
  if (open === "") return <RecordList setup={setup} pages={pages} />;
  const record = pages.records.find((one) => one.id === open);
  if (record !== undefined) return <Open key={open} record={record} setup={setup} onChanged={pages.change} />;
  return <Show of={pages.first}>{() => <Alone key={open} id={open} setup={setup} />}</Show>;
}

/** The page. */
export function Records(): JSX.Element {
  const setup = useLoad(loadSetup, []);
  return <Show of={setup}>{(value) => <RecordsWith setup={value} />}</Show>;
}
