// A worker's own page: what they are unlocked for, the training that they have passed, and thanks for good work.
import { useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { ENUMS } from "../../domain/console/enums";
import { holds, lacking } from "../../domain/console/development";
import type { Development, Level, NewQualification, WorkerView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { day, list } from "../console/format";
import { Show, useLoad, useSend } from "../console/load";
import { fieldLabel, named } from "../console/names";
import { Badge, Empty, Page } from "../console/Page";
import { Trouble, fieldErrors } from "../console/problem";
import { Link, query } from "../console/router";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Field, Select } from "../kit/Field";
import { choices, errorAt } from "./FieldInput";
import { loadSetup, type Setup } from "./setup";
import { ThanksForm } from "./Thanks";
import "./team.css";

interface PartProps {
  worker: WorkerView;
  development: Development;
  setup: Setup;
  onChanged: (development: Development) => void;
}

function Part({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="part person-part" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function LevelPart({ worker, development, setup, onChanged }: PartProps): JSX.Element {
  const [chosen, setChosen] = useState<Level>(development.level);
  const [said, setSaid] = useState(false);
  const sending = useSend();
  const modules = setup.catalogue.modules ?? [];
  const missing = lacking(chosen, development.qualifications, modules.map((one) => one.code), session.value?.today ?? "");
  const differs = chosen !== development.level;
  const submit = async (): Promise<void> => {
    await sending.send(async () => onChanged(await api.changeLevel(worker.id, { level: chosen })));
    setSaid(true);
  };
  return (
    <Part title={t("level")}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {said && !differs && sending.error === undefined && <Banner kind="good">{t("said_level", { handle: worker.handle })}</Banner>}
        {sending.error !== undefined && <Trouble error={sending.error} />}
        <fieldset class="group">
          <legend>{t("level_of", { handle: worker.handle })}</legend>
          {ENUMS.level.map((level) => (
            <label class="tick" key={level}>
              <input type="radio" name="level" checked={chosen === level} onChange={() => setChosen(level)} />
              <span>
                <strong>{t(`level_${level}`)}</strong> – {t(`level_opens_${level}`)}
              </span>
            </label>
          ))}
        </fieldset>
        {differs && missing.length > 0 && <Banner kind="warn">{t("level_lacks", { modules: list(missing.map((code) => named(modules, code))) })}</Banner>}
        {differs && (
          <div class="actions">
            <Button type="submit" look="primary" disabled={sending.busy}>
              {sending.busy ? t("sending") : t("level_change", { level: t(`level_${chosen}`) })}
            </Button>
            <Button onClick={() => setChosen(development.level)}>{t("cancel")}</Button>
          </div>
        )}
      </form>
    </Part>
  );
}

function QualifyForm({ worker, setup, onChanged }: Omit<PartProps, "development">): JSX.Element {
  const today = session.value?.today ?? "";
  const modules = choices(setup.catalogue.modules ?? [], []);
  const [module, setModule] = useState(modules[0]?.[0] ?? "");
  const [on, setOn] = useState(today);
  const [expires, setExpires] = useState("");
  const sending = useSend();
  const errors = fieldErrors(sending.error);
  const body: NewQualification = { module, on, expires: expires === "" ? null : expires };
  const submit = async (): Promise<void> => {
    await sending.send(async () => {
      onChanged(await api.qualify(worker.id, body));
      setExpires("");
    });
  };
  if (modules.length === 0) return <p class="muted">{t("list_empty")}</p>;
  return (
    <form
      class="form"
      noValidate
      aria-label={t("qualify")}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {sending.error !== undefined && <Trouble error={sending.error} />}
      <div class="pair">
        <Select label={fieldLabel("module")} value={module} options={modules} onChoose={setModule} error={errorAt(errors, "module")} />
        <Field label={fieldLabel("on")} type="date" value={on} max={today} onText={setOn} error={errorAt(errors, "on")} />
        <Field label={fieldLabel("expires")} type="date" value={expires} min={on} onText={setExpires} error={errorAt(errors, "expires")} hint={t("expires_help")} />
      </div>
      <div class="actions">
        <Button type="submit" icon="plus" disabled={sending.busy || on === ""}>
          {sending.busy ? t("sending") : t("qualify")}
        </Button>
      </div>
    </form>
  );
}

function Qualifications(props: PartProps): JSX.Element {
  const { development, setup } = props;
  const today = session.value?.today ?? "";
  return (
    <Part title={t("qualifications")}>
      {development.qualifications.length === 0 ? (
        <p class="muted">{t("qualifications_empty")}</p>
      ) : (
        <ul class="list">
          {development.qualifications.map((one) => (
            <li key={one.id}>
              <div class="row-head">
                <strong>{named(setup.catalogue.modules ?? [], one.module)}</strong>
                {!holds(one, today) && <Badge kind="warn">{t("expired")}</Badge>}
              </div>
              <p class="muted">
                {list([t("passed_on", { date: day(one.on) }), ...(one.expires == null ? [] : [t("expires_on", { date: day(one.expires) })]), t("confirmed_by", { handle: one.confirmed_by })])}
              </p>
            </li>
          ))}
        </ul>
      )}
      <QualifyForm {...props} />
    </Part>
  );
}

function ThanksPart({ worker, development, onChanged }: PartProps): JSX.Element {
  return (
    <Part title={t("thanks")}>
      <ThanksForm worker={worker} onChanged={onChanged} />
      {development.thanks.length === 0 ? (
        <p class="muted">{t("thanks_empty")}</p>
      ) : (
        <ul class="list">
          {development.thanks.map((one) => (
            <li key={one.id}>
              <p>{one.words}</p>
              <p class="muted small">{t("thanks_by", { handle: one.by, date: day(one.on) })}</p>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function PersonWith({ worker, setup, first }: { worker: WorkerView; setup: Setup; first: Development }): JSX.Element {
  const [development, setDevelopment] = useState(first);
  const part: PartProps = { worker, development, setup, onChanged: setDevelopment };
  const supervisor = typeof worker.supervisor === "string" ? setup.handles.get(worker.supervisor) : undefined;
  return (
    <Page
      title={worker.handle}
      under={[t(`role_${worker.role}`), t(`level_${development.level}`), ...(supervisor === undefined ? [] : [t("supervised_by", { handle: supervisor })])].join(" · ")}
      actions={
        <>
          <Link to={`/console/records?worker=${worker.id}`} class="button">
            {t("page_records")}
          </Link>
          <Link to={`/console/counts?worker=${worker.id}`} class="button">
            {t("page_counts")}
          </Link>
        </>
      }
    >
      <LevelPart {...part} />
      <Qualifications {...part} />
      <ThanksPart {...part} />
    </Page>
  );
}

/** The page. */
export function Person(): JSX.Element {
  const id = query("worker");
  const loaded = useLoad(async () => {
    const setup = await loadSetup();
    const worker = setup.workers.find((one) => one.id === id && one.role === "peer");
    return worker === undefined ? { setup } : { setup, worker, development: await api.development(id) };
  }, [id]);
  return (
    <Show of={loaded}>
      {({ setup, worker, development }) =>
        worker === undefined ? (
          <Page title={t("page_people")}>
            <Empty icon="person">
              <p>{t("person_gone")}</p>
              <Link to="/console/people" class="button">
                {t("page_people")}
              </Link>
            </Empty>
          </Page>
        ) : (
          <PersonWith key={worker.id} worker={worker} setup={setup} first={development} />
        )
      }
    </Show>
  );
}
