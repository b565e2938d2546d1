// People of the programme: a supervisor's own team, or everybody for an administrator. Adding somebody, and inviting them.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { InviteView, Level, NewWorker, Role, WorkerView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { Show, useLoad, useSend } from "../console/load";
import { Badge, Empty, Page } from "../console/Page";
import { Trouble, fieldErrors, fieldText } from "../console/problem";
import { Link } from "../console/router";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner, Card } from "../kit/Card";
import { Field, Select } from "../kit/Field";
import { Invite } from "./Invite";
import { Status } from "./Status";
import "./setup.css";

const ROLES: readonly Role[] = ["peer", "supervisor", "evaluator", "administrator"];
const LEVELS: readonly Level[] = ["outreach", "facilitation", "mentoring"];
const HANDLE = /^[a-z0-9-]{2,32}$/u;

interface AddProps {
  people: WorkerView[];
  onAdded: (worker: WorkerView) => void;
  onCancel: () => void;
}

/** The fields of somebody new, and what will be sent. */
function useNewWorker(people: WorkerView[]) {
  const administrator = session.value?.role === "administrator";
  const supervisors = people.filter((one) => one.role === "supervisor" && one.status !== "left");
  const [handle, setHandle] = useState("");
  const [role, setRole] = useState<Role>("peer");
  const [level, setLevel] = useState<Level>("outreach");
  const [supervisor, setSupervisor] = useState(supervisors[0]?.id ?? "");
  const body: NewWorker = { handle: handle.trim().toLowerCase(), role };
  if (role === "peer") {
    body.level = level;
    const own = session.value?.worker ?? null;
    body.supervisor = administrator ? (supervisor === "" ? null : supervisor) : own;
  }
  return { administrator, supervisors, handle, setHandle, role, setRole, level, setLevel, supervisor, setSupervisor, body };
}

function Add({ people, onAdded, onCancel }: AddProps): JSX.Element {
  const form = useNewWorker(people);
  const [tried, setTried] = useState(false);
  const sending = useSend();
  const bad = !HANDLE.test(form.body.handle);
  const refused = fieldErrors(sending.error).find((error) => error.path === "handle");
  const submit = async (): Promise<void> => {
    setTried(true);
    if (bad) return;
    await sending.send(async () => onAdded(await api.addWorker(form.body)));
  };
  return (
    <Card class="beside-print">
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2>{form.administrator ? t("add_person") : t("add_peer")}</h2>
        {sending.error !== undefined && <Trouble error={sending.error} />}
        <div class="pair">
          <Field
            label={t("handle")}
            value={form.handle}
            onText={form.setHandle}
            maxLength={32}
            hint={t("handle_help")}
            error={tried && bad ? t("handle_wrong") : refused === undefined ? undefined : fieldText(refused)}
            required
          />
          {form.administrator && <Select label={t("role")} value={form.role} options={ROLES.map((role) => [role, t(`role_${role}`)])} onChoose={(role) => form.setRole(role as Role)} />}
          {form.role === "peer" && <Select label={t("level")} value={form.level} options={LEVELS.map((level) => [level, t(`level_${level}`)])} onChoose={(level) => form.setLevel(level as Level)} />}
          {form.administrator && form.role === "peer" && (
            <Select label={t("role_supervisor")} value={form.supervisor} options={[["", t("no_supervisor")], ...form.supervisors.map((one) => [one.id, one.handle] as const)]} onChoose={form.setSupervisor} />
          )}
        </div>
        {form.administrator && <p class="muted">{t(`role_help_${form.role}`)}</p>}
        <div class="actions">
          <Button type="submit" look="primary" disabled={sending.busy}>
            {sending.busy ? t("sending") : t("add_do")}
          </Button>
          <Button onClick={onCancel}>{t("cancel")}</Button>
        </div>
      </form>
    </Card>
  );
}

interface PersonProps {
  worker: WorkerView;
  supervisor: string | undefined;
  busy: boolean;
  onInvite: () => void;
  onChanged: () => void;
}

function Person({ worker, supervisor, busy, onInvite, onChanged }: PersonProps): JSX.Element {
  const peer = worker.role === "peer";
  return (
    <li>
      <div class="row-head">
        <h2>{peer ? <Link to={`/console/person?worker=${worker.id}`} class="tap">{worker.handle}</Link> : worker.handle}</h2>
        <span>
          {worker.status !== "active" && <Badge>{worker.status === "break" ? t("status_break") : t("status_left")}</Badge>} {peer && worker.devices.length === 0 && <Badge kind="warn">{t("no_phone")}</Badge>}
        </span>
      </div>
      <p class="muted">
        {[
          t(`role_${worker.role}`),
          ...(worker.level === null || worker.level === undefined ? [] : [t(`level_${worker.level}`)]),
          ...(peer && worker.devices.length > 0 ? [t("phones", { n: worker.devices.length })] : []),
          ...(supervisor === undefined ? [] : [t("supervised_by", { handle: supervisor })]),
        ].join(" · ")}
      </p>
      <div class="actions">
        {worker.status !== "left" && (
          <Button onClick={onInvite} disabled={busy} label={t("invite_whom", { handle: worker.handle })}>
            {t("invite")}
          </Button>
        )}
        {worker.id !== session.value?.worker && <Status worker={worker} onDone={onChanged} />}
      </div>
    </li>
  );
}

interface PeopleListProps {
  people: WorkerView[];
  sending: boolean;
  onInvite: (worker: WorkerView) => void;
  onChanged: () => void;
}

function PeopleList({ people, sending, onInvite, onChanged }: PeopleListProps): JSX.Element {
  const administrator = session.value?.role === "administrator";
  const handles = new Map(people.map((one) => [one.id, one.handle]));
  const shown = administrator ? people : people.filter((one) => one.role === "peer");
  if (shown.length === 0) {
    return (
      <Empty icon="person">
        <p>{t("people_empty")}</p>
      </Empty>
    );
  }
  return (
    <ul class="list people beside-print">
      {shown.map((worker) => (
        <Person
          key={worker.id}
          worker={worker}
          supervisor={administrator && typeof worker.supervisor === "string" ? handles.get(worker.supervisor) : undefined}
          busy={sending}
          onInvite={() => onInvite(worker)}
          onChanged={onChanged}
        />
      ))}
    </ul>
  );
}

/** The page. */
export function People(): JSX.Element {
  const people = useLoad(() => api.workers(), []);
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<WorkerView | undefined>(undefined);
  const [invite, setInvite] = useState<InviteView | undefined>(undefined);
  const sending = useSend();
  const ask = (worker: WorkerView): void => {
    void sending.send(async () => {
      setInvite(await api.invite({ worker: worker.id }));
      setAdded(undefined);
      window.scrollTo(0, 0);
    });
  };
  return (
    <Page
      title={t("page_people")}
      under={session.value?.role === "administrator" ? t("people_under_all") : t("people_under")}
      actions={
        !adding && (
          <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
            {session.value?.role === "administrator" ? t("add_person") : t("add_peer")}
          </Button>
        )
      }
    >
      <div class="list">
        {sending.error !== undefined && <Trouble error={sending.error} />}
        {invite !== undefined && <Invite invite={invite} onDone={() => setInvite(undefined)} />}
        {added !== undefined && (
          <Banner kind="good">
            <p>{t("added", { handle: added.handle })}</p>
            <Button look="primary" disabled={sending.busy} onClick={() => ask(added)}>
              {t("invite_whom", { handle: added.handle })}
            </Button>
          </Banner>
        )}
        <Show of={people}>
          {(all) => (
            <>
              {adding && (
                <Add
                  people={all}
                  onCancel={() => setAdding(false)}
                  onAdded={(worker) => {
                    setAdding(false);
                    setAdded(worker);
                    people.again();
                  }}
                />
              )}
              <PeopleList people={all} sending={sending.busy} onInvite={ask} onChanged={people.again} />
            </>
          )}
        </Show>
      </div>
    </Page>
  );
}
