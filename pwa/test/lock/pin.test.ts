// What a PIN opens, and what it destroys: with a network, without one, and while one comes and goes.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listRows } from "../../src/store/list";
import { AUTHOR, FRESH, kept, keepRow, openPage, OTHER, PIN, readable, SECOND, Server, settled, setUp, startShift, until, type Page } from "./phone";

let server: Server;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], now: Date.UTC(2026, 5, 9, 10) });
  server = new Server();
  await setUp(server);
});
afterEach(() => vi.useRealTimers());

/** A page with a PIN, and a second one if told, in a shift with one row in its list. */
async function withPin(second?: string): Promise<Page> {
  await startShift();
  const page = await openPage();
  expect(await page.pin.setPin(PIN, undefined, undefined)).toBeUndefined();
  if (second !== undefined) expect(await page.pin.setPin(PIN, second, PIN)).toBeUndefined();
  await keepRow(page, "one");
  return page;
}

const open = { kind: "open" };
const wrong = { kind: "wrong" };

describe("a change of the PIN", () => {
  it("that never left changes nothing: the old PIN opens the list, any other is wrong", async () => {
    const before = await withPin();
    server.down = true;
    expect(await before.pin.setPin(FRESH, undefined, PIN)).toBe("no_network");
    server.down = false;
    const page = await openPage();
    expect(await page.pin.unlock(OTHER)).toEqual(wrong);
    expect([page.state.locked.value, page.state.pinSet.value]).toEqual([true, true]);
    expect(await page.pin.unlock(FRESH)).toEqual(wrong);
    expect(await page.pin.unlock(PIN)).toEqual(open);
    expect(await readable(page)).toEqual(["one"]);
  });
  it("whose request was lost is forgotten once the old PIN has opened", async () => {
    const before = await withPin();
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => (init.method === "PUT" ? Promise.reject(new TypeError("lost")) : server.fetch(path, init)));
    expect(await before.pin.setPin(FRESH, undefined, PIN)).toBe("pin_unsure");
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => server.fetch(path, init));
    const page = await openPage();
    expect(await page.pin.unlock(OTHER)).toEqual(wrong);
    expect(page.state.locked.value).toBe(true);
    expect(await page.pin.unlock(PIN)).toEqual(open);
    expect(await readable(page)).toEqual(["one"]);
    expect(Object.keys(await kept()).sort()).toEqual(["first", "salt", "second"]);
  });
  it("whose answer was lost holds: the new PIN opens, with an empty list, and no other does", async () => {
    const before = await withPin();
    vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
      const answer = await server.fetch(path, init);
      if (init.method === "PUT") throw new TypeError("lost");
      return answer;
    });
    expect(await before.pin.setPin(FRESH, undefined, PIN)).toBe("pin_unsure");
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => server.fetch(path, init));
    let page = await openPage();
    expect(await page.pin.unlock(PIN)).toEqual(wrong);
    expect(page.state.pinSet.value).toBe(true);
    expect(await page.pin.unlock(FRESH)).toEqual(open);
    expect([page.state.pinSet.value, page.state.listGone.value, await listRows(AUTHOR)]).toEqual([true, true, []]);
    await keepRow(page, "two");
    page = await openPage();
    expect(await page.pin.unlock(PIN)).toEqual(wrong);
    expect(await page.pin.unlock(FRESH)).toEqual(open);
    expect(await readable(page)).toEqual(["two"]);
  });
  it("that is made again after a lost answer keeps the list", async () => {
    const page = await withPin();
    server.deaf = true;
    server.down = true;
    expect(await page.pin.setPin(FRESH, undefined, PIN)).toBe("no_network");
    [server.deaf, server.down] = [false, false];
    expect(await page.pin.setPin(FRESH, undefined, PIN)).toBeUndefined();
    const again = await openPage();
    expect(await again.pin.unlock(FRESH)).toEqual(open);
    expect(await readable(again)).toEqual(["one"]);
  });
});

describe("a PIN that was typed without a network", () => {
  it("has its own answer, and nobody else's", async () => {
    await withPin();
    const page = await openPage();
    server.hold();
    const owner = page.pin.unlock(PIN);
    await until(() => server.waiting() === 1);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await owner).toEqual(open);
    page.lock.lock();
    // Somebody else, and no answer either.
    const other = page.pin.unlock(OTHER);
    await until(() => server.waiting() === 2);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await other).toEqual(open);
    server.flow(1);
    await vi.advanceTimersByTimeAsync(0);
    await settled();
    expect(page.list.key.value).toBeUndefined();
    server.flow();
    await until(() => page.state.locked.value);
    expect([page.list.key.value, page.pin.refused.value]).toEqual([undefined, true]);
  });
  it("is asked about once at a time, however often the network seems to be back", async () => {
    await withPin();
    const page = await openPage();
    server.down = true;
    expect(await page.pin.unlock(OTHER)).toEqual(open);
    server.down = false;
    const before = server.calls.length;
    for (let n = 0; n < 3; n += 1) page.window.dispatchEvent(new Event("online"));
    await until(() => page.state.locked.value);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.calls.slice(before)).toEqual(["wrong"]);
  });
  it("is not asked about again while its first answer is still awaited", async () => {
    await withPin();
    const page = await openPage();
    server.hold();
    const opened = page.pin.unlock(OTHER);
    await until(() => server.waiting() === 1);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await opened).toEqual(open);
    page.window.dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(35_000);
    server.flow();
    await until(() => page.state.locked.value);
    expect(server.calls.filter((call) => call === "wrong")).toEqual(["wrong"]);
  });
  it("brings the list once it is proved", async () => {
    await withPin();
    const page = await openPage();
    server.down = true;
    expect(await page.pin.unlock(PIN)).toEqual(open);
    expect(page.list.key.value).toBeUndefined();
    server.down = false;
    page.window.dispatchEvent(new Event("online"));
    await until(() => page.list.key.value !== undefined);
    expect(await readable(page)).toEqual(["one"]);
  });
  it("and was the second is heard of, though the page was locked and opened by another meanwhile", async () => {
    await withPin(SECOND);
    const page = await openPage();
    server.down = true;
    expect(await page.pin.unlock(SECOND)).toEqual(open);
    page.lock.lock();
    expect(await page.pin.unlock(PIN)).toEqual(open);
    page.lock.lock();
    server.down = false;
    page.window.dispatchEvent(new Event("online"));
    await until(() => server.calls.includes("duress"));
    await until(async () => (await listRows(AUTHOR)).length === 0);
    expect(server.kept?.dead).toBe(true);
  });
  it("is asked about again when what came of it could not be kept", async () => {
    await withPin(SECOND);
    const page = await openPage();
    server.hold();
    const opened = page.pin.unlock(SECOND);
    await until(() => server.waiting() === 1);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await opened).toEqual(open);
    const real = Reflect.get(IDBDatabase.prototype, "transaction") as (...how: unknown[]) => IDBTransaction;
    const isDestroying = ([names, mode]: unknown[]): boolean => mode === "readwrite" && String(names) === "state,list";
    const store = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (this: IDBDatabase, ...how: unknown[]) {
      if (isDestroying(how)) throw new DOMException("no room", "QuotaExceededError");
      return Reflect.apply(real, this, how);
    });
    server.flow();
    await until(() => store.mock.calls.some(isDestroying));
    store.mockRestore();
    page.window.dispatchEvent(new Event("online"));
    await until(async () => (await listRows(AUTHOR)).length === 0);
    await until(() => page.list.key.value !== undefined);
  });
  it("opens nothing for who left in a hurry before the answer came", async () => {
    await withPin();
    const page = await openPage();
    server.hold();
    const opened = page.pin.unlock(PIN);
    await until(() => server.waiting() === 1);
    page.exit.quickExit();
    server.flow();
    await opened;
    expect([page.state.locked.value, page.list.key.value]).toEqual([true, undefined]);
  });
});

describe("the second PIN", () => {
  /** What the page and the store say after an opening, and after what a worker does then. */
  async function afterwards(digits: string): Promise<unknown> {
    const page = await openPage();
    expect(await page.pin.unlock(digits)).toEqual(open);
    const rows = (await listRows(AUTHOR)).length;
    await keepRow(page, "new");
    page.lock.lock();
    expect(await page.pin.unlock(OTHER)).toEqual(wrong);
    expect(await page.pin.unlock(digits)).toEqual(open);
    const warm = await readable(page);
    const cold = await openPage();
    expect(await cold.pin.unlock(OTHER)).toEqual(wrong);
    expect(await cold.pin.unlock(digits)).toEqual(open);
    const { salt, first, second, ...rest } = await kept();
    const { pinSet, locked, listGone } = cold.state;
    return [rows, warm, await readable(cold), [salt.length, first.length, second.length, rest], [pinSet.value, locked.value, listGone.value]];
  }
  it("opens what the true one opens where the list is empty, and goes on so", async () => {
    const page = await withPin();
    await (await import("../../src/store/list")).forgetList(AUTHOR);
    const ordinary = await afterwards(PIN);
    await setUp(server);
    page.lock.lock();
    await withPin(SECOND);
    expect(await afterwards(SECOND)).toEqual(ordinary);
    expect(server.kept?.dead).toBe(true);
  });
  it("makes the true one wrong, and neither turns the PIN off", async () => {
    await withPin(SECOND);
    let page = await openPage();
    expect(await page.pin.unlock(SECOND)).toEqual(open);
    page.lock.lock();
    expect(await page.pin.unlock(PIN)).toEqual(wrong);
    page = await openPage();
    expect(await page.pin.unlock(PIN)).toEqual(wrong);
    expect([page.state.pinSet.value, page.state.listGone.value]).toEqual([true, false]);
  });
  it("used without a network keeps its list through the next cold start, once the server has heard of it", async () => {
    const page = await withPin(SECOND);
    page.lock.lock();
    server.down = true;
    expect(await page.pin.unlock(SECOND)).toEqual(open);
    expect(await listRows(AUTHOR)).toEqual([]);
    await keepRow(page, "two");
    page.lock.lock();
    const { first } = await kept();
    server.down = false;
    page.window.dispatchEvent(new Event("online"));
    await until(async () => (await kept()).first.join() !== first.join());
    expect(server.kept?.dead).toBe(true);
    const cold = await openPage();
    expect(await cold.pin.unlock(SECOND)).toEqual(open);
    expect(await readable(cold)).toEqual(["two"]);
  });
  it("that the server has not heard of does not try the share of a new PIN", async () => {
    const page = await withPin(SECOND);
    page.lock.lock();
    server.down = true;
    expect(await page.pin.unlock(SECOND)).toEqual(open);
    server.down = false;
    expect(await page.pin.setPin(FRESH, undefined, SECOND)).toBeUndefined();
    const before = server.calls.length;
    for (let n = 0; n < 12; n += 1) {
      page.window.dispatchEvent(new Event("online"));
      await vi.advanceTimersByTimeAsync(31_000);
    }
    expect(server.calls.slice(before)).toEqual([]);
    expect(await (await openPage()).pin.unlock(FRESH)).toEqual(open);
  });
  it("that the server has not heard of is not said again to a share that another page set", async () => {
    const page = await withPin(SECOND);
    page.lock.lock();
    server.down = true;
    expect(await page.pin.unlock(SECOND)).toEqual(open);
    server.down = false;
    if (server.kept !== undefined) Object.assign(server.kept, { proof: "new", duress: "other" });
    const before = server.calls.length;
    for (let n = 0; n < 12; n += 1) {
      page.window.dispatchEvent(new Event("online"));
      await vi.advanceTimersByTimeAsync(31_000);
      await until(() => server.calls.length > before);
    }
    expect(server.calls.slice(before)).toEqual(["wrong"]);
  });
});

describe("the list's key", () => {
  it("is another for each shift, also under the same PIN", async () => {
    await withPin();
    const during = await openPage();
    expect(await during.pin.unlock(PIN)).toEqual(open);
    expect(await readable(during)).toEqual(["one"]);
    const { first } = await kept();
    during.lock.lock();
    const old = (await listRows(AUTHOR))[0];
    const { withDatabase } = await import("../../src/store/open");
    await withDatabase((db) => db.delete("state", "shift"));
    expect(await during.pin.unlock(PIN)).toEqual(open);
    expect((await kept()).first).not.toEqual(first);
    expect(await listRows(AUTHOR)).toEqual([]);
    // What lies about of the row opens under no key that is still kept.
    if (old !== undefined) await withDatabase((db) => db.put("list", old));
    expect(await readable(during)).toEqual([]);
    await startShift();
    await keepRow(during, "two");
    const next = await openPage();
    expect(await next.pin.unlock(PIN)).toEqual(open);
    expect(await readable(next)).toEqual(["two"]);
  });
  it("does not outlive a change of the PIN between two shifts", async () => {
    const page = await withPin();
    const old = (await listRows(AUTHOR))[0];
    const { withDatabase } = await import("../../src/store/open");
    await withDatabase((db) => db.delete("state", "shift"));
    expect(await page.pin.setPin(FRESH, undefined, PIN)).toBeUndefined();
    if (old !== undefined) await withDatabase((db) => db.put("list", old));
    expect(await readable(page)).toEqual([]);
  });
});
