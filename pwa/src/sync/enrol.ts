// Enrolment: a key made on the phone, a code and six digits, and an answer that is checked before anything of it is kept.
import type { EnrolRequest, EnrolResponse } from "../generated/contract";
import { addAuthor } from "../store/authors";
import { becomeDevice, keepPendingKey, pendingKey } from "../store/device";
import type { Device, PendingKey } from "../store/schema";
import { request } from "./api";
import { isPinned, makeDeviceKey, sign, trustedKeys } from "./keys";
import { APP } from "./push";

/** Why an answer was refused; the code is the translation key. */
export class EnrolError extends Error {
  constructor(readonly code: "wrong_root" | "no_sealing_key" | "old_phone") {
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
  const self: Device = { programme, device, author, tz, rootKey, key: pending.key, publicKey: pending.publicKey };
  // No save and no sending in between, when the phone was another device before. Whoever holds both locks takes `sync` first.
  await navigator.locks.request("sync", () =>
    navigator.locks.request("save", () => becomeDevice({ device: self, epoch, catalogue, sealing })),
  );
  return answer.handle;
}

/**
 * Enrols another worker on this phone: the same request, with this phone's own key and signed by it. Answers who they are here. Nothing of
 * the worker whose turn it is changes.
 */
export async function enrolAnother(self: Device, code: string, digits: string, pin: string | undefined): Promise<{ author: string; n: number; handle: string }> {
  const { programme, device, key, publicKey } = self;
  if (publicKey === undefined) throw new EnrolError("old_phone");
  const body: EnrolRequest = { code, digits, device_key: publicKey, app: APP };
  const signed = { sign: async (bytes: Uint8Array<ArrayBuffer>) => ({ device: `${programme}.${device}`, signature: await sign(key, bytes) }) };
  const answer = await request<EnrolResponse>(signed, "POST", "auth/enrol", body);
  const pinned = pin === undefined || (await isPinned(answer.root_key, pin));
  if (!pinned || answer.root_key !== self.rootKey || answer.device !== device) throw new EnrolError("wrong_root");
  return { author: answer.author, n: await addAuthor(answer.author), handle: answer.handle };
}
