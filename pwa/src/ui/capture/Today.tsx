// The home screen: the shift's counts, one sentence on the queue, small tiles for what is no contact, and the + for the thumb.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { openPad, openSameAgain } from "../../app/actions";
import { openForm } from "../../app/forms";
import { key } from "../../app/list";
import * as state from "../../app/state";
import { clock, date, label } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Icon } from "../kit/Icon";
import { Bar } from "./Bar";
import { SaveTrouble } from "./copy/SaveCopy";
import { onDemand } from "./onDemand";
import { Sums } from "./Sums";
import { Attention, Notice } from "./today/Notices";
import { Question } from "./today/Question";
import { PinOffer } from "./today/PinOffer";
import { ShiftSheet } from "./today/ShiftSheet";
import { Start } from "./today/Start";
import { Tiles } from "./today/Tiles";
import { Unkept } from "./today/Unkept";
import { handleOf, modeWords } from "./today/words";
import { TurnButton } from "./turn/TurnButton";
import "./today.css";

const ShiftList = onDemand(() => import("./lock").then((parts) => parts.ShiftList));

/** "12 of 14 received, 2 waiting". */
function QueueSentence(): JSX.Element {
  const { total, received, waiting, removals, others } = state.queue.value;
  const waits = waiting + removals + others > 0;
  const parts = [total === 0 ? t("queue_empty") : t("queue_received", { n: total, received })];
  if (waiting > 0) parts.push(t("queue_waiting", { n: waiting }));
  if (removals > 0) parts.push(t("queue_removals", { n: removals }));
  if (others > 0) parts.push(t("queue_others", { n: others }));
  return (
    <p class={waits ? "queue waits" : "queue"} role="status" data-testid="queue">
      <Icon name={waits ? "wait" : total > 0 ? "check" : "today"} />
      <span>{parts.join(", ")}</span>
    </p>
  );
}

/** Where, how and since when: a tap changes it. */
function Here({ onTap }: { onTap: () => void }): JSX.Element | null {
  const [here, shift] = [state.place.value, state.shift.value];
  if (here === undefined || shift === undefined) return null;
  const site = state.catalogue.value?.sites.find((one) => one.code === here.site);
  const partners = shift.with.flatMap((id) => handleOf(id) ?? []);
  const parts = [modeWords(here.mode, partners), t("shift_since", { time: clock(shift.since.local.slice("2026-06-09T".length)) })];
  return (
    <Button look="plain" class="place" title={t("shift_change")} onClick={onTap}>
      <span>
        <strong>{site === undefined ? here.site : label(site.label)}</strong>
        <span class="muted"> · {parts.join(" · ")}</span>
        <small class="muted">{date(state.today.value)}</small>
      </span>
    </Button>
  );
}

function Header(): JSX.Element {
  const [changing, setChanging] = useState(false);
  const chosen = state.chosenDay.value;
  return (
    <header class="today-head">
      <TurnButton />
      <Here onTap={() => setChanging(true)} />
      <h1 class={state.shift.value === undefined ? "date" : "hide-text"}>{date(state.today.value)}</h1>
      {chosen !== undefined && <Banner kind="warn">{date(chosen)}</Banner>}
      {changing && <ShiftSheet onClose={() => setChanging(false)} />}
    </header>
  );
}

/** The thumb's part while a shift runs. */
function Thumb(): JSX.Element {
  return (
    <>
      <Button look="big primary" class="contact-button" icon="plus" onClick={() => openPad()}>
        {t("contact_button")}
      </Button>
      <div class="under-contact">
        {state.lastDraft.value === undefined ? (
          <span />
        ) : (
          <Button look="plain" icon="repeat" onClick={openSameAgain}>
            {t("same_again")}
          </Button>
        )}
        <Button look="plain" icon="stop" onClick={() => openForm("stop")}>
          {t("shift_stop")}
        </Button>
      </div>
    </>
  );
}

/** The screen. What it says grows upwards and scrolls; the + stays where the thumb knows it. */
export function Today(): JSX.Element {
  const running = state.shift.value !== undefined;
  const before = state.sums.value.contacts > 0;
  return (
    <main class="today">
      <div class="today-body">
        <Header />
        {running && <Sums sums={state.figures.value} when={t("this_shift")} />}
        <QueueSentence />
        {state.place.value !== undefined && <Question />}
        <Attention />
        {!running && before && <Sums sums={state.sums.value} when={t("contacts_today")} />}
        {running && <SaveTrouble />}
        {!running && <PinOffer />}
        {!running && <Unkept />}
        {!running && <Start />}
        {(running || state.place.value !== undefined) && <Tiles inShift={running} />}
        {running && key.value !== undefined && <ShiftList />}
      </div>
      <div class="today-foot">
        <Notice />
        {running && <Thumb />}
      </div>
      <Bar />
    </main>
  );
}
