// Enrolment as the screen drives it: link or typed code, six digits, then persistent storage is asked for.
import { plainCode } from "../domain/link";
import { ApiError } from "../sync/api";
import { EnrolError, enrol } from "../sync/enrol";
import { tellOthers } from "./engine";
import { begin } from "./start";
import * as state from "./state";

/** Asks the browser to keep the store; the answer is shown and asked again at every start. */
export async function askToPersist(): Promise<void> {
  if (!("persist" in navigator.storage)) return;
  state.persisted.value = (await navigator.storage.persisted()) || (await navigator.storage.persist());
}

/** Goes to the enrolment of a phone that is set up already, because it was taken out or gets another worker. */
export function setUpAnew(): void {
  state.linkUnused.value = false;
  state.phase.value = "enrol";
}

/** Leaves that again. */
export function keepSetUp(): void {
  state.phase.value = state.inUse();
}

/** Enrols with what was typed. Answers a translation key when it did not work. */
export async function enrolWith(typed: string, digits: string, pin: string | undefined): Promise<string | undefined> {
  const code = plainCode(typed);
  if (code === undefined) return "code_shape";
  if (!/^\d{6}$/u.test(digits)) return "digits_shape";
  try {
    state.handle.value = await enrol(code, digits, pin);
  } catch (error) {
    if (error instanceof ApiError || error instanceof EnrolError) return error.code;
    return "not_saved";
  }
  if (state.device.value !== undefined) {
    // Everything that this page and others hold is of the device before.
    tellOthers("device");
    location.replace("/");
    return undefined;
  }
  state.lostStore.value = undefined;
  await askToPersist().catch(() => undefined);
  await begin();
  state.phase.value = "welcome";
  return undefined;
}
