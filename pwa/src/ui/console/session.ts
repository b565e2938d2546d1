// Who is logged in. A call that meets an ended session waits for a new login over the open page and then goes on,
// so that nothing typed is lost.
import { signal } from "@preact/signals";
import type { SessionView } from "../../generated/contract";
import { ApiError, api } from "../../sync/console-api";

/** The session; null when nobody is logged in, undefined before the server has said. */
export const session = signal<SessionView | null | undefined>(undefined);

/** The session ended under an open page: the login stands over it. */
export const expired = signal(false);

/** The server demands an authenticator app and this person has none yet: nothing else is open to them. */
export function mustSetUp(): boolean {
  return session.value?.totp_required === true && !session.value.totp;
}

let waiting: (() => void)[] = [];

/** Asks the server who is logged in. */
export async function whoAmI(): Promise<void> {
  try {
    session.value = await api.session();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    session.value = null;
  }
}

/** Takes up a session. Somebody else than before starts afresh: the page may hold what is not theirs to see. */
export function begin(next: SessionView): void {
  const other = session.value !== null && session.value !== undefined && session.value.worker !== next.worker;
  session.value = next;
  expired.value = false;
  const calls = waiting;
  waiting = [];
  if (other) location.assign("/console");
  else for (const resume of calls) resume();
}

/** A call within the session; when the session has ended it goes on after the next login. */
export async function call<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // The demand is newer than the page that is open: the session says so, and the frame leads to the set-up.
    if (error instanceof ApiError && error.code === "totp_required") await whoAmI();
    if (!(error instanceof ApiError) || error.status !== 401 || session.value === null) throw error;
    expired.value = true;
    await new Promise<void>((resume) => {
      waiting.push(resume);
    });
    return await call(ask);
  }
}

/** Ends the session, here and on the server. */
export async function leave(): Promise<void> {
  try {
    await api.logout();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  }
  location.assign("/console");
}
