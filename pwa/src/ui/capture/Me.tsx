// Me: the worker's own figures, shifts, thanks and learning; then this phone: sending, storage, home screen, look and language.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { setSettings } from "../../app/actions";
import { syncNow } from "../../app/engine";
import { askToPersist } from "../../app/enrolment";
import { exitEverywhere, lockEverywhere } from "../../app/exit";
import { speak } from "../../app/language";
import { proven } from "../../app/lock";
import { answeredAt, persisted, pinSet, settings, sync, syncing } from "../../app/state";
import { locale } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { VERSION } from "../../app/version";
import { Button } from "../kit/Button";
import { Choices } from "../kit/Field";
import { Languages } from "../kit/Languages";
import { Bar } from "./Bar";
import { SaveCopy } from "./copy/SaveCopy";
import { InstallHint } from "./Install";
import { onDemand } from "./onDemand";
import { OwnFigures, OwnLearning, OwnShifts, OwnThanks } from "./Own";
import "./tabs.css";
import { AddPersonLater } from "./turn/AddPersonLater";
import { TurnButton } from "./turn/TurnButton";
import { StorageAnswer } from "./Welcome";

const THEMES = ["auto", "dark", "light", "sun"] as const;
const HANDS = ["left", "right"] as const;

function lastReceived(): string {
  const [at, day] = [answeredAt.value, sync.value?.pushedAt ?? 0];
  if (at === undefined && day === 0) return t("never_received");
  const format: Intl.DateTimeFormatOptions =
    at === undefined ? { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" } : { weekday: "short", hour: "2-digit", minute: "2-digit" };
  return t("last_received", { when: new Intl.DateTimeFormat(locale.value, format).format(at ?? day) });
}

const Deliver = onDemand(() => import("./copy/Deliver").then((parts) => parts.Deliver));
const Discard = onDemand(() => import("./lock").then((parts) => parts.Discard));
const LockSettings = onDemand(() => import("./lock").then((parts) => parts.LockSettings));

/** Sealed records as a file: out of this phone, and of another phone to the server. */
function Copies(): JSX.Element {
  const [delivering, setDelivering] = useState(false);
  return (
    <>
      <h2>{t("copy_title")}</h2>
      <p class="muted">{t("copy_about")}</p>
      <SaveCopy />
      <Button icon="upload" onClick={() => setDelivering(true)}>
        {t("copy_deliver")}
      </Button>
      {delivering && <Deliver onClose={() => setDelivering(false)} />}
    </>
  );
}

/** Who uses this phone. */
function People(): JSX.Element {
  const [adding, setAdding] = useState(false);
  return (
    <>
      <h2>{t("turn_title")}</h2>
      <p class="muted">{t("turn_about")}</p>
      <TurnButton />
      <Button icon="people" onClick={() => setAdding(true)}>
        {t("person_add")}
      </Button>
      {adding && <AddPersonLater onClose={() => setAdding(false)} />}
    </>
  );
}

/** What concerns the phone and not the work. */
function ThisPhone(): JSX.Element {
  return (
    <section class="stack">
      <h2>{t("this_phone")}</h2>
      <p class="muted">{lastReceived()}</p>
      <Button icon="sync" disabled={syncing.value} onClick={() => void syncNow()}>
        {syncing.value ? t("syncing") : t("sync_now")}
      </Button>
      <InstallHint />
      <People />
      <Copies />
      <h2>{t("storage")}</h2>
      <StorageAnswer />
      {persisted.value === false && <Button onClick={() => void askToPersist()}>{t("ask_storage")}</Button>}
      <Choices label={t("look")}>
        {THEMES.map((one) => (
          <Button key={one} pressed={settings.value.theme === one} onClick={() => void setSettings({ theme: one })}>
            {t(`theme_${one}`)}
          </Button>
        ))}
      </Choices>
      <Choices label={t("hand")}>
        {HANDS.map((one) => (
          <Button key={one} icon="hand" pressed={settings.value.hand === one} onClick={() => void setSettings({ hand: one })}>
            {t(`hand_${one}`)}
          </Button>
        ))}
      </Choices>
      <Languages label={t("language")} speak={speak} failed={t("language_failed")} />
      {(!pinSet.value || proven.value) && <Discard />}
      <p class="muted small">{t("version", { version: VERSION })}</p>
    </section>
  );
}

/** The screen. */
export function Me(): JSX.Element {
  return (
    <main class="page with-bar">
      <div class="between">
        <h1>{t("me")}</h1>
        {pinSet.value ? (
          <Button icon="lock" onClick={lockEverywhere}>
            {t("lock_now")}
          </Button>
        ) : (
          <Button icon="conceal" onClick={exitEverywhere}>
            {t("hide_now")}
          </Button>
        )}
      </div>
      <OwnFigures />
      <OwnShifts />
      <OwnThanks />
      <OwnLearning />
      <LockSettings />
      <ThisPhone />
      <div class="grow" />
      <Bar />
    </main>
  );
}
