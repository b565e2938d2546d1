// The second step of proving who one is: six digits of the authenticator app, or a recovery code in their place.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../../i18n/console";
import { Button } from "../kit/Button";
import { Field } from "../kit/Field";

/** What was typed, as it is sent: apps and people write codes in groups. */
export function bare(code: string): string {
  return code.replace(/\s/gu, "");
}

/** The code; whoever lost the app changes to a recovery code, which has letters and needs another keyboard. */
export function Code({ value, onText }: { value: string; onText: (text: string) => void }): JSX.Element {
  const [recovery, setRecovery] = useState(false);
  const change = (): void => {
    setRecovery(!recovery);
    onText("");
  };
  return (
    <div class="password">
      <Field
        key={recovery ? "recovery" : "app"}
        label={recovery ? t("recovery_code") : t("totp_code")}
        hint={recovery ? t("recovery_code_help") : t("totp_code_help")}
        value={value}
        onText={onText}
        inputMode={recovery ? "text" : "numeric"}
        autocomplete={recovery ? "off" : "one-time-code"}
        name="code"
        dir="ltr"
        maxLength={recovery ? 16 : 7}
        required
      />
      <Button onClick={change}>{recovery ? t("use_totp") : t("use_recovery")}</Button>
    </div>
  );
}
