// The frame around every page: navigation beside it on a laptop, below it on a phone, and the way out.
import { appName } from "../../app/name";
import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import { t } from "../../i18n/console";
import { Button } from "../kit/Button";
import { Banner } from "../kit/Card";
import { Icon } from "../kit/Icon";
import { LanguageList } from "./language";
import { Relogin } from "./Login";
import { Empty } from "./Page";
import { pagesOf, type PageEntry } from "./pages";
import { problemText } from "./problem";
import { Link, moveTo, path } from "./router";
import { leave, mustSetUp, session } from "./session";

/** Where the own log-in is looked after. */
const ACCOUNT = "/console/account";

/** How many entries stand in the bar of a phone; the others are behind "More". */
const IN_BAR = 3;

function Who({ current, onFollow }: { current: boolean; onFollow: () => void }): JSX.Element {
  const [error, setError] = useState<unknown>(undefined);
  const person = session.value;
  return (
    <div class="who">
      <p>
        <strong>{person?.handle}</strong>
        <br />
        <span class="muted small">{person === null || person === undefined ? "" : t(`role_${person.role}`)}</span>
      </p>
      {error !== undefined && <Banner kind="danger">{problemText(error)}</Banner>}
      {person?.role !== "peer" && (
        <Link to={ACCOUNT} class="own" current={current} onFollow={onFollow}>
          <Icon name="person" />
          <span>{t("page_account")}</span>
        </Link>
      )}
      <LanguageList />
      <Button look="plain" icon="lock" onClick={() => void leave().catch(setError)}>
        {t("log_out")}
      </Button>
    </div>
  );
}

function Navigation({ name }: { name: string }): JSX.Element {
  const [open, setOpen] = useState(false);
  const role = session.value?.role ?? "peer";
  const listed = mustSetUp() ? [] : pagesOf(role).filter((page) => page.listed);
  useEffect(() => {
    if (!open) return undefined;
    const close = (event: KeyboardEvent): void => {
      if (event.key === "Escape") setOpen(false);
    };
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, [open]);
  const entry = (page: PageEntry): JSX.Element => (
    <li key={page.name}>
      <Link to={`/console/${page.name}`} current={page.name === name} onFollow={() => setOpen(false)}>
        <Icon name={page.icon} />
        <span>{t(`page_${page.name}`)}</span>
      </Link>
    </li>
  );
  return (
    <nav class={open ? "nav open" : "nav"} aria-label={t("navigation")}>
      <p class="brand">
        {appName()}
        <span class="muted small">{session.value?.programme_name}</span>
      </p>
      <ul class="tabs">
        {listed.slice(0, IN_BAR).map(entry)}
        <li class="more">
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            <Icon name="more" />
            <span>{t("more")}</span>
          </button>
        </li>
      </ul>
      {listed.length > IN_BAR && <ul class="rest">{listed.slice(IN_BAR).map(entry)}</ul>}
      <Who current={name === "account"} onFollow={() => setOpen(false)} />
    </nav>
  );
}

function NoPage({ role }: { role: string }): JSX.Element {
  return (
    <Empty icon="alert">
      <h1>{t("no_page")}</h1>
      <p>{role === "peer" ? t("no_page_peer") : t("no_page_help")}</p>
      <p>
        {role === "peer" ? (
          <a class="button" href="/">
            {t("to_phone")}
          </a>
        ) : (
          <Link to="/console" class="button">
            {t("to_start")}
          </Link>
        )}
      </p>
    </Empty>
  );
}

/** The console of somebody who is logged in. */
export function Shell(): JSX.Element {
  const role = session.value?.role ?? "peer";
  const pages = pagesOf(role);
  const closed = mustSetUp();
  useEffect(() => {
    if (closed && path() !== ACCOUNT) moveTo(ACCOUNT);
  });
  const parts = path().split("/").filter(Boolean);
  const name = closed ? "account" : parts[1] ?? pages[0]?.name ?? "";
  const page = pages.find((one) => one.name === name);
  const current = name === "indicator" ? "indicators" : name === "person" ? "people" : name;
  return (
    <div class="shell">
      <a class="skip" href="#page">
        {t("skip")}
      </a>
      <Navigation name={current} />
      <main id="page" tabIndex={-1}>
        {page === undefined ? <NoPage role={role} /> : page.draw()}
      </main>
      <Relogin />
    </div>
  );
}
