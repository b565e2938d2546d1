// Me: own week, when the server last received something, what the browser says about storage, and how the app looks.
import type { JSX } from "preact";
import { setSettings } from "../../app/actions";
import { syncNow } from "../../app/engine";
import { askToPersist } from "../../app/enrolment";
import { speak } from "../../app/language";
import { persisted, settings, sync, syncing, week } from "../../app/state";
import { locale } from "../../i18n/catalogue";
import { t } from "../../i18n/phone";
import { APP } from "../../app/version";
import { Button } from "../kit/Button";
import { Choices } from "../kit/Field";
import { Languages } from "../kit/Languages";
import { Bar } from "./Bar";
import { Sums } from "./Today";
import { StorageAnswer } from "./Welcome";

const THEMES = ["auto", "dark", "light", "sun"] as const;
const HANDS = ["left", "right"] as const;

function lastReceived(): string {
  const at = sync.value?.pushedAt ?? 0;
  if (at === 0) return t("never_received");
  const when = new Intl.DateTimeFormat(locale.value, { weekday: "short", hour: "2-digit", minute: "2-digit" }).format(at);
  return t("last_received", { when });
}

/** The screen. */
export function Me(): JSX.Element {
  return (
    <main class="page with-bar">
      <h1>{t("me")}</h1>
      <Sums sums={week.value} when={t("this_week")} />
      <div class="stack">
        <p class="muted">{lastReceived()}</p>
        <Button icon="sync" disabled={syncing.value} onClick={() => void syncNow()}>
          {syncing.value ? t("syncing") : t("sync_now")}
        </Button>
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
        <p class="muted small">{t("version", { version: APP })}</p>
      </div>
      <div class="grow" />
      <Bar />
    </main>
  );
}
