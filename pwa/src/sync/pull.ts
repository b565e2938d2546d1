// Pull: a token for the device's signature, then catalogue, sealing keys, own sums and the fate of own ops. Never a record's body.
import { CONSTANTS, type Challenge, type PullResponse, type Question, type TokenRequest, type TokenResponse } from "../generated/contract";
import { tokenMessage } from "../domain/bytes";
import { addDays, dayIn } from "../domain/dates";
import { applyFate, mayFollow, reoffer, reofferAsked } from "../domain/outbox";
import { knownOwn, type KnownOwn } from "../domain/own";
import { ZERO } from "../domain/sums";
import { catalogue, changeSyncState, keepContract, keepOwn, settleSlips } from "../store/device";
import { applyChange, countWaiting, followDays, forgetDays } from "../store/outbox";
import type { Device, SyncState } from "../store/schema";
import { ApiError, request } from "./api";
import { sign, trustedKeys } from "./keys";

/** A token with the time that it ends, kept in memory only. */
interface Token {
  device: string;
  author: string;
  token: string;
  ends: number;
}

const MARGIN_MS = 30_000;
/** Service dates that an answer speaks of, today's included. */
const OWN_DAYS = 7;
let kept: Token | undefined;

async function token(device: Device, now: number): Promise<string> {
  if (kept !== undefined && kept.device === device.device && kept.author === device.author && kept.ends - MARGIN_MS > now) return kept.token;
  const { nonce } = await request<Challenge>({ none: true }, "GET", "auth/challenge");
  const body: TokenRequest = {
    programme: device.programme,
    device: device.device,
    author: device.author,
    nonce,
    sig: await sign(device.key, tokenMessage(nonce)),
  };
  const answer = await request<TokenResponse>({ none: true }, "POST", "auth/token", body);
  // The phone's clock may be wrong: a token counts as ten minutes from now, whatever the server's clock says.
  kept = { device: device.device, author: device.author, token: answer.token, ends: now + 10 * 60_000 };
  return answer.token;
}

/** Asks the server with this phone's token; with a fresh one when the server does not take the one that is kept. */
export async function withToken<T>(device: Device, now: number, ask: (bearer: string) => Promise<T>): Promise<T> {
  try {
    return await ask(await token(device, now));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401 || kept === undefined) throw error;
    kept = undefined;
    return ask(await token(device, now));
  }
}

function ask(device: Device, state: SyncState, version: number, now: number): Promise<PullResponse> {
  const path = `sync/pull?cursor=${state.cursor}&catalogue=${version}`;
  return withToken(device, now, (bearer) => request<PullResponse>({ bearer }, "GET", path));
}

/** Whether it is an answer to a pull at all, and not some other JSON of a network in between. */
function isPull(reply: Partial<PullResponse>): boolean {
  return reply.proto === CONSTANTS.PROTO && typeof reply.cursor === "number" && typeof reply.epoch === "string" && Array.isArray(reply.sealing);
}

/** Keeps of the worker's own part what a phone may keep. */
async function keepOwnWork(author: string, own: KnownOwn): Promise<void> {
  const { level, supervisor, shifts, colleagues, thanks, qualifications } = own;
  await keepOwn({
    author,
    ...(level == null ? {} : { level }),
    ...(supervisor == null ? {} : { supervisor }),
    shifts,
    colleagues,
    thanks,
    qualifications,
  });
  const settled = new Set(own.settled);
  // Something saved meanwhile may have opened a slip again; the next answer knows of it.
  if (settled.size > 0 && (await countWaiting()) === 0) await settleSlips(author, settled);
}

/** What a pull brought that stays in memory: weeks, month and bag of the worker's own part, open questions, and what the phone is told to do. */
export interface Brought {
  own: KnownOwn;
  questions: readonly Question[];
  commands: readonly string[];
}

/** What came of a pull. */
export interface Pulled {
  brought: Brought | undefined;
  /** The server's numbers went back, though it says the same epoch: an older copy was put in its place, and the next push lets it see that. */
  wentBack: boolean;
}

/** The server was put back, or asks for it: offer everything held. Under a new epoch ask for everything again, too. */
async function offerAgain(reply: PullResponse, newEpoch: boolean): Promise<void> {
  const asked = reofferAsked(reply.commands);
  await applyChange({
    update: reoffer,
    state: (old) => (newEpoch ? { ...old, epoch: reply.epoch, seen: reply.seen, cursor: 0, watermark: 0, reoffered: asked } : { ...old, reoffered: asked }),
  });
}

/** Lets the last days follow the server, and forgets older ones. Days without any record are left out of the answer: they are zero. */
async function followServer({ tz, author }: Device, reply: PullResponse, now: number): Promise<void> {
  // The days that an answer speaks of are the server's, and the phone's clock may be days off.
  const told = Date.parse(reply.server_time) || now;
  const today = dayIn(tz, told);
  const rows = Array.from({ length: OWN_DAYS }, (_, ago) => addDays(today, -ago)).map((day) => ({
    author,
    day,
    sums: reply.days.find((one) => one.day === day)?.sums ?? ZERO,
  }));
  await followDays(rows, (row, ops) => mayFollow(ops, row.author, row.day, reply.cursor, told));
  // What is of the last days by either clock stays.
  const here = dayIn(tz, now);
  await forgetDays(addDays(here < today ? here : today, 1 - OWN_DAYS));
}

/** Pulls and keeps what came. */
export async function pull(device: Device, state: SyncState, now: number): Promise<Pulled> {
  const version = (await catalogue())?.version ?? 0;
  const reply = await ask(device, state, version, now);
  if (!isPull(reply)) throw new ApiError(0, "broken_answer");
  await keepContract(await trustedKeys(device.rootKey, reply.sealing), reply.catalogue ?? undefined);
  const newEpoch = reply.epoch !== state.epoch;
  if (newEpoch || reofferAsked(reply.commands) > (state.reoffered ?? 0)) {
    await offerAgain(reply, newEpoch);
    return { brought: undefined, wentBack: false };
  }
  if (reply.cursor < state.cursor) return { brought: undefined, wentBack: true };
  const own = knownOwn(reply.own);
  await keepOwnWork(device.author, own);
  const fates = new Map(reply.fates.map((fate) => [fate.op, fate]));
  if (fates.size > 0) {
    await applyChange({
      only: [...fates.keys()],
      update(op) {
        const fate = fates.get(op.op);
        return fate === undefined ? op : applyFate(op, fate);
      },
    });
  }
  await followServer(device, reply, now);
  // What the phone has seen stays that of its last push: a later one would hide from a server that was put back that it lacks what was pushed.
  await changeSyncState((old) => ({ ...old, cursor: reply.cursor, watermark: reply.backup_watermark }));
  return { brought: { own, questions: reply.questions ?? [], commands: reply.commands ?? [] }, wentBack: false };
}
