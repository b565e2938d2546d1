// A locked phone: the app's own modules over an in-memory IndexedDB, pages of it side by side, and a server that keeps shares as the real one does.
// The browser around them is no more than what they ask of one. Time stands still until a test moves it.
import { randomBytes } from "node:crypto";
import { vi } from "vitest";
import type * as questions from "../../src/app/questions";
import type * as engine from "../../src/app/engine";
import type * as exit from "../../src/app/exit";
import type * as listing from "../../src/app/list";
import type * as lock from "../../src/app/lock";
import type * as pin from "../../src/app/pin";
import type * as start from "../../src/app/start";
import type * as state from "../../src/app/state";
import type { Catalogue, Question } from "../../src/generated/contract";
import { wallClock } from "../../src/domain/dates";
import type { PinRow } from "../../src/domain/pin";
import { becomeDevice } from "../../src/store/device";
import * as list from "../../src/store/list";
import { forget, withDatabase } from "../../src/store/open";
import { DATABASE, type ShiftRow } from "../../src/store/schema";

export const AUTHOR = "0197a3c0-0000-7000-8000-000000000004";
export const [PIN, SECOND, OTHER, FRESH] = ["704918", "385027", "916403", "640281"] as const;

const fresh = (): string => randomBytes(32).toString("base64url");

interface Answer {
  status: number;
  body: unknown;
}

interface Share {
  proof: string;
  duress: string;
  share: string;
  decoy: string;
  /** The second PIN was used: the share is no more. */
  dead: boolean;
  tries: number;
}

/** The server, as far as a lock and a pull ask it. */
export class Server {
  /** What is kept; undefined when there is none, or none any more. */
  kept: Share | undefined;
  /** No network. */
  down = false;
  /** What it does still happens, and its answers are lost. */
  deaf = false;
  /** Answers wait until `flow`. */
  private held: (() => void)[] | undefined;
  /** Tries that opened the share or did not, in order. */
  readonly calls: string[] = [];
  questions: Question[] = [];

  hold(): void {
    this.held = [];
  }

  /** Lets the first so many answers through, or all of them from now on. */
  flow(first = Infinity): void {
    for (const go of this.held?.splice(0, first) ?? []) go();
    if (first === Infinity) this.held = undefined;
  }

  /** How many requests wait for `flow`. */
  waiting(): number {
    return this.held?.length ?? 0;
  }

  async fetch(path: string, init: RequestInit): Promise<Response> {
    if (this.down) throw new TypeError("Failed to fetch");
    const sent = init.body instanceof Uint8Array ? (JSON.parse(new TextDecoder().decode(init.body)) as Record<string, string>) : {};
    const { status, body } = this.answer(`${init.method ?? "GET"} ${path.split("?")[0] ?? ""}`, sent);
    if (this.held !== undefined && path.includes("share")) await new Promise<void>((resolve) => this.held?.push(resolve));
    if (this.deaf) throw new TypeError("Failed to fetch");
    return new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "content-type": status < 400 ? "application/json" : "application/problem+json" } });
  }

  private answer(what: string, sent: Record<string, string>): Answer {
    const refuse = (status: number, code: string): Answer => ({ status, body: { code, status, title: code, type: "about:blank" } });
    switch (what) {
      case "GET /api/v1/auth/challenge":
        return { status: 200, body: { nonce: fresh() } };
      case "POST /api/v1/auth/token":
        return { status: 200, body: { token: "t" } };
      case "PUT /api/v1/phone/share":
        this.kept = { proof: sent["proof"] ?? "", duress: sent["duress_proof"] ?? "", share: fresh(), decoy: fresh(), dead: false, tries: 0 };
        this.calls.push("set");
        return { status: 200, body: { share: this.kept.share } };
      case "DELETE /api/v1/phone/share":
        this.kept = undefined;
        this.calls.push("delete");
        return { status: 204, body: undefined };
      case "POST /api/v1/phone/share/open":
        return this.open(sent["proof"] ?? "", refuse);
      case "GET /api/v1/sync/pull":
        return { status: 200, body: { proto: 1, cursor: 1, epoch: "e1", seen: "s", sealing: [], fates: [], days: [], server_time: new Date().toISOString(), backup_watermark: 0, questions: this.questions, own: { month: { contacts: 3 } } } };
      default:
        return refuse(404, "not_found");
    }
  }

  private open(proof: string, refuse: (status: number, code: string) => Answer): Answer {
    const { kept } = this;
    if (kept === undefined) return refuse(410, "share_gone");
    if (proof === kept.duress) {
      Object.assign(kept, { dead: true, tries: 0 });
      this.calls.push("duress");
      return { status: 200, body: { share: kept.decoy } };
    }
    if (proof === kept.proof && !kept.dead) {
      kept.tries = 0;
      this.calls.push("right");
      return { status: 200, body: { share: kept.share } };
    }
    this.calls.push("wrong");
    kept.tries += 1;
    if (kept.tries < 10) return refuse(403, "wrong_pin");
    this.kept = undefined;
    return refuse(410, "share_gone");
  }
}

/** A page: its modules, and what the browser tells it. */
export interface Page {
  pin: typeof pin;
  state: typeof state;
  list: typeof listing;
  lock: typeof lock;
  exit: typeof exit;
  engine: typeof engine;
  questions: typeof questions;
  start: typeof start;
  window: EventTarget;
  document: EventTarget & { visibilityState: string; documentElement: { dataset: Record<string, string> } };
  reload: () => void;
}

/** The channels between pages of one phone; those of a phone before are silent. */
function channels(): new (name: string) => EventTarget {
  const all = new Set<Channel>();
  class Channel extends EventTarget {
    constructor() {
      super();
      all.add(this);
    }
    postMessage(data: unknown): void {
      for (const other of all) if (other !== this) queueMicrotask(() => other.dispatchEvent(new MessageEvent("message", { data })));
    }
  }
  return Channel;
}

/** Web Locks: whoever asks comes after whoever asked before. */
function locks(): { request: <T>(name: string, work: () => Promise<T>) => Promise<T> } {
  const ends = new Map<string, Promise<unknown>>();
  return {
    request<T>(name: string, work: () => Promise<T>): Promise<T> {
      const turn = (ends.get(name) ?? Promise.resolve()).then(work);
      ends.set(name, turn.catch(() => undefined));
      return turn;
    },
  };
}

/** Stretching a PIN takes long on purpose; here it is done with a thousandth of the rounds. */
function hurry(): void {
  const { subtle } = crypto;
  const derive = subtle.deriveBits.bind(subtle);
  vi.spyOn(subtle, "deriveBits").mockImplementation((how, key, length) => {
    const quick = typeof how === "object" && "iterations" in how ? { ...how, iterations: how.iterations / 1_000 } : how;
    return derive(quick, key, length);
  });
}

/** Sets the phone up: a device with an empty store. */
export async function setUp(server: Server): Promise<void> {
  forget();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE).onsuccess = resolve));
  const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  const device = { programme: "p", device: "d", author: AUTHOR, tz: "UTC", rootKey: "r", key: privateKey };
  await becomeDevice({ device, epoch: "e1", catalogue: { version: 1 } as Catalogue, sealing: [] });
  vi.restoreAllMocks();
  hurry();
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => server.fetch(path, init));
  vi.stubGlobal("navigator", { locks: locks(), storage: {}, languages: ["en"] });
  vi.stubGlobal("BroadcastChannel", channels());
  vi.stubGlobal("scrollTo", () => undefined);
  vi.stubGlobal("history", { state: null, pushState: () => undefined, forward: () => undefined });
}

/** Opens a page of the app, as a cold start does. It runs beside those that are open. */
export async function openPage(): Promise<Page> {
  vi.resetModules();
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible", cookie: "", readyState: "complete", documentElement: { dataset: {} } });
  const reload = vi.fn();
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("document", document);
  vi.stubGlobal("location", { protocol: "https:", hash: "", replace: () => undefined, reload });
  const app = {
    pin: await import("../../src/app/pin"),
    state: await import("../../src/app/state"),
    list: await import("../../src/app/list"),
    lock: await import("../../src/app/lock"),
    exit: await import("../../src/app/exit"),
    engine: await import("../../src/app/engine"),
    questions: await import("../../src/app/questions"),
    start: await import("../../src/app/start"),
  };
  await app.start.begin();
  app.exit.watchExit();
  return { ...app, window, document, reload };
}

/** Turns of the event loop, until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`never: ${holds.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets what is under way go on, also what waits for keys, for showing that something does not come of it. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 100; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await crypto.subtle.digest("SHA-256", new Uint8Array(1_024));
  }
}

/** What the phone keeps of the PIN. */
export async function kept(): Promise<PinRow> {
  const row = await list.pin(AUTHOR);
  if (row === undefined) throw new Error("no PIN is kept");
  return row;
}

/** A shift that began now. */
export async function startShift(): Promise<void> {
  const running = { record: "s", rev: 1, since: wallClock(Date.now(), 0), sums: {}, with: [] } as unknown as ShiftRow;
  await withDatabase((db) => db.put("state", running, "shift"));
}

/** A row of the list that is sealed under a page's key. */
export async function keepRow(page: Page, id: string): Promise<void> {
  const { sealEntry } = await import("../../src/sync/list");
  const key = page.list.key.value;
  if (key === undefined) throw new Error("the page has no key");
  const row = await sealEntry(key, AUTHOR, { row: id } as never);
  await withDatabase((db) => db.put("list", row));
}

/** Ids of the rows that a page can open. */
export async function readable(page: Page): Promise<string[]> {
  const { openEntry } = await import("../../src/sync/list");
  const key = page.list.key.value;
  const opened = key === undefined ? [] : await Promise.all((await list.listRows(AUTHOR)).map((row) => openEntry(key, row)));
  return opened.flatMap((entry) => entry?.row ?? []);
}
