// Several workers on one phone: adding one, and whose turn it is. A turn begins with a fresh page, so that nothing of the one before is
// in its memory.
import { plainCode } from "../domain/link";
import * as store from "../store/authors";
import { ApiError } from "../sync/api";
import { EnrolError, enrolAnother } from "../sync/enrol";
import { tellOthers } from "./engine";
import { device, people } from "./state";

/** What came of adding somebody: who they are here, or a translation key. */
export type Added = { author: string; n: number; handle: string } | { error: string };

/** Enrols another worker on this phone with a code and six digits. */
export async function addPerson(typed: string, digits: string, pin: string | undefined): Promise<Added> {
  const [self, code] = [device.value, plainCode(typed)];
  if (code === undefined || self === undefined) return { error: "code_shape" };
  if (!/^\d{6}$/u.test(digits)) return { error: "digits_shape" };
  try {
    const added = await enrolAnother(self, code, digits, pin);
    people.value = await store.authors();
    return added;
  } catch (error) {
    return { error: error instanceof ApiError || error instanceof EnrolError ? error.code : "not_saved" };
  }
}

/** Gives the turn to another worker of this phone. Answers whether it did: the store may refuse. */
export async function turnTo(author: string): Promise<boolean> {
  try {
    // No save of the one before in between.
    await navigator.locks.request("save", () => store.turnTo(author));
  } catch {
    return false;
  }
  tellOthers("device");
  location.replace("/");
  return true;
}
