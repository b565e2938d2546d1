// The worker's own: figures of week and month, next shifts, thanks, and what they have learned.
import type { ComponentChildren, JSX } from "preact";
import type { Catalogue, DaySums, PlannedShift } from "../../generated/contract";
import { catalogue, own, ownFigures, today, week, weekDays } from "../../app/state";
import { weeksBars } from "../../domain/bars";
import { mondayOf } from "../../domain/dates";
import { nextShifts, validity } from "../../domain/own";
import { clock, date, label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Icon } from "../kit/Icon";
import { Bars } from "./Bars";
import { calledHere, modeWords } from "./today/words";
import { figure } from "./words";

const ROWS = [
  ["contacts", "own_contacts"],
  ["new_contacts", "own_new"],
  ["syringes_out", "own_syringes_out"],
  ["syringes_in", "own_syringes_in"],
  ["naloxone_kits", "own_naloxone"],
] as const satisfies readonly (readonly [keyof DaySums, string])[];

/** Five sums of week and month, and the bars. The month is the server's, so it comes with a sync. */
export function OwnFigures(): JSX.Element {
  const figures = ownFigures.value;
  const monday = mondayOf(today.value);
  return (
    <section class="stack card" aria-label={t("own_figures")}>
      <table class="own-sums">
        <thead>
          <tr>
            <td />
            <th scope="col">{t("own_week")}</th>
            {figures !== undefined && <th scope="col">{t("own_month")}</th>}
          </tr>
        </thead>
        <tbody>
          {ROWS.map(([key, name]) => (
            <tr key={key}>
              <th scope="row">{t(name)}</th>
              <td class="figure">{figure(week.value[key])}</td>
              {figures !== undefined && <td class="figure">{figure(figures.month[key])}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <Bars title={t("bars_week")} bars={weekDays.value} now={today.value} format={{ weekday: "short" }} />
      {figures === undefined ? (
        <p class="muted small">{t("own_later")}</p>
      ) : (
        figures.weeks.length > 0 && (
          <Bars title={t("bars_weeks")} bars={weeksBars(figures.weeks, monday, week.value.contacts)} now={monday} format={{ day: "numeric", month: "numeric" }} />
        )
      )}
    </section>
  );
}

interface PartProps {
  title: string;
  icon: string;
  /** Said instead of an empty list. */
  none: string;
  empty: boolean;
  children: ComponentChildren;
}

function Part({ title, icon, none, empty, children }: PartProps): JSX.Element {
  return (
    <section class="own-part">
      <h2 class="row">
        <Icon name={icon} />
        {title}
      </h2>
      {empty ? <p class="muted">{none}</p> : <ul class="own-list">{children}</ul>}
    </section>
  );
}

function times({ from, until }: PlannedShift): string {
  if (from == null) return "";
  return until == null ? t("own_shift_from", { from: clock(from) }) : t("own_shift_times", { from: clock(from), until: clock(until) });
}

function ShiftLine({ shift, known }: { shift: PlannedShift; known: Catalogue | undefined }): JSX.Element {
  const site = known?.sites.find((one) => one.code === shift.site);
  const others = (shift.with ?? []).map(calledHere);
  const parts = [times(shift), site === undefined ? shift.site : label(site.label), modeWords(shift.mode, others)];
  return (
    <li>
      <strong>{date(shift.day)}</strong>
      {shift.state === "cancelled" && <strong class="warned"> · {t("own_shift_cancelled")}</strong>}
      <p class="muted">{parts.filter(Boolean).join(" · ")}</p>
    </li>
  );
}

/** Next shifts. */
export function OwnShifts(): JSX.Element {
  const shifts = nextShifts(own.value?.shifts ?? [], today.value);
  return (
    <Part title={t("own_shifts")} icon="today" none={t("own_shifts_none")} empty={shifts.length === 0}>
      {shifts.map((shift) => (
        <ShiftLine key={shift.record} shift={shift} known={catalogue.value} />
      ))}
    </Part>
  );
}

/** Thanks received, newest first. */
export function OwnThanks(): JSX.Element {
  const thanks = own.value?.thanks ?? [];
  return (
    <Part title={t("thanks")} icon="star" none={t("thanks_none")} empty={thanks.length === 0}>
      {thanks.map(({ id, by, on, words }) => (
        <li key={id}>
          <p dir="auto">{words}</p>
          <p class="muted small">{t("thanks_from", { name: by, day: date(on) })}</p>
        </li>
      ))}
    </Part>
  );
}

const DATE: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };

/** How long something learned holds: plainly, or with a sign when it ends. */
function Until({ expires }: { expires: string | null | undefined }): JSX.Element | null {
  if (expires == null) return null;
  const how = validity(expires, today.value);
  const day = date(expires, DATE);
  if (how === "holds") return <> · {t("holds_until", { day })}</>;
  return (
    <span class="warned row">
      <Icon name="alert" />
      {t(how === "soon" ? "ends_soon" : "ended_on", { day })}
    </span>
  );
}

/** Level, and what was passed with how long it holds. */
export function OwnLearning(): JSX.Element {
  const { qualifications = [], level } = own.value ?? {};
  const modules = catalogue.value?.modules ?? [];
  return (
    <Part title={t("qualifications")} icon="badge" none={t("qualifications_none")} empty={qualifications.length === 0 && level === undefined}>
      {level !== undefined && (
        <li>
          {t("level")}: <strong>{t(`level_${level}`)}</strong>
        </li>
      )}
      {qualifications.map(({ module, on, expires }) => (
        <li key={module}>
          <strong>{label(modules.find(({ code }) => code === module)?.label ?? { en: module })}</strong>
          <p class="muted">
            {t("passed_on", { day: date(on, DATE) })}
            <Until expires={expires} />
          </p>
        </li>
      ))}
    </Part>
  );
}
