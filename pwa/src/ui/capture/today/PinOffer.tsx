// Before a shift: the offer to set a PIN, until there is one or it was put away.
import type { JSX } from "preact";
import { setSettings } from "../../../app/actions";
import { openTab } from "../../../app/forms";
import { pinSet, pinWanted, settings } from "../../../app/state";
import { t } from "../../../i18n/phone";
import { Button } from "../../kit/Button";
import { Card } from "../../kit/Card";

/** The offer. */
export function PinOffer(): JSX.Element | null {
  if (pinSet.value || settings.value.withoutPin === true) return null;
  const set = (): void => {
    pinWanted.value = true;
    openTab("me");
  };
  return (
    <Card class="stack">
      <p>{t("pin_offer")}</p>
      <div class="row">
        <Button icon="lock" onClick={set}>
          {t("pin_set")}
        </Button>
        <Button onClick={() => void setSettings({ withoutPin: true })}>{t("pin_offer_no")}</Button>
      </div>
    </Card>
  );
}
