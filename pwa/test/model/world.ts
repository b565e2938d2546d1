// The world around the phone's real code, with nothing real in it: a clock that only moves when it is told to, timers, Web Locks, an IndexedDB
// whose every task is a step, and pages that can be killed between any two steps.
// Whose page some code belongs to is told by its async context, so that several pages, each with modules of its own, share one store.
import { AsyncLocalStorage } from "node:async_hooks";
import { IDBFactory } from "fake-indexeddb";

/** What a page of the app is to the world: its life, and what dies with it. */
export interface PageLife {
  name: string;
  alive: boolean;
  transactions: Set<IDBTransaction>;
  connections: Set<IDBDatabase>;
}

interface Timer {
  id: number;
  at: number;
  run: () => void;
  page: PageLife | undefined;
}

interface Held {
  page: PageLife;
  release: () => void;
}

/** Longest delay of a browser's timer; a longer one fires at once. */
const LONGEST_DELAY = 2 ** 31 - 1;
/** Steps without rest after which something runs in circles. */
const RESTLESS = 50_000;

const context = new AsyncLocalStorage<PageLife>();
const hop = globalThis.setImmediate;
/** What is never settled. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

let world: World | undefined;

/** Makes a world the one that the code of pages lives in. */
export function enter(next: World): void {
  world = next;
}

/** The world that is being simulated now. */
function here(): World {
  if (world === undefined) throw new Error("no world");
  return world;
}

/** Records of a store of the fake database, as committed when nothing is under way. */
interface RawFactory {
  _databases: Map<string, { rawObjectStores: Map<string, { records: { values: () => Iterable<{ key: unknown; value: unknown }> } }> }>;
}

/** One simulated phone's surroundings. */
export class World {
  /** True time, ms. */
  now: number;
  /** How far the phone's clock is off. */
  skew = 0;
  /** The phone has no room left: every write's transaction ends for want of it. */
  full = false;
  /** Steps that were run, over all. */
  steps = 0;
  private tasks: (() => void)[] = [];
  private timers: Timer[] = [];
  private nextTimer = 1;
  private locks = new Map<string, { held: Held | undefined; queue: (() => void)[] }>();
  readonly factory = new IDBFactory();

  constructor(start: number) {
    this.now = start;
  }

  /** The phone's clock. */
  clock(): number {
    return this.now + this.skew;
  }

  /** Runs code as a page's own. */
  as<T>(page: PageLife, work: () => T): T {
    return context.run(page, work);
  }

  queue(task: () => void): void {
    this.tasks.push(task);
  }

  /** Runs some steps of what is under way; answers whether something is left. */
  async run(steps: number): Promise<boolean> {
    await this.rest();
    for (let n = 0; n < steps; n += 1) {
      const task = this.tasks.shift();
      if (task === undefined) return false;
      this.steps += 1;
      task();
      await this.rest();
    }
    return this.tasks.length > 0;
  }

  /** Runs until every page waits for time or network. */
  async idle(): Promise<void> {
    if (await this.run(RESTLESS)) throw new Error("the phone does not come to rest");
  }

  /** Lets promises follow. */
  private rest(): Promise<void> {
    return new Promise((resolve) => hop(() => resolve()));
  }

  isIdle(): boolean {
    return this.tasks.length === 0;
  }

  /** Lets time pass; everything that is due happens in order. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await this.idle();
    for (;;) {
      const due = this.timers.reduce<Timer | undefined>((first, one) => (first === undefined || one.at < first.at ? one : first), undefined);
      if (due === undefined || due.at > end) break;
      this.timers.splice(this.timers.indexOf(due), 1);
      this.now = Math.max(this.now, due.at);
      due.run();
      await this.idle();
    }
    this.now = end;
  }

  /** Something that happens later, whatever becomes of the pages. */
  later(ms: number, run: () => void, page?: PageLife): number {
    const id = this.nextTimer;
    this.nextTimer += 1;
    this.timers.push({ id, at: this.now + (ms > LONGEST_DELAY ? 1 : Math.max(1, Number.isFinite(ms) ? ms : 1)), run, page });
    return id;
  }

  clear(id: unknown): void {
    const at = this.timers.findIndex((one) => one.id === id);
    if (at >= 0) this.timers.splice(at, 1);
  }

  /** Ends a page as the system does: its memory is gone, its open transactions never were. */
  kill(page: PageLife): void {
    page.alive = false;
    for (const transaction of page.transactions) {
      if (transaction.mode === "readonly") continue;
      try {
        transaction.abort();
      } catch {
        // It had ended already.
      }
    }
    for (const connection of page.connections) connection.close();
    this.timers = this.timers.filter((one) => one.page !== page);
    for (const lock of this.locks.values()) if (lock.held?.page === page) lock.held.release();
  }

  lock<T>(name: string, work: () => Promise<T>): Promise<T> {
    const page = context.getStore();
    if (page === undefined) throw new Error("a lock outside any page");
    const lock = this.locks.get(name) ?? { held: undefined, queue: [] };
    this.locks.set(name, lock);
    return new Promise<T>((resolve, reject) => {
      const grant = (): void => {
        if (!page.alive) {
          next();
          return;
        }
        const release = (): void => {
          if (lock.held?.release === release) next();
        };
        lock.held = { page, release };
        void this.as(page, async () => {
          try {
            resolve(await work());
          } catch (error) {
            reject(error instanceof Error ? error : new Error("no error"));
          }
          release();
        });
      };
      const next = (): void => {
        lock.held = undefined;
        lock.queue.shift()?.();
      };
      if (lock.held === undefined) grant();
      else lock.queue.push(grant);
    });
  }

  /** What a store holds, when nothing is under way. */
  stored(store: string): { key: unknown; value: unknown }[] {
    const records = (this.factory as unknown as RawFactory)._databases.get("rounds")?.rawObjectStores.get(store)?.records;
    return records === undefined ? [] : [...records.values()];
  }
}

/** The page whose code runs now. */
export function pageNow(): PageLife | undefined {
  return context.getStore();
}

/** Puts the simulated world in place of the real one, for the code of pages only. */
export function takeOver(): void {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  const set = (run: () => void, ms = 0): unknown => {
    const page = context.getStore();
    if (page === undefined) return real.setTimeout(run, ms);
    return page.alive ? here().later(ms, () => page.alive && here().as(page, run), page) : 0;
  };
  const clear = (id: unknown): void => {
    if (typeof id === "number") here().clear(id);
    else real.clearTimeout(id as NodeJS.Timeout);
  };
  const immediate = (task: () => void): unknown => (world === undefined ? hop(task) : world.queue(task));
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear, setImmediate: immediate });
  const locks = { request: <T>(name: string, work: () => Promise<T>) => here().lock(name, work) };
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  Object.defineProperty(globalThis, "indexedDB", { value: { open: openFor }, configurable: true });
  watchStore();
}

/** Opens the database for a page; one that was killed waits for ever. */
function openFor(name: string, version?: number): IDBOpenDBRequest {
  if (pageNow()?.alive === false) return new IDBOpenDBRequest();
  return here().factory.open(name, version);
}

/** Follows transactions and their pages, and lets a full phone refuse writes as browsers do: the request succeeds, the transaction ends. */
function watchStore(): void {
  /* eslint-disable @typescript-eslint/unbound-method -- Each is called with the `this` of the call that it stands in for. */
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...given) {
    const page = pageNow();
    if (page?.alive === false) throw new DOMException("The page is gone.", "InvalidStateError");
    const made = transaction.apply(this, given);
    page?.connections.add(this);
    page?.transactions.add(made);
    return made;
  };
  for (const name of ["add", "put"] as const) {
    const write = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...given) {
      const request = write.apply(this, given);
      const ended = this.transaction as unknown as { _abort: (name: string) => void; _state: string };
      if (here().full) request.addEventListener("success", () => ended._state !== "finished" && ended._abort("QuotaExceededError"));
      return request;
    };
  }
}
