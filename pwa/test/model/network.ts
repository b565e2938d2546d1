// The network between the simulated phone and the simulated server: it loses, delays, doubles, cuts and swaps answers, and has portals in it.
import type { Answer, Server } from "./server";
import { never, pageNow, type World } from "./world";

/** What becomes of a request. All but the first group reach the server; of the second the phone hears nothing, or nothing right. */
export const FAULTS = [
  "offline",
  "hang_before",
  "portal",
  "portal_json",
  "redirect",
  "400",
  "408",
  "413",
  "429",
  "500",
  "503",
  "lost",
  "hang",
  "truncated",
  "other_batch",
  "last_answer",
  "few_results",
  "swapped_results",
  "twice",
] as const;
export type Fault = (typeof FAULTS)[number];

/** Values of Retry-After that servers and what stands before them send. */
export const RETRY_AFTER = ["", "0", "30", "3600", "2592000", "1e30", "Wed, 21 Oct 2026 07:28:00 GMT"] as const;

/** Longest that a request and its answer take when nothing is wrong. */
const LAG_MS = 200;

/** A request as it left a page, for the counting. */
export interface Asked {
  at: number;
  push: boolean;
  pull: boolean;
  /** Ops that it brought to the server for the first time, or whose receipt the phone heard for the first time. */
  useful: boolean;
}

interface Shown {
  ok: boolean;
  status: number;
  headers: { get: (name: string) => string | null };
  json: () => Promise<unknown>;
}

/** The network. */
export class Network {
  /** No network at all. */
  down = false;
  /** Faults of the next requests. */
  next: Fault[] = [];
  retryAfter = "";
  asked: Asked[] = [];
  private last: Answer | undefined;

  constructor(
    private readonly world: World,
    private readonly server: Server,
  ) {}

  /** What stands in for `fetch`. */
  fetch(url: string, init: RequestInit): Promise<unknown> {
    const page = pageNow();
    const { signal } = init;
    const asked = { at: this.world.now, push: url.endsWith("/push"), pull: url.includes("/pull?"), useful: false };
    if (page?.alive !== true) return never();
    this.asked.push(asked);
    const fault = this.down ? "offline" : this.next.shift();
    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      const refuse = (): void => reject(new TypeError("network"));
      const body = init.body instanceof Uint8Array ? new TextDecoder().decode(init.body) : typeof init.body === "string" ? init.body : "";
      this.world.later(LAG_MS / 2, () => {
        const answer = this.exchange(fault, url, body, asked);
        if (answer === "nothing") return;
        this.world.later(LAG_MS / 2, () => {
          if (!page.alive) return;
          if (answer === "broken") refuse();
          else resolve(shown(answer));
        });
      });
    });
  }

  private exchange(fault: Fault | undefined, url: string, body: string, asked: Asked): Answer | "nothing" | "broken" {
    const before = this.server.state.ops.size;
    const ask = (): Answer => {
      const answer = this.serve(url, body);
      asked.useful = this.server.state.ops.size > before;
      return answer;
    };
    switch (fault) {
      case undefined: {
        this.last = ask();
        return this.last;
      }
      case "offline":
      case "redirect":
        return "broken";
      case "hang_before":
        return "nothing";
      case "portal":
        return { status: 200, type: "text/html", sync: "", body: undefined };
      case "portal_json":
        return { status: 200, type: "application/json", sync: "", body: { ok: true, results: [] } };
      case "400":
      case "408":
      case "413":
      case "429":
      case "500":
      case "503":
        return { status: Number(fault), type: "text/plain", sync: "", retryAfter: this.retryAfter, body: undefined };
      case "lost":
        ask();
        return "broken";
      case "hang":
        ask();
        return "nothing";
      case "truncated":
        return { ...ask(), body: undefined };
      case "other_batch":
        return changed(ask(), { batch: "00000000-0000-4000-8000-000000000000" });
      case "last_answer": {
        ask();
        return this.last ?? "broken";
      }
      case "few_results":
        return changed(ask(), (reply) => ({ results: reply.results?.slice(1) }));
      case "swapped_results":
        return changed(ask(), (reply) => ({ results: [...(reply.results ?? [])].reverse() }));
      case "twice":
        ask();
        return ask();
    }
  }

  private serve(url: string, body: string): Answer {
    const { pathname, searchParams } = new URL(url, "http://phone");
    switch (pathname) {
      case "/api/v1/sync/push":
        return this.server.push(body);
      case "/api/v1/sync/pull":
        return this.server.pull(Number(searchParams.get("cursor")));
      case "/api/v1/auth/challenge":
        return { status: 200, type: "application/json", sync: "", body: { nonce: "n" } };
      case "/api/v1/auth/token":
        return this.server.revoked.has((JSON.parse(body) as { device: string }).device)
          ? { status: 401, type: "application/problem+json", sync: "", body: { code: "signature" } }
          : { status: 200, type: "application/json", sync: "", body: { token: "t" } };
      default:
        throw new Error(`no route ${pathname}`);
    }
  }
}

interface Reply {
  results?: unknown[];
}

function changed(answer: Answer, change: object | ((reply: Reply) => object)): Answer {
  const reply = (answer.body ?? {}) as Reply;
  return { ...answer, body: { ...reply, ...(typeof change === "function" ? change(reply) : change) } };
}

function shown({ status, type, sync, retryAfter, body }: Answer): Shown {
  const headers: Record<string, string> = { "content-type": type, "x-sync": sync, "retry-after": retryAfter ?? "" };
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (name) => headers[name.toLowerCase()] ?? null },
    json: () => (body === undefined ? Promise.reject(new SyntaxError("no JSON")) : Promise.resolve(structuredClone(body))),
  };
}
