// Loading a page's data and sending a form, with their waiting and their trouble.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import { t } from "../../i18n/console";
import { Trouble } from "./problem";
import { call } from "./session";

/** Data on its way: what there is, whether more is coming, and what went wrong. */
export interface Loaded<T> {
  value: T | undefined;
  error: unknown;
  busy: boolean;
  again: () => void;
}

/** What is there, and the dependencies that it answers or that are being asked about. */
interface Held<T> {
  value: T | undefined;
  error: unknown;
  busy: boolean;
  about: string;
}

/**
 * Loads at once and whenever a dependency changes; an answer that was overtaken is dropped. What is shown stays until the next is here,
 * and counts as busy from the very drawing that changed a dependency.
 */
export function useLoad<T>(ask: () => Promise<T>, deps: readonly (string | number | boolean)[]): Loaded<T> {
  const about = JSON.stringify(deps);
  const [state, setState] = useState<Held<T>>({ value: undefined, error: undefined, busy: true, about });
  const turn = useRef(0);
  const latest = useRef({ ask, about });
  latest.current = { ask, about };
  const again = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    const now = latest.current;
    setState((old) => ({ ...old, busy: true, about: now.about }));
    call(() => latest.current.ask()).then(
      (value) => mine === turn.current && setState({ value, error: undefined, busy: false, about: now.about }),
      (error: unknown) => mine === turn.current && setState((old) => ({ value: old.value, error, busy: false, about: now.about })),
    );
  }, []);
  useEffect(() => {
    again();
    return () => {
      turn.current += 1;
    };
  }, [again, about]);
  return { value: state.value, error: state.error, busy: state.busy || state.about !== about, again };
}

interface LoadedProps<T> {
  of: Loaded<T>;
  children: (value: T) => ComponentChildren;
}

/** Shows what was loaded, and dims it while something newer is on its way; a wait shows only after a moment, by its style. */
export function Show<T>({ of, children }: LoadedProps<T>): JSX.Element {
  return (
    <>
      {of.error !== undefined && <Trouble error={of.error} again={of.again} />}
      {of.value === undefined && of.busy && (
        <p class="waiting" role="status">
          {t("loading")}
        </p>
      )}
      {of.value !== undefined && (
        <div class={of.busy ? "loaded stale" : "loaded"} aria-busy={of.busy}>
          {children(of.value)}
        </div>
      )}
    </>
  );
}

/** A form on its way to the server. */
export interface Sending {
  busy: boolean;
  error: unknown;
  /** Sends; true when it arrived. */
  send: (ask: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

/** Sends forms one at a time. */
export function useSend(): Sending {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: undefined });
  const running = useRef(false);
  const send = async (ask: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setState({ busy: true, error: undefined });
    try {
      await call(ask);
      setState({ busy: false, error: undefined });
      return true;
    } catch (error) {
      setState({ busy: false, error });
      return false;
    } finally {
      running.current = false;
    }
  };
  return { ...state, send, clear: () => setState({ busy: false, error: undefined }) };
}
