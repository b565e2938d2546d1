// Before a shift, until it is put away: the browser said no when it was asked to keep what is saved. Me goes on saying so.
// It waits for the offer of a PIN to be answered, so that one thing is asked at a time.
import type { JSX } from "preact";
import { setSettings } from "../../../app/actions";
import { askToPersist } from "../../../app/enrolment";
import { persisted, pinSet, settings } from "../../../app/state";
import { appName } from "../../../app/name";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Card } from "../../kit/Card";

/** The notice. */
export function Unkept(): JSX.Element | null {
  const { withoutPin, unkeptRead } = settings.value;
  const isAsked = !pinSet.value && withoutPin !== true;
  if (persisted.value !== false || unkeptRead === true || isAsked) return null;
  return (
    <Card>
      <p>{t("storage_no", { app: appName() })}</p>
      <div class="row">
        <Button icon="disk" onClick={() => void askToPersist()}>
          {t("ask_storage")}
        </Button>
        <Button onClick={() => void setSettings({ unkeptRead: true })}>{t("close")}</Button>
      </div>
    </Card>
  );
}
