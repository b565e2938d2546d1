// A phone becomes a device of a programme.
import type { JSX } from "preact";
import { enrolWith, keepSetUp } from "../../app/enrolment";
import { installWay } from "../../app/install";
import { speak } from "../../app/language";
import { device, link, lostStore, people } from "../../app/state";
import { appName } from "../../app/name";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Banner, Card } from "../kit/Card";
import { Languages } from "../kit/Languages";
import { EnrolForm } from "./EnrolForm";
import { SaveCopy } from "./copy/SaveCopy";
import { IosInstall } from "./Install";

function Lost(): JSX.Element | null {
  const lost = lostStore.value;
  if (lost === undefined) return null;
  return (
    <Banner kind={lost.unsent > 0 ? "danger" : "warn"}>
      <strong>{t("lost_title")}</strong> {lost.unsent > 0 ? t("lost_some", { n: lost.unsent }) : t("lost_none")}
    </Banner>
  );
}

/** The screen. */
export function Enrol(): JSX.Element {
  const { code, pin } = link.value;
  return (
    <main class="page">
      <Languages label={t("language")} speak={speak} failed={t("language_failed")} />
      <h1>{t("enrol_title")}</h1>
      <Lost />
      <p class="muted">{t("enrol_text")}</p>
      {device.value !== undefined && (
        <>
          <Banner kind="info">{t("enrol_anew")}</Banner>
          {people.value.length > 1 && <Banner kind="warn">{t("enrol_anew_shared")}</Banner>}
          <SaveCopy />
        </>
      )}
      {installWay.value === "ios" && (
        <>
          <Banner kind="info">{t("enrol_ios", { app: appName() })}</Banner>
          <IosInstall />
        </>
      )}
      <Card>
        <EnrolForm key={code ?? ""} fromLink={code} pin={pin} send={enrolWith} />
      </Card>
      {device.value !== undefined && <Button onClick={keepSetUp}>{t("enrol_keep")}</Button>}
    </main>
  );
}
