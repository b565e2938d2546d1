// What the home screen says beside its figures: what needs attention, each with what to do, and what just happened with its undo.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { setUpAnew } from "../../../app/enrolment";
import { room } from "../../../app/room";
import { closeHour } from "../../../app/shift";
import * as state from "../../../app/state";
import { acceptUpdate } from "../../../app/update";
import { clock, date } from "../../../i18n/catalogue";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Banner } from "../../kit/Card";
import { Icon } from "../../kit/Icon";
import { SaveCopy } from "../copy/SaveCopy";
import { AddPersonLater } from "../turn/AddPersonLater";

const CLOCK_MINUTES = 10;
/** Minutes of a day. */
const DAY = 1440;

/** A shift that nobody stopped was closed. */
function ClosedShift(): JSX.Element | null {
  const day = state.closedShift.value;
  if (day === undefined) return null;
  return (
    <div class="notice">
      <span>{t("shift_closed", { day: date(day, { weekday: "long" }), time: clock(`${String(closeHour()).padStart(2, "0")}:00`) })}</span>
      <Button icon="close" label={t("close")} onClick={() => (state.closedShift.value = undefined)} />
    </div>
  );
}

function LinkUnused(): JSX.Element {
  const [adding, setAdding] = useState(false);
  return (
    <div class="notice under">
      <span>{t("link_unused")}</span>
      <div>
        <Button icon="people" onClick={() => setAdding(true)}>
          {t("person_add_this")}
        </Button>
        <Button onClick={setUpAnew}>{t("set_up_anew")}</Button>
        <Button onClick={() => (state.linkUnused.value = false)}>{t("close")}</Button>
      </div>
      {adding && <AddPersonLater onClose={() => setAdding(false)} />}
    </div>
  );
}

/** The browser gives little room: what waits can leave as a copy. */
function LittleRoom(): JSX.Element | null {
  if (room.value === "enough") return null;
  return (
    <div class="notice under">
      <span>{t(`storage_${room.value}`)}</span>
      <SaveCopy />
    </div>
  );
}

/** What needs attention, each with what to do. */
export function Attention(): JSX.Element {
  const { quarantined, rejected } = state.queue.value;
  const lost = state.sync.value?.lost ?? 0;
  const out = state.out.value && !state.linkUnused.value;
  const off = Math.abs(state.sync.value?.clockOff ?? 0);
  return (
    <>
      <ClosedShift />
      {state.listGone.value && (
        <div class="notice under">
          <span>{t("list_gone")}</span>
          <div>
            <Button onClick={() => (state.listGone.value = false)}>{t("close")}</Button>
          </div>
        </div>
      )}
      {quarantined > 0 && !out && <Banner kind="warn">{t("quarantined", { n: quarantined })}</Banner>}
      {rejected > 0 && <Banner kind="danger">{t("rejected", { n: rejected })}</Banner>}
      {lost > 0 && <Banner kind="danger">{t("lost_numbers", { n: lost })}</Banner>}
      {off > CLOCK_MINUTES && <Banner kind="warn">{off < 2 * DAY ? t("clock_off", { n: off }) : t("clock_off_days", { n: Math.round(off / DAY) })}</Banner>}
      <LittleRoom />
      {out && (
        <div class="notice under">
          <span>{t("out_of_programme")}</span>
          <div>
            <Button onClick={setUpAnew}>{t("set_up_anew")}</Button>
          </div>
        </div>
      )}
      {state.linkUnused.value && <LinkUnused />}
      {state.updateReady.value && (
        <div class="notice">
          <span>{t("update_ready")}</span>
          <Button onClick={acceptUpdate}>{t("update_now")}</Button>
        </div>
      )}
    </>
  );
}

const SIGNS = { saved: "check", corrected: "check", ended: "check", undone: "undo", discarded: "undo" } as const;

/** What just happened, with its undo. */
export function Notice(): JSX.Element | null {
  const notice = state.notice.value;
  if (notice === undefined) return null;
  return (
    <div class="notice" role="status">
      <span class="row">
        <Icon name={SIGNS[notice.kind]} />
        {t(notice.kind)}
      </span>
      {"undo" in notice && (
        <Button icon="undo" onClick={notice.undo}>
          {notice.kind === "saved" ? t("undo") : t("bring_back")}
        </Button>
      )}
    </div>
  );
}
