// Where the console is: the path and query of the address bar as a signal, and links that change it without a reload.
// A form with unsaved words asks before it is left.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { t } from "../../i18n/console";

const address = (): string => location.pathname + location.search;

/** Path and query now. */
export const here = signal("");

/** Forms that hold unsaved words. */
let unsaved = 0;

const mayLeave = (): boolean => unsaved === 0 || window.confirm(t("leave_form"));

/** Goes to a path of the console. */
export function go(to: string): void {
  if (!mayLeave()) return;
  history.pushState(null, "", to);
  here.value = address();
  window.scrollTo(0, 0);
}

/** Stands at another path without a new step in the history. */
export function moveTo(to: string): void {
  history.replaceState(null, "", to);
  here.value = address();
}

/** Changes the query of the page that is open, without a new step in the history. */
export function setQuery(query: Readonly<Record<string, string>>): void {
  const params = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  const text = params.toString();
  moveTo(location.pathname + (text === "" ? "" : `?${text}`));
}

/** Path without the query. */
export function path(): string {
  return here.value.split("?")[0] ?? "";
}

/** A parameter of the query, empty if absent. */
export function query(name: string): string {
  return new URLSearchParams(here.value.split("?")[1] ?? "").get(name) ?? "";
}

/** Follows the browser's own back and forward. */
export function listen(): void {
  here.value = address();
  window.addEventListener("popstate", () => {
    if (mayLeave()) here.value = address();
    else history.pushState(null, "", here.value);
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved > 0) event.preventDefault();
  });
}

/** Keeps the page from being left by accident while `dirty`. */
export function useUnsaved(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return undefined;
    unsaved += 1;
    return () => {
      unsaved -= 1;
    };
  }, [dirty]);
}

interface LinkProps {
  to: string;
  children: ComponentChildren;
  class?: string | undefined;
  current?: boolean | undefined;
  onFollow?: (() => void) | undefined;
}

/** A link within the console; new tabs and windows work as everywhere. */
export function Link({ to, children, class: name, current, onFollow }: LinkProps): JSX.Element {
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onFollow?.();
    go(to);
  };
  return (
    <a href={to} class={name} aria-current={current === true ? "page" : undefined} onClick={follow}>
      {children}
    </a>
  );
}
