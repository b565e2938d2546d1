// The only place that calls `fetch`. JSON in and out; every failure is an ApiError with the problem's stable code.
import type { Problem } from "../generated/contract";
import { utf8 } from "../domain/bytes";
import { waitAsked } from "../domain/outbox";

/** A request that did not succeed. `status` 0 means that no answer came; `code` is the translation key. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem?: Problem,
    /** Milliseconds after which to try again, where the server said so. */
    readonly retryAfter = 0,
  ) {
    super(code);
  }
}

/** How a request is authorised: the console's session cookie, a bearer token, this phone's signature over the body, or nothing at all. */
export type Auth = { session: true } | { bearer: string } | { none: true } | { sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<{ device: string; signature: string }> };

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
}

/** Longest that an answer to a phone may take: it is asked for under the lock of all senders, which must not be held for ever. */
const PHONE_TIMEOUT_MS = 45_000;

/** Does some work that ends when the time is up. */
async function limited<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ms);
  try {
    return await work(abort.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function answer(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { cache: "no-store", redirect: "error", referrerPolicy: "no-referrer", ...init });
  } catch {
    throw new ApiError(0, "no_network");
  }
}

function retryAfter(response: Response): number {
  return Number(response.headers.get("retry-after") ?? "0") * 1_000 || 0;
}

async function body(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  if (response.headers.get("content-type")?.split(";")[0] !== "application/json" && response.ok) throw new ApiError(0, "not_our_server");
  try {
    return await response.json();
  } catch {
    throw new ApiError(response.ok ? 0 : response.status, "broken_answer");
  }
}

/** Asks the API; the caller names the type that the contract gives for the route. */
export async function request<T>(auth: Auth, method: "GET" | "POST" | "PUT" | "DELETE", path: string, json?: unknown): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json" };
  if ("bearer" in auth) headers["authorization"] = `Bearer ${auth.bearer}`;
  const init: RequestInit = { method, headers, credentials: "session" in auth ? "same-origin" : "omit" };
  if (json !== undefined) {
    headers["content-type"] = "application/json";
    const bytes = utf8(JSON.stringify(json));
    init.body = bytes;
    if ("sign" in auth) {
      const { device, signature } = await auth.sign(bytes);
      headers["x-rounds-device"] = device;
      headers["x-rounds-signature"] = signature;
    }
  }
  if ("session" in auth) return settled<T>(`/api/v1/${path}`, init);
  return limited(PHONE_TIMEOUT_MS, (signal) => settled<T>(`/api/v1/${path}`, { ...init, signal }));
}

async function settled<T>(path: string, init: RequestInit): Promise<T> {
  const response = await answer(path, init);
  const value = await body(response);
  if (response.ok) return value as T;
  if (isProblem(value)) throw new ApiError(response.status, value.code, value, retryAfter(response));
  throw new ApiError(response.status, "broken_answer");
}

/** Sends text, such as a CSV day sheet, within the console's session. */
export function sendText<T>(path: string, text: string, contentType: string): Promise<T> {
  const headers = { accept: "application/json", "content-type": contentType };
  return settled<T>(`/api/v1/${path}`, { method: "POST", headers, credentials: "same-origin", body: text });
}

/** What a push brought back, unjudged. */
export type SignedAnswer =
  | { kind: "no_network" }
  | { kind: "timeout" }
  | { kind: "answer"; status: number; contentType: string; sync: string; retryAfter: number; body: unknown };

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** Tells of a push that somebody else delivers: the clock in it is that of the copy's making. */
const COPY = { "x-rounds-copy": "1" };

/** Sends a signed push, perhaps one from a copy. A redirect is an error: nobody but the server itself may answer. */
export function sendSigned(bytes: Uint8Array<ArrayBuffer>, device: string, signature: string, copied = false): Promise<SignedAnswer> {
  return limited(PHONE_TIMEOUT_MS, async (signal) => {
    try {
      const response = await fetch("/api/v1/sync/push", {
        method: "POST",
        cache: "no-store",
        redirect: "error",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        headers: { "content-type": "application/json", "x-rounds-device": device, "x-rounds-signature": signature, ...(copied ? COPY : {}) },
        body: bytes,
        signal,
      });
      const body = await jsonOf(response);
      // Half an answer that stops is as slow as none.
      if (body === undefined && signal.aborted) return { kind: "timeout" };
      const header = (name: string): string => response.headers.get(name) ?? "";
      return { kind: "answer", status: response.status, contentType: header("content-type"), sync: header("x-sync"), retryAfter: waitAsked(header("retry-after")), body };
    } catch {
      return { kind: signal.aborted ? "timeout" : "no_network" };
    }
  });
}
