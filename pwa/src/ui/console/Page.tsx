// Parts that every page of the console has: its heading, empty states, figures, tables that scroll, and a question to confirm.
import { appName } from "../../app/name";
import { signal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { t } from "../../i18n/console";
import { Button } from "../kit/Button";
import { Icon } from "../kit/Icon";

/** Room for tables beside the navigation; below it, lists of cards. */
export const wide = signal(true);

/** Follows the width of the window. */
export function followWidth(): void {
  const query = window.matchMedia("(min-width: 64rem)");
  const take = (): void => {
    wide.value = query.matches;
  };
  take();
  query.addEventListener("change", take);
}

interface PageProps {
  title: string;
  under?: string | undefined;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A page; its heading takes the focus when it opens, so that a screen reader says where one is. */
export function Page({ title, under, actions, children }: PageProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t("page_title", { page: title, app: appName() });
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <>
      <header class="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {under !== undefined && <p class="muted">{under}</p>}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

/** Nothing here, and what to do about it. */
export function Empty({ icon, children }: { icon: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** A short word in a frame; `warn` and `danger` also carry a sign. */
export function Badge({ kind, children }: { kind?: "warn" | "danger" | undefined; children: ComponentChildren }): JSX.Element {
  return (
    <span class={kind === undefined ? "badge" : `badge ${kind}`}>
      {kind !== undefined && <Icon name="alert" />}
      {children}
    </span>
  );
}

/** A table that scrolls sideways on its own, by keyboard too. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

interface ConfirmProps {
  title: string;
  yes: string;
  /** Look of the button that does it; `danger` where something is taken away. */
  look?: "primary" | "danger" | undefined;
  busy: boolean;
  disabled?: boolean | undefined;
  onYes: () => void;
  onNo: () => void;
  children: ComponentChildren;
}

/** A question before something that can't be taken back; the browser's own dialog keeps the focus in it. */
export function Confirm({ title, yes, look = "danger", busy, disabled, onYes, onNo, children }: ConfirmProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onNo();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onYes();
        }}
      >
        <h2 id={id}>{title}</h2>
        {children}
        <div class="actions">
          <Button onClick={onNo}>{t("cancel")}</Button>
          <Button type="submit" look={look} disabled={busy || disabled === true}>
            {busy ? t("sending") : yes}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
