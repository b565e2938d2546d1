// The simulated phone: pages with modules of their own over one store, and what was tapped on them.
import type { Catalogue, DaySums } from "../../src/generated/contract";
import type { OutboxOp } from "../../src/domain/outbox";
import { dayIn } from "../../src/domain/dates";
import type * as store from "../../src/store/device";
import type * as discarding from "../../src/store/discard";
import type * as open from "../../src/store/open";
import type { DayRow, Device, SyncState } from "../../src/store/schema";
import type * as engine from "../../src/sync/engine";
import type * as saving from "../../src/sync/save";
import type { Content, Fare } from "./server";
import type { PageLife, World } from "./world";

/** One copy of the app's modules, as a page has it. */
export interface Modules {
  open: typeof open;
  store: typeof store;
  discarding: typeof discarding;
  saving: typeof saving;
  engine: typeof engine;
}

/** A page: what the world knows of it, its modules and its engine. */
export interface Page extends PageLife {
  modules: Modules;
  /** How many builds of the app after the first it is, each with a later version of the database. */
  build: number;
  engine: engine.Engine;
}

/** A tap on Save, Undo or a correction, and what the screen said of it. */
export interface Tap {
  tap: number;
  content: Content;
  outcome: "open" | "saved" | "not_saved" | "unknown";
  saved?: saving.Saved;
  /** What was tapped is a removal. */
  isVoid: boolean;
}

/** Kept of an op while it was looked at last. */
export interface Known {
  row: OutboxOp;
  content: Content;
  device: string;
}

const AUTHOR = "0197a3c0-0000-7000-8000-000000000004";
const ZONE = "UTC";
const PLACE = { site: "market", mode: "pair", setting: "street" } as const;

/** What an op says of itself, which only a test that does not seal can read. */
export function known(row: OutboxOp): Known {
  const read = (b64: string): unknown => JSON.parse(Buffer.from(b64, "base64url").toString());
  return { row, content: read(row.ct) as Content, device: (read(row.hdr) as { device: string }).device };
}

/** The phone. */
export class Phone {
  readonly pages: Page[] = [];
  readonly taps: Tap[] = [];
  /** Device that it is now. */
  device = "";
  /** When somebody or something set off a round, true time. */
  readonly pokes: number[] = [];
  /** Ops that somebody asked to delete unsent. */
  readonly dropped = new Map<string, Known>();
  /** The server had it cleared at some time. */
  cleared = false;
  private devices = 0;
  private opened = 0;

  constructor(
    readonly world: World,
    private readonly graphs: readonly Modules[],
    private readonly random: (bytes: number) => Uint8Array,
    private readonly run: number,
  ) {}

  private sources(): saving.Sources {
    return { now: () => this.world.clock(), random: this.random };
  }

  private self(): Device {
    return { programme: "p", device: this.device, author: AUTHOR, tz: ZONE, rootKey: "r", key: {} as CryptoKey };
  }

  /** Becomes a device, as an enrolment does, and starts afresh with one page. */
  async enrol(epoch: number): Promise<void> {
    for (const page of [...this.pages]) this.kill(page);
    await this.world.idle();
    this.devices += 1;
    // Tokens live in a page's memory by device; no run must see another's.
    this.device = `device-${this.run}-${this.devices}`;
    const page = this.page(this.build);
    const given = { epoch: String(epoch), catalogue: { version: 1 } as Catalogue, sealing: [] };
    const done = this.world.as(page, () => this.world.lock("save", () => this.world.lock("sync", () => page.modules.store.becomeDevice({ device: this.self(), ...given }))));
    const outcome = done.then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    await this.world.idle();
    const error = await outcome;
    if (error !== undefined) throw error;
    this.start(page);
  }

  private page(build: number): Page {
    const free = this.graphs.find((one) => !this.pages.some((page) => page.modules === one));
    if (free === undefined) throw new Error("no room for another page");
    this.opened += 1;
    const life = { name: `page ${this.opened}`, alive: true, transactions: new Set<IDBTransaction>(), connections: new Set<IDBDatabase>() };
    const page = { ...life, modules: free, build } as Page;
    page.engine = new free.engine.Engine({ device: this.self(), sources: this.sources(), changed: () => undefined, pulled: () => undefined, wiped: () => this.reload(), answered: () => undefined, busy: () => undefined });
    this.pages.push(page);
    this.world.as(page, () => free.open.forget());
    return page;
  }

  private start(page: Page): void {
    this.poke(page);
  }

  /** Every page begins anew, as pages do when the phone was cleared. */
  private reload(): void {
    this.cleared = true;
    const pages = [...this.pages];
    this.world.later(1, () => {
      for (const page of pages) if (page.alive) this.kill(page);
    });
    this.world.later(2, () => {
      if (this.pages.length === 0) this.start(this.page(this.build));
    });
  }

  /** Whether another page can be opened. */
  hasRoom(): boolean {
    return this.pages.length < this.graphs.length;
  }

  /** Opens a page of the app: another tab, or the app again after a kill; `newer` is a later version of it. */
  async openPage(newer: boolean): Promise<void> {
    // A page before it with the same modules has come to its end by then.
    await this.world.idle();
    if (newer) this.build += 1;
    this.start(this.page(this.build));
  }

  private build = 0;

  /** Ends a page without a word to it. */
  kill(page: Page): void {
    this.world.kill(page);
    this.pages.splice(this.pages.indexOf(page), 1);
    for (const one of this.taps) if (one.outcome === "open" && this.tappedOn.get(one) === page) one.outcome = "unknown";
  }

  private readonly tappedOn = new WeakMap<Tap, Page>();

  /** Something sets off a round. */
  poke(page: Page): void {
    this.pokes.push(this.world.now);
    this.world.as(page, () => page.engine.poke());
  }

  /** "Sync now". */
  now(page: Page): void {
    this.pokes.push(this.world.now);
    void this.world.as(page, () => page.engine.now());
  }

  /** Saves a new record. */
  save(page: Page, fare: Fare, sums: DaySums): void {
    this.tap(page, { tap: this.taps.length, fare, sums, day: dayIn(ZONE, this.world.clock()) });
  }

  /** Takes a saved record back, or states it once more with the next revision. */
  change(page: Page, pick: number, isVoid: boolean): void {
    const last = this.changeable();
    const of = last[pick % Math.max(1, last.length)];
    if (of?.saved === undefined) return;
    const { record, rev } = of.saved;
    this.tap(page, { ...of.content, tap: this.taps.length, fare: "good" }, { record, rev: rev + 1 }, isVoid);
  }

  /** Deletes what waits now, unless it is received before that. Nobody can open the list, so that no sum can be told. */
  async discard(page: Page): Promise<void> {
    await this.world.idle();
    const waiting = this.ops().filter(({ row }) => row.state === "waiting");
    for (const one of waiting) this.dropped.set(one.row.op, one);
    const ids = waiting.map(({ row }) => row.op);
    const { discardOps } = page.modules.discarding;
    const done = this.world.as(page, () => this.world.lock("sync", () => this.world.lock("save", () => discardOps(AUTHOR, ids, undefined))));
    // A full phone refuses, and a page may be killed: then it stays.
    done.catch(() => undefined);
  }

  /** The last word on each record that the screen said was saved, but for removals and what was deleted. */
  private changeable(): Tap[] {
    const last = new Map<string, Tap>();
    for (const one of this.taps) if (one.saved !== undefined) last.set(one.saved.record, one);
    for (const { row } of this.dropped.values()) last.delete(row.record);
    return [...last.values()].filter((one) => !one.isVoid);
  }

  private tap(page: Page, content: Content, about?: { record: string; rev: number }, isVoid = false): void {
    const tap: Tap = { tap: content.tap, content, outcome: "open", isVoid };
    this.taps.push(tap);
    this.tappedOn.set(tap, page);
    const sums = about === undefined || isVoid ? content.sums : { contacts: 0, new_contacts: 0, syringes_out: 0, syringes_in: 0, naloxone_kits: 0 };
    const statement = { type: isVoid ? ("void" as const) : ("put" as const), ...(about === undefined ? {} : { about }), plaintext: JSON.stringify(content), day: content.day, effects: () => Promise.resolve({ sums, place: { ...PLACE, day: content.day } }) };
    const { save } = page.modules.saving;
    const done = this.world.as(page, () => save(this.self(), { kid: "k", key: {} as CryptoKey }, statement, this.sources()));
    done.then(
      (saved) => {
        if (!page.alive) return;
        Object.assign(tap, { outcome: "saved", saved });
        this.poke(page);
      },
      () => {
        if (page.alive) tap.outcome = "not_saved";
      },
    );
  }

  /** The ops that it holds. */
  ops(): Known[] {
    return this.world.stored("ops").map(({ value }) => known(value as OutboxOp));
  }

  /** Sums that it shows. */
  days(): Map<string, DaySums> {
    return new Map(this.world.stored("days").map(({ value }) => [(value as DayRow).day, (value as DayRow).sums]));
  }

  /** What it keeps beside ops, keys and device, when it is cleared; undefined when it is not. */
  leftAfterWipe(): string[] | undefined {
    const state = this.world.stored("state");
    const sync = state.find(({ key }) => key === "sync")?.value as SyncState | undefined;
    if (sync?.wiped !== true) return undefined;
    return [...state.map(({ key }) => String(key)).filter((key) => key !== "sync"), ...this.days().keys()];
  }

  /** The number that the next op gets. */
  counter(): number {
    return (this.world.stored("contract").find(({ key }) => key === "counter")?.value as number | undefined) ?? 1;
  }
}
