// An invite, shown once: link, QR code, code in groups of four for the card, and the six digits that are said aloud.
// The digits are left out of the print: paper that is found must not be enough.
import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { readQr } from "../../domain/console/qr";
import type { InviteView } from "../../generated/contract";
import { t } from "../../i18n/console";
import { instant } from "../console/format";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Field } from "../kit/Field";
import { Qr } from "../kit/Qr";

/** The card of an invite. */
export function Invite({ invite, onDone }: { invite: InviteView; onDone: () => void }): JSX.Element {
  const [copied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [invite]);
  const peer = invite.role === "peer";
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(invite.link);
    setCopied(true);
  };
  return (
    <section class="card invite print-alone" aria-labelledby="invite-title">
      <h2 id="invite-title" ref={heading} tabIndex={-1}>
        {t("invite_title", { handle: invite.handle })}
      </h2>
      <ol class="steps">
        <li>
          <p>{peer ? t("invite_step_scan") : t("invite_step_link")}</p>
          {peer && <Qr drawing={readQr(invite.qr_svg)} label={t("invite_qr")} />}
          <Field label={t("invite_link")} dir="ltr" value={invite.link} onText={() => undefined} />
          <Button class="no-print" onClick={() => void copy().catch(() => setCopied(false))}>
            {copied ? t("copied") : t("copy_link")}
          </Button>
        </li>
        <li>
          <p>{t("invite_step_code")}</p>
          <p class="invite-code" dir="ltr">{invite.code}</p>
        </li>
        <li>
          <p class="no-print">{peer ? t("invite_step_digits") : t("invite_step_digits_staff")}</p>
          <p class="invite-digits no-print" dir="ltr" aria-label={Array.from(invite.digits).join(" ")}>
            {invite.digits.slice(0, 3)} {invite.digits.slice(3)}
          </p>
          <p class="print-only">{t("invite_print_digits")}</p>
        </li>
      </ol>
      <p>{t("invite_ends", { at: instant(invite.expires_at) })}</p>
      <div class="no-print">
        <Banner kind="warn">{t("invite_once")}</Banner>
      </div>
      <div class="actions">
        <Button onClick={() => window.print()}>{t("print")}</Button>
        <Button look="primary" onClick={onDone}>
          {t("done")}
        </Button>
      </div>
    </section>
  );
}
