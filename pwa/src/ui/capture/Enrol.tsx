// A phone becomes a device of a programme: link or typed code, and six digits that the supervisor says.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { enrolWith, keepSetUp } from "../../app/enrolment";
import { installWay } from "../../app/install";
import { speak } from "../../app/language";
import { device, link, lostStore } from "../../app/state";
import { appName } from "../../app/version";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Banner, Card } from "../kit/Card";
import { Field } from "../kit/Field";
import { Languages } from "../kit/Languages";
import { SaveCopy } from "./copy/SaveCopy";
import { IosInstall } from "./Install";

/** Words for why it did not work. The server's codes about the invite are one sentence: which part is wrong is not told. */
function reason(code: string): string {
  switch (code) {
    case "code_shape":
    case "digits_shape":
    case "no_network":
    case "not_our_server":
    case "wrong_root":
    case "no_sealing_key":
    case "not_saved":
      return t(`error_${code}`);
    case "too_many_requests":
    case "throttled":
      return t("error_wait");
    default:
      return code.startsWith("invite") ? t("error_invite") : t("error_other");
  }
}

function Lost(): JSX.Element | null {
  const lost = lostStore.value;
  if (lost === undefined) return null;
  return (
    <Banner kind={lost.unsent > 0 ? "danger" : "warn"}>
      <strong>{t("lost_title")}</strong> {lost.unsent > 0 ? t("lost_some", { n: lost.unsent }) : t("lost_none")}
    </Banner>
  );
}

/** A code in groups of four, as it stands on the card. */
function grouped(code: string): string {
  return code.replace(/(.{4})(?=.)/gu, "$1 ");
}

/** The form, anew for each link. */
function EnrolForm({ fromLink, pin }: { fromLink: string | undefined; pin: string | undefined }): JSX.Element {
  const linked = grouped(fromLink ?? "");
  const [code, setCode] = useState(linked);
  const [digits, setDigits] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    // A pin that can't be right (broken link) must not be taken for a typed code.
    const found = await enrolWith(code, digits.trim(), code === linked ? pin : undefined);
    setError(found);
    setBusy(false);
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <Field
        label={fromLink === undefined ? t("enrol_code") : t("enrol_code_from_link")}
        name="code"
        dir="ltr"
        value={code}
        maxLength={20}
        onText={setCode}
      />
      <Field
        label={t("enrol_digits")}
        hint={t("enrol_digits_hint")}
        name="digits"
        dir="ltr"
        value={digits}
        inputMode="numeric"
        maxLength={6}
        onText={setDigits}
      />
      {error !== undefined && <Banner kind="danger">{reason(error)}</Banner>}
      <Button look="big primary" type="submit" disabled={busy}>
        {busy ? t("enrol_busy") : t("enrol_button")}
      </Button>
    </form>
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
        <EnrolForm key={code ?? ""} fromLink={code} pin={pin} />
      </Card>
      {device.value !== undefined && <Button onClick={keepSetUp}>{t("enrol_keep")}</Button>}
    </main>
  );
}
