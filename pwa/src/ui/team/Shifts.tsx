// The team's shifts, a week at a time: what is planned, what was held, what was called off; and the form that plans.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { byState, week } from "../../domain/console/shifts";
import { addDays, mondayOf } from "../../domain/dates";
import type { ShiftView } from "../../generated/contract";
import { date, number } from "../../i18n/catalogue";
import { t } from "../../i18n/console";
import { api } from "../../sync/console-api";
import { day, list } from "../console/format";
import { Show, useLoad, useSend, type Loaded } from "../console/load";
import { hoursText, named } from "../console/names";
import { Badge, Confirm, Empty, Page } from "../console/Page";
import { Trouble } from "../console/problem";
import { Link, query, setQuery } from "../console/router";
import { session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Plan } from "./Plan";
import { loadSetup, type Setup } from "./setup";
import "./team.css";

function Cancel({ shift, onNo, onDone }: { shift: ShiftView; onNo: () => void; onDone: () => void }): JSX.Element {
  const sending = useSend();
  const submit = async (): Promise<void> => {
    if (await sending.send(() => api.cancelShift(shift.id, { rev: shift.rev }))) onDone();
  };
  return (
    <Confirm title={t("cancel_shift_title", { handle: shift.handle, date: day(shift.day) })} yes={t("cancel_shift")} busy={sending.busy} onYes={() => void submit()} onNo={onNo}>
      <p>{t("cancel_shift_help")}</p>
      {sending.error !== undefined && <Trouble error={sending.error} />}
    </Confirm>
  );
}

function ShiftLine({ shift, setup, onCancel }: { shift: ShiftView; setup: Setup; onCancel: () => void }): JSX.Element {
  const whose = { handle: shift.handle, date: day(shift.day) };
  return (
    <li class={shift.state === "cancelled" ? "plan-shift off" : "plan-shift"}>
      <div class="row-head">
        <p>
          <strong>
            <Link to={`/console/records?${new URLSearchParams({ open: shift.id, on: shift.day, kind: "shift" }).toString()}`} class="tap">
              {shift.handle}
            </Link>
          </strong>{" "}
          {(shift.state === "planned" || shift.from != null || shift.until != null) && hoursText(shift.from, shift.until)}
        </p>
        <Badge kind={shift.state === "missed" ? "warn" : undefined}>{t(`shift_${shift.state}`)}</Badge>
      </div>
      <p class="muted">
        {list([named(setup.catalogue.sites, shift.site), t(`mode_${shift.mode}`), ...(shift.with.length > 0 ? [t("together_with", { who: list(shift.with) })] : [])])}
      </p>
      {shift.closed_by_itself && <p class="muted small">{t("shift_closed_by_itself")}</p>}
      {shift.state === "planned" && (
        <div class="actions">
          <Button onClick={onCancel} label={t("cancel_whose_shift", whose)}>
            {t("cancel_shift")}
          </Button>
        </div>
      )}
    </li>
  );
}

interface WeekProps {
  monday: string;
  shifts: ShiftView[];
  setup: Setup;
  onPlan: (day: string) => void;
  onChanged: () => void;
}

function Week({ monday, shifts, setup, onPlan, onChanged }: WeekProps): JSX.Element {
  const [cancelling, setCancelling] = useState<ShiftView | undefined>(undefined);
  const today = session.value?.today ?? "";
  if (shifts.length === 0) {
    return (
      <Empty icon="today">
        <p>{addDays(monday, 6) < today ? t("shifts_empty_past") : t("shifts_empty")}</p>
      </Empty>
    );
  }
  return (
    <>
      <ul class="plan-states">
        {byState(shifts).map(([state, n]) => (
          <li key={state}>
            <strong class="big">{number(n)}</strong> {t(`shift_${state}`)}
          </li>
        ))}
      </ul>
      <div class="plan-week">
        {week(monday, shifts).map(({ day: one, shifts: here }) => (
          <section key={one} class={["plan-day", one === today ? "now" : "", here.length === 0 ? "free" : ""].join(" ")} aria-label={day(one)}>
            <div class="row-head">
              <h2>
                {date(one, { weekday: "long", day: "numeric", month: "short" })} {one === today && <Badge>{t("today")}</Badge>}
              </h2>
              {one >= today && (
                <Button look="plain" icon="plus" onClick={() => onPlan(one)} label={t("plan_on", { date: day(one) })}>
                  {t("plan_day")}
                </Button>
              )}
            </div>
            {here.length === 0 ? <p class="muted small">{t("shifts_none")}</p> : (
              <ul class="list">
                {here.map((shift) => (
                  <ShiftLine key={shift.id} shift={shift} setup={setup} onCancel={() => setCancelling(shift)} />
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
      {cancelling !== undefined && (
        <Cancel
          shift={cancelling}
          onNo={() => setCancelling(undefined)}
          onDone={() => {
            setCancelling(undefined);
            onChanged();
          }}
        />
      )}
    </>
  );
}

function WeekBar({ monday }: { monday: string }): JSX.Element {
  const now = mondayOf(session.value?.today ?? monday);
  const show = (start: string) => () => setQuery(start === now ? {} : { week: start });
  return (
    <div class="plan-bar">
      <Button icon="back" onClick={show(addDays(monday, -7))}>
        {t("week_before")}
      </Button>
      <p aria-live="polite">
        <strong>{t("week_of", { date: date(monday, { day: "numeric", month: "long", year: "numeric" }) })}</strong>
      </p>
      {monday !== now && <Button onClick={show(now)}>{t("this_week")}</Button>}
      <Button onClick={show(addDays(monday, 7))}>{t("week_after")}</Button>
    </div>
  );
}

/** Monday of the week in the address, else of this one. */
function mondayHere(): string {
  const asked = query("week");
  return mondayOf(/^\d{4}-\d{2}-\d{2}$/u.test(asked) ? asked : (session.value?.today ?? "2026-01-05"));
}

function ShiftsWith({ setup, shifts, monday, planning, setPlanning }: { setup: Setup; shifts: Loaded<ShiftView[]>; monday: string; planning: string | undefined; setPlanning: (day: string | undefined) => void }): JSX.Element {
  const [said, setSaid] = useState(0);
  return (
    <>
      {said > 0 && <Banner kind="good">{t("planned_for", { n: said })}</Banner>}
      {planning !== undefined && (
        <Plan
          key={planning}
          setup={setup}
          day={planning}
          onCancel={() => setPlanning(undefined)}
          onPlanned={(on, workers) => {
            setPlanning(undefined);
            setSaid(workers);
            setQuery({ week: mondayOf(on) });
            shifts.again();
          }}
        />
      )}
      <WeekBar monday={monday} />
      <Show of={shifts}>{(found) => <Week monday={monday} shifts={found} setup={setup} onPlan={setPlanning} onChanged={shifts.again} />}</Show>
    </>
  );
}

/** The page. */
export function Shifts(): JSX.Element {
  const monday = mondayHere();
  const setup = useLoad(loadSetup, []);
  const shifts = useLoad(() => api.shifts({ from: monday, to: addDays(monday, 6) }), [monday]);
  const [planning, setPlanning] = useState<string | undefined>(undefined);
  const today = session.value?.today ?? monday;
  return (
    <Page
      title={t("page_shifts")}
      under={t("shifts_under")}
      actions={
        planning === undefined && (
          <Button look="primary" icon="plus" onClick={() => setPlanning(monday > today ? monday : today)}>
            {t("plan_shift")}
          </Button>
        )
      }
    >
      <Show of={setup}>{(value) => <ShiftsWith setup={value} shifts={shifts} monday={monday} planning={planning} setPlanning={setPlanning} />}</Show>
    </Page>
  );
}
