// Logging in, as a page and over a page whose session has ended.
import { appName } from "../../app/name";
import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../../i18n/console";
import { ApiError, api } from "../../sync/console-api";
import { Button } from "../kit/Button";
import { Banner, Card } from "../kit/Card";
import { Field } from "../kit/Field";
import { Code, bare } from "./Code";
import { Password } from "./inputs";
import { LanguageList } from "./language";
import { problemText } from "./problem";
import { begin, expired } from "./session";

/** A refusal by its stable code. */
function refused(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.code === code;
}

/** Name and password, then the code of whoever has an authenticator app. Until it is right, both stay in memory and nowhere else. */
function LoginForm({ help = false }: { help?: boolean }): JSX.Element {
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [second, setSecond] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (second) form.current?.querySelector("input")?.focus();
  }, [second]);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      begin(await api.login({ login: login.trim().toLowerCase(), password, ...(second && { code: bare(code) }) }));
    } catch (failure) {
      const asked = refused(failure, "totp_needed");
      if (asked || refused(failure, "login_failed")) setSecond(asked);
      if (!asked) setError(failure);
      setCode("");
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="door-form"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      {error !== undefined && <Banner kind="danger">{refused(error, "login_failed") ? t("login_wrong") : problemText(error)}</Banner>}
      {second ? (
        <Code value={code} onText={setCode} />
      ) : (
        <>
          <Field label={t("login_name")} dir="ltr" value={login} onText={setLogin} autocomplete="username" name="login" maxLength={64} required />
          <Password value={password} onText={setPassword} />
        </>
      )}
      <Button type="submit" look="big primary" disabled={busy}>
        {busy ? t("logging_in") : t("log_in")}
      </Button>
      {second && (
        <Button
          onClick={() => {
            setSecond(false);
            setPassword("");
            setError(undefined);
          }}
        >
          {t("login_another")}
        </Button>
      )}
      {second ? <p class="muted small">{t("login_help_code")}</p> : help && <p class="muted small">{t("login_help")}</p>}
    </form>
  );
}

/** The login page. */
export function Login(): JSX.Element {
  useEffect(() => {
    document.title = t("page_title", { page: t("log_in"), app: appName() });
  }, []);
  return (
    <main class="door">
      <p class="brand">{appName()}</p>
      <Card>
        <h1>{t("log_in")}</h1>
        <LoginForm help />
      </Card>
      <LanguageList />
    </main>
  );
}

/** The login over a page whose session has ended; what was typed below stays. */
export function Relogin(): JSX.Element | null {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = expired.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  if (!open) return null;
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby="relogin" onCancel={(event) => event.preventDefault()}>
      <h2 id="relogin">{t("session_ended")}</h2>
      <p>{t("session_ended_help")}</p>
      <LoginForm />
    </dialog>
  );
}
