// The home screen: today's counts, one sentence on the queue, and the + for the thumb.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { openPad, openSameAgain } from "../../app/actions";
import { setUpAnew } from "../../app/enrolment";
import * as state from "../../app/state";
import { acceptUpdate } from "../../app/update";
import { date, label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Banner, Card } from "../kit/Card";
import { Icon } from "../kit/Icon";
import { Bar } from "./Bar";
import { PlacePicker } from "./PlacePicker";
import "./today.css";
import { figure } from "./words";

/** Five sums with their words; the first is the large one. */
export function Sums({ sums, when }: { sums: typeof state.sums.value; when: string }): JSX.Element {
  return (
    <Card>
      <div class="sums">
        <div class="lead">
          <span class="figure">{figure(sums.contacts)}</span>
          <span>
            {t("contacts", { n: sums.contacts })}
            <br />
            <span class="muted small">{when}</span>
          </span>
        </div>
        <div class="end">
          <div class="figure">{figure(sums.new_contacts)}</div>
          <div class="muted small">{t("new_people")}</div>
        </div>
        <div>
          <div class="figure">{figure(sums.syringes_out)}</div>
          <div class="muted small">{t("syringes_out")}</div>
        </div>
        <div>
          <div class="figure">{figure(sums.syringes_in)}</div>
          <div class="muted small">{t("syringes_in")}</div>
        </div>
        <div>
          <div class="figure">{figure(sums.naloxone_kits)}</div>
          <div class="muted small">{t("naloxone")}</div>
        </div>
      </div>
    </Card>
  );
}

/** "12 of 14 received, 2 waiting". */
function QueueSentence(): JSX.Element {
  const { total, received, waiting, removals } = state.queue.value;
  const waits = waiting + removals > 0;
  const parts = [total === 0 ? t("queue_empty") : t("queue_received", { n: total, received })];
  if (waiting > 0) parts.push(t("queue_waiting", { n: waiting }));
  if (removals > 0) parts.push(t("queue_removals", { n: removals }));
  return (
    <p class={waits ? "queue waits" : "queue"} role="status" data-testid="queue">
      <Icon name={waits ? "wait" : total > 0 ? "check" : "today"} />
      <span>{parts.join(", ")}</span>
    </p>
  );
}

const CLOCK_MINUTES = 10;

/** What needs attention, each with what to do. */
function Attention(): JSX.Element {
  const { quarantined, rejected } = state.queue.value;
  const lost = state.sync.value?.lost ?? 0;
  const out = state.sync.value?.out === true && !state.linkUnused.value;
  const clock = Math.abs(state.sync.value?.clockOff ?? 0);
  return (
    <>
      {quarantined > 0 && !out && <Banner kind="warn">{t("quarantined", { n: quarantined })}</Banner>}
      {rejected > 0 && <Banner kind="danger">{t("rejected", { n: rejected })}</Banner>}
      {lost > 0 && <Banner kind="danger">{t("lost_numbers", { n: lost })}</Banner>}
      {clock > CLOCK_MINUTES && <Banner kind="warn">{t("clock_off", { n: clock })}</Banner>}
      {out && (
        <div class="notice under">
          <span>{t("out_of_programme")}</span>
          <div>
            <Button onClick={setUpAnew}>{t("set_up_anew")}</Button>
          </div>
        </div>
      )}
      {state.linkUnused.value && (
        <div class="notice under">
          <span>{t("link_unused")}</span>
          <div>
            <Button onClick={setUpAnew}>{t("set_up_anew")}</Button>
            <Button onClick={() => (state.linkUnused.value = false)}>{t("close")}</Button>
          </div>
        </div>
      )}
      {state.updateReady.value && (
        <div class="notice">
          <span>{t("update_ready")}</span>
          <Button onClick={acceptUpdate}>{t("update_now")}</Button>
        </div>
      )}
    </>
  );
}

/** What just happened, with its undo. */
function Notice(): JSX.Element | null {
  const notice = state.notice.value;
  if (notice === undefined) return null;
  return (
    <div class="notice" role="status">
      <span class="row">
        <Icon name={notice.kind === "saved" ? "check" : "undo"} />
        {t(notice.kind)}
      </span>
      {notice.kind !== "undone" && (
        <Button icon="undo" onClick={notice.undo}>
          {notice.kind === "saved" ? t("undo") : t("bring_back")}
        </Button>
      )}
    </div>
  );
}

function Header({ onChange }: { onChange: () => void }): JSX.Element {
  const here = state.place.value;
  const site = state.catalogue.value?.sites.find((one) => one.code === here?.site);
  const chosen = state.chosenDay.value;
  return (
    <header>
      {here !== undefined && state.placeIsSet.value && (
        <Button look="plain" class="place" icon="place" onClick={onChange} title={t("place_change")}>
          <span>
            {site === undefined ? here.site : label(site.label)} · {t(`mode_${here.mode}`)} · {t(`setting_${here.setting}`)}
          </span>
        </Button>
      )}
      <h1 class="date">{date(state.today.value)}</h1>
      {chosen !== undefined && <Banner kind="warn">{date(chosen)}</Banner>}
    </header>
  );
}

/** The screen. */
export function Today(): JSX.Element {
  const [picking, setPicking] = useState(false);
  const pick = picking || !state.placeIsSet.value;
  return (
    <main class="page with-bar">
      <Header onChange={() => setPicking(!picking)} />
      {pick ? <PlacePicker onDone={() => setPicking(false)} /> : <Sums sums={state.sums.value} when={t("contacts_today")} />}
      <QueueSentence />
      <Attention />
      <div class="grow" />
      <Notice />
      {!pick && (
        <>
          <Button look="big primary" class="contact-button" icon="plus" onClick={() => openPad()}>
            {t("contact_button")}
          </Button>
          {state.lastDraft.value !== undefined && (
            <Button icon="repeat" onClick={openSameAgain}>
              {t("same_again")}
            </Button>
          )}
        </>
      )}
      <Bar />
    </main>
  );
}
