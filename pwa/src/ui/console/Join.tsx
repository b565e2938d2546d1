// Taking up a staff invite: the link's code, the six digits that came by another way, a login name and a password.
// The code is read from the fragment and the fragment cleared at once, so that it stays in no history.
import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { appName } from "../../app/name";
import { t } from "../../i18n/console";
import { ApiError, api } from "../../sync/console-api";
import { Button } from "../kit/Button";
import { Banner, Card } from "../kit/Card";
import { Field } from "../kit/Field";
import { Code, bare } from "./Code";
import { Password } from "./inputs";
import { LanguageList } from "./language";
import { fieldErrors, fieldText, problemText } from "./problem";
import { go } from "./router";
import { begin } from "./session";

let code = "";

/** Takes the code out of the address bar; called once, before anything is drawn. */
export function takeCode(): void {
  // A code has nothing to decode, and a link that was cut in the middle of an escape must open, too.
  code = location.hash.slice(1).split(".")[0] ?? "";
  if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
}

interface Typed {
  code: string;
  digits: string;
  login: string;
  password: string;
}

/** What the form itself can tell is wrong, by field. */
function check(typed: Typed): Partial<Record<keyof Typed, string>> {
  const wrong: Partial<Record<keyof Typed, string>> = {};
  if (typed.code.replace(/[\s-]/gu, "").length !== 12) wrong.code = t("join_code_wrong");
  if (!/^\d{6}$/u.test(typed.digits.replace(/\s/gu, ""))) wrong.digits = t("join_digits_wrong");
  if (!/^[a-z0-9.-]{3,64}$/u.test(typed.login.trim().toLowerCase())) wrong.login = t("join_login_wrong");
  if (Array.from(typed.password).length < 12) wrong.password = t("join_password_wrong");
  return wrong;
}

/** The page of an invite. */
export function Join(): JSX.Element {
  const [typed, setTyped] = useState<Typed>({ code, digits: "", login: "", password: "" });
  const [totp, setTotp] = useState("");
  const [second, setSecond] = useState(false);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const linked = code !== "";
  const asked = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (second) asked.current?.querySelector("input")?.focus();
  }, [second]);
  useEffect(() => {
    document.title = t("page_title", { page: t("join", { app: appName() }), app: appName() });
  }, []);
  const wrong: Partial<Record<string, string>> = tried ? check(typed) : {};
  for (const found of fieldErrors(error)) wrong[found.path] ??= fieldText(found);
  const set = (field: keyof Typed) => (text: string) => {
    setTyped({ ...typed, [field]: text });
    setError(undefined);
  };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (busy || Object.keys(check(typed)).length > 0) return;
    setBusy(true);
    setError(undefined);
    try {
      begin(await api.join({ ...typed, digits: typed.digits.replace(/\s/gu, ""), login: typed.login.trim().toLowerCase(), ...(second && { totp: bare(totp) }) }));
      code = "";
      go("/console");
    } catch (failure) {
      // A new invite replaces a lost password and not the authenticator app.
      if (failure instanceof ApiError && failure.code === "totp_needed") setSecond(true);
      else setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main class="door">
      <p class="brand">{appName()}</p>
      <Card>
        <h1>{t("join", { app: appName() })}</h1>
        <p class="muted">{linked ? t("join_help") : t("join_help_code")}</p>
        <form
          class="door-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          {(!linked || wrong["code"] !== undefined) && (
            <Field label={t("join_code")} dir="ltr" value={typed.code} onText={set("code")} error={wrong["code"]} maxLength={20} required />
          )}
          <Field label={t("join_digits")} dir="ltr" value={typed.digits} onText={set("digits")} error={wrong["digits"]} hint={t("join_digits_help")} inputMode="numeric" maxLength={8} required />
          <Field label={t("login_name")} dir="ltr" value={typed.login} onText={set("login")} error={wrong["login"]} hint={t("join_login_help")} autocomplete="username" name="login" maxLength={64} required />
          <Password value={typed.password} onText={set("password")} fresh error={wrong["password"]} hint={t("join_password_help")} />
          {second && (
            <div class="door-form" ref={asked}>
              <Banner kind="info">{t("problem_totp_needed")}</Banner>
              <Code value={totp} onText={setTotp} />
            </div>
          )}
          {error !== undefined && <Banner kind="danger">{problemText(error)}</Banner>}
          <Button type="submit" look="big primary" disabled={busy}>
            {busy ? t("logging_in") : t("join_do")}
          </Button>
        </form>
      </Card>
      <LanguageList />
    </main>
  );
}
