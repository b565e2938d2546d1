// The only place that calls `fetch`. JSON in and out; every failure is an ApiError with the problem's stable code.
import type { Problem } from "../generated/contract";

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

/** How a request is authorised: the console's session cookie, a bearer token, or nothing at all. */
export type Auth = { session: true } | { bearer: string } | { none: true };

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";
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
    init.body = JSON.stringify(json);
  }
  const response = await answer(`/api/v1/${path}`, init);
  const value = await body(response);
  if (response.ok) return value as T;
  if (isProblem(value)) throw new ApiError(response.status, value.code, value, retryAfter(response));
  throw new ApiError(response.status, "broken_answer");
}

/** Sends text, such as a CSV day sheet, within the console's session. */
export async function sendText<T>(path: string, text: string, contentType: string): Promise<T> {
  const response = await answer(`/api/v1/${path}`, {
    method: "POST",
    headers: { accept: "application/json", "content-type": contentType },
    credentials: "same-origin",
    body: text,
  });
  const value = await body(response);
  if (response.ok) return value as T;
  if (isProblem(value)) throw new ApiError(response.status, value.code, value);
  throw new ApiError(response.status, "broken_answer");
}

/** What a push brought back, unjudged. */
export type SignedAnswer =
  | { kind: "no_network" }
  | { kind: "timeout" }
  | { kind: "answer"; status: number; contentType: string; sync: string; retryAfter: number; body: unknown };

const PUSH_TIMEOUT_MS = 45_000;

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** Sends a signed push. A redirect is an error: nobody but the server itself may answer. */
export async function sendSigned(bytes: Uint8Array<ArrayBuffer>, device: string, signature: string): Promise<SignedAnswer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PUSH_TIMEOUT_MS);
  try {
    const response = await fetch("/api/v1/sync/push", {
      method: "POST",
      cache: "no-store",
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      headers: { "content-type": "application/json", "x-rounds-device": device, "x-rounds-signature": signature },
      body: bytes,
      signal: abort.signal,
    });
    return {
      kind: "answer",
      status: response.status,
      contentType: response.headers.get("content-type") ?? "",
      sync: response.headers.get("x-sync") ?? "",
      retryAfter: retryAfter(response),
      body: await jsonOf(response),
    };
  } catch {
    return { kind: abort.signal.aborted ? "timeout" : "no_network" };
  } finally {
    clearTimeout(timer);
  }
}
