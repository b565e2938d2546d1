// Enrolment: a key made on the phone, a code and six digits, and an answer that is checked before anything of it is kept.
import type { EnrolRequest, EnrolResponse } from "../generated/contract";
import { becomeDevice, keepPendingKey, pendingKey } from "../store/device";
import type { Device, PendingKey } from "../store/schema";
import { request } from "./api";
import { isPinned, makeDeviceKey, trustedKeys } from "./keys";
import { APP } from "./push";

/** Why an answer was refused; the code is the translation key. */
export class EnrolError extends Error {
  constructor(readonly code: "wrong_root" | "no_sealing_key") {
    super(code);
  }
}

/** The key for a code: the one of an earlier try, so that a lost answer can be asked for again. */
async function keyFor(code: string): Promise<PendingKey> {
  const before = await pendingKey();
  if (before?.code === code) return before;
  const pending: PendingKey = { code, ...(await makeDeviceKey()) };
  await keepPendingKey(pending);
  return pending;
}

/** Enrols this phone and answers whose it is. `pin` comes from a link; a typed code relies on TLS. */
export async function enrol(code: string, digits: string, pin: string | undefined): Promise<string> {
  const pending = await keyFor(code);
  const body: EnrolRequest = { code, digits, device_key: pending.publicKey, app: APP };
  const answer = await request<EnrolResponse>({ none: true }, "POST", "auth/enrol", body);
  if (pin !== undefined && !(await isPinned(answer.root_key, pin))) throw new EnrolError("wrong_root");
  const sealing = await trustedKeys(answer.root_key, answer.sealing);
  if (sealing.length === 0) throw new EnrolError("no_sealing_key");
  const { programme, device, author, tz, root_key: rootKey, epoch, catalogue } = answer;
  // The worker's handle is shown once and not kept: whoever takes the phone should not learn it.
  const self: Device = { programme, device, author, tz, rootKey, key: pending.key };
  // No save and no sending in between, when the phone was another device before.
  await navigator.locks.request("save", () =>
    navigator.locks.request("sync", () => becomeDevice({ device: self, epoch, catalogue, sealing })),
  );
  return answer.handle;
}
