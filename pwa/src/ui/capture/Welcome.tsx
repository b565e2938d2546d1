// After enrolment: who the phone is for, and what the browser says about keeping what is saved.
import type { JSX } from "preact";
import { handle, persisted, phase } from "../../app/state";
import { appName } from "../../app/name";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { InstallHint } from "./Install";

/** The browser's answer about persistent storage. */
export function StorageAnswer(): JSX.Element {
  if (persisted.value === undefined) return <Banner kind="warn">{t("storage_unknown")}</Banner>;
  return persisted.value ? <Banner kind="good">{t("storage_yes")}</Banner> : <Banner kind="warn">{t("storage_no", { app: appName() })}</Banner>;
}

/** The screen. */
export function Welcome(): JSX.Element {
  return (
    <main class="page">
      <h1>{t("welcome", { name: handle.value })}</h1>
      <StorageAnswer />
      <InstallHint />
      <div class="grow" />
      <Button look="big primary" onClick={() => (phase.value = "ready")}>
        {t("welcome_start")}
      </Button>
    </main>
  );
}
