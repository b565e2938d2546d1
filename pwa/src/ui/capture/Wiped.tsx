// A phone that was taken out: nothing of anybody's work is on it any more. What still waits is said, sent, and can leave as a copy.
import type { JSX } from "preact";
import { setUpAnew } from "../../app/enrolment";
import { speak } from "../../app/language";
import { queue } from "../../app/state";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Languages } from "../kit/Languages";
import { SaveCopy } from "./copy/SaveCopy";

/** The page. */
export function Wiped(): JSX.Element {
  const { waiting, removals, others } = queue.value;
  const n = waiting + removals + others;
  return (
    <main class="page">
      <h1>{t("wiped_title")}</h1>
      <p>{t("wiped_text")}</p>
      <Banner kind={n > 0 ? "info" : "good"}>{n > 0 ? t("wiped_waiting", { n }) : t("wiped_none")}</Banner>
      {n > 0 && <SaveCopy />}
      <div class="grow" />
      <Button onClick={setUpAnew}>{t("set_up_anew")}</Button>
      <Languages label={t("language")} speak={speak} failed={t("language_failed")} />
    </main>
  );
}
