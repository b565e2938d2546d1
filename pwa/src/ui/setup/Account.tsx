// The own log-in: an authenticator app beside the password is turned on and off here. Secret and recovery codes are shown once.
import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { readQr } from "../../domain/console/qr";
import type { TotpSecret } from "../../generated/contract";
import { t } from "../../i18n/console";
import { ApiError, api } from "../../sync/console-api";
import { Code, bare } from "../console/Code";
import { Password } from "../console/inputs";
import { useSend } from "../console/load";
import { Badge, Confirm, Page } from "../console/Page";
import { Trouble } from "../console/problem";
import { mustSetUp, session } from "../console/session";
import { Button } from "../kit/Button";
import { Banner, Card } from "../kit/Card";
import { Field } from "../kit/Field";
import { Qr } from "../kit/Qr";

/** Notes in the session what the server has said to. */
function note(totp: boolean): void {
  if (session.value !== null && session.value !== undefined) session.value = { ...session.value, totp };
}

function Begin({ onBegun }: { onBegun: (secret: TotpSecret) => void }): JSX.Element {
  const [password, setPassword] = useState("");
  const sending = useSend();
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void sending.send(async () => onBegun(await api.beginTotp({ password })));
      }}
    >
      {sending.error !== undefined && <Trouble error={sending.error} />}
      <p>{t("totp_begin_help")}</p>
      <Password value={password} onText={setPassword} />
      <div class="actions">
        <Button type="submit" look="primary" disabled={sending.busy}>
          {sending.busy ? t("sending") : t("totp_begin")}
        </Button>
      </div>
    </form>
  );
}

/** The secret for the app, and the first code, which shows that the app has it. */
function SetUp({ secret, onDone, onCancel }: { secret: TotpSecret; onDone: (codes: string[]) => void; onCancel: () => void }): JSX.Element {
  const [code, setCode] = useState("");
  const sending = useSend();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const wrong = sending.error instanceof ApiError && sending.error.code === "totp_wrong";
  return (
    <form
      class="invite"
      onSubmit={(event) => {
        event.preventDefault();
        void sending.send(async () => onDone((await api.confirmTotp({ code: bare(code) })).codes));
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {t("totp_set_up")}
      </h2>
      <ol class="steps">
        <li>
          <p>{t("totp_step_scan")}</p>
          <Qr drawing={readQr(secret.qr_svg)} label={t("totp_qr")} />
          <a class="button" href={secret.uri}>
            {t("totp_open")}
          </a>
        </li>
        <li>
          <p>{t("totp_step_type")}</p>
          <p class="invite-code secret" dir="ltr">
            {secret.secret.match(/.{1,4}/gu)?.join(" ")}
          </p>
        </li>
        <li>
          <p>{t("totp_step_code")}</p>
          <Field
            label={t("totp_code")}
            value={code}
            onText={(text) => {
              setCode(text);
              sending.clear();
            }}
            error={wrong ? t("totp_confirm_wrong") : undefined}
            inputMode="numeric"
            autocomplete="one-time-code"
            dir="ltr"
            maxLength={7}
            required
          />
        </li>
      </ol>
      {sending.error !== undefined && !wrong && <Trouble error={sending.error} />}
      <div class="actions">
        <Button type="submit" look="primary" disabled={sending.busy}>
          {sending.busy ? t("sending") : t("totp_confirm")}
        </Button>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

/** The recovery codes, for paper or a password manager. */
function Recovery({ codes, onDone }: { codes: readonly string[]; onDone: () => void }): JSX.Element {
  const [copied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join("\n"));
    setCopied(true);
  };
  return (
    <section class="card invite print-alone" aria-labelledby="recovery-title">
      <h2 id="recovery-title" ref={heading} tabIndex={-1}>
        {t("recovery_title", { handle: session.value?.handle ?? "" })}
      </h2>
      <p>{t("recovery_help")}</p>
      <ol class="recovery" dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div class="no-print">
        <Banner kind="warn">{t("recovery_once")}</Banner>
      </div>
      <div class="actions">
        <Button onClick={() => void copy().catch(() => setCopied(false))}>{copied ? t("copied") : t("recovery_copy")}</Button>
        <Button onClick={() => window.print()}>{t("print")}</Button>
        <Button look="primary" onClick={onDone}>
          {t("recovery_kept")}
        </Button>
      </div>
    </section>
  );
}

function TurnOff({ onNo, onDone }: { onNo: () => void; onDone: () => void }): JSX.Element {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const sending = useSend();
  const submit = async (): Promise<void> => {
    if (await sending.send(() => api.endTotp({ password, code: bare(code) }))) onDone();
  };
  return (
    <Confirm title={t("totp_off_title")} yes={t("totp_off_yes")} busy={sending.busy} onYes={() => void submit()} onNo={onNo}>
      {sending.error !== undefined && <Trouble error={sending.error} />}
      <p>{session.value?.totp_required === true ? t("totp_off_demanded") : t("totp_off_help")}</p>
      <Password value={password} onText={setPassword} />
      <Code value={code} onText={setCode} />
    </Confirm>
  );
}

/** On: what that means, and the way out. */
function On(): JSX.Element {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <p>{t("totp_on_help")}</p>
      <div class="actions">
        <Button look="danger" onClick={() => setAsked(true)}>
          {t("totp_off")}
        </Button>
      </div>
      {asked && <TurnOff onNo={() => setAsked(false)} onDone={() => note(false)} />}
    </>
  );
}

function Authenticator(): JSX.Element {
  const [secret, setSecret] = useState<TotpSecret | undefined>(undefined);
  const [codes, setCodes] = useState<readonly string[] | undefined>(undefined);
  if (codes !== undefined) return <Recovery codes={codes} onDone={() => setCodes(undefined)} />;
  const confirmed = (given: string[]): void => {
    setCodes(given);
    setSecret(undefined);
    note(true);
  };
  if (secret !== undefined) {
    return (
      <Card>
        <SetUp secret={secret} onDone={confirmed} onCancel={() => setSecret(undefined)} />
      </Card>
    );
  }
  const on = session.value?.totp === true;
  return (
    <Card class="form">
      <div class="row-head">
        <h2>{t("totp")}</h2>
        <Badge>{on ? t("is_on") : t("is_off")}</Badge>
      </div>
      {on ? <On /> : <Begin onBegun={setSecret} />}
    </Card>
  );
}

/** The page. */
export function Account(): JSX.Element {
  return (
    <Page title={t("page_account")} under={session.value?.handle}>
      <div class="list">
        {mustSetUp() && <Banner kind="warn">{t("problem_totp_required")}</Banner>}
        <Authenticator />
      </div>
    </Page>
  );
}
