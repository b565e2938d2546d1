// Link or typed code, and six digits that the supervisor says: how a worker gets onto a phone.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../../i18n/phone";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Field } from "../kit/Field";

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
    case "old_phone":
      return t(`error_${code}`);
    case "signature":
      return t("error_other_programme");
    case "too_many_requests":
    case "throttled":
      return t("error_wait");
    default:
      return code.startsWith("invite") ? t("error_invite") : t("error_other");
  }
}

interface EnrolFormProps {
  /** Code of the link that was opened, if one was. */
  fromLink: string | undefined;
  /** The link's pin of the programme's key. */
  pin: string | undefined;
  /** Does it; answers why it did not work. */
  send: (code: string, digits: string, pin: string | undefined) => Promise<string | undefined>;
  /** Words of the button. */
  button?: string;
}

/** A code in groups of four, as it stands on the card. */
function grouped(code: string): string {
  return code.replace(/(.{4})(?=.)/gu, "$1 ");
}

/** The form, anew for each link. */
export function EnrolForm({ fromLink, pin, send, button = t("enrol_button") }: EnrolFormProps): JSX.Element {
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
    const found = await send(code, digits.trim(), code === linked ? pin : undefined);
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
        {busy ? t("enrol_busy") : button}
      </Button>
    </form>
  );
}
