// Locking, over all pages of a phone: what each forgets, what it takes back only with a PIN that is proven, and what the others hear.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Question } from "../../src/generated/contract";
import { FRESH, keepRow, openPage, OTHER, PIN, readable, SECOND, Server, settled, setUp, startShift, until, type Page } from "./phone";

let server: Server;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], now: Date.UTC(2026, 5, 9, 10) });
  server = new Server();
  await setUp(server);
  await startShift();
});
afterEach(() => vi.useRealTimers());

const open = { kind: "open" };
const wrong = { kind: "wrong" };

describe("two pages", () => {
  it("lock both when a PIN is set in one, also the one that was open before", async () => {
    const [one, two] = [await openPage(), await openPage()];
    await one.pin.setPin(PIN, undefined, undefined);
    await until(() => two.state.locked.value);
    expect([two.state.pinSet.value, one.state.locked.value]).toEqual([true, false]);
    two.exit.quickExit();
    expect(await two.pin.unlock(OTHER)).toEqual(wrong);
    two.state.hidden.value = false;
    expect(await two.pin.unlock(PIN)).toEqual(open);
  });
  it("open both when the PIN is turned off in one", async () => {
    const [one, two] = [await openPage(), await openPage()];
    await one.pin.setPin(PIN, undefined, undefined);
    await until(() => two.state.locked.value);
    await one.pin.turnOff();
    await until(() => !two.state.locked.value);
    expect(two.state.pinSet.value).toBe(false);
  });
  it("lock both by \"Lock\", and each for itself by time", async () => {
    const one = await openPage();
    await one.pin.setPin(PIN, undefined, undefined);
    const two = await openPage();
    await two.pin.unlock(PIN);
    one.exit.lockEverywhere();
    await until(() => two.state.locked.value);
    expect(one.state.locked.value).toBe(true);
    await Promise.all([one.pin.unlock(PIN), two.pin.unlock(PIN)]);
    await vi.advanceTimersByTimeAsync(90_000);
    two.window.dispatchEvent(new Event("pointerdown"));
    await vi.advanceTimersByTimeAsync(40_000);
    await settled();
    expect([one.state.locked.value, two.state.locked.value]).toEqual([true, false]);
  });
  it("know a new PIN at once, and not the old one any more", async () => {
    const one = await openPage();
    await one.pin.setPin(PIN, undefined, undefined);
    const two = await openPage();
    await two.pin.unlock(PIN);
    await keepRow(one, "one");
    await one.pin.setPin(FRESH, undefined, PIN);
    await until(() => two.state.locked.value);
    expect(two.list.key.value).toBeUndefined();
    expect(await two.pin.unlock(FRESH)).toEqual(open);
    expect(await readable(two)).toEqual(["one"]);
    two.lock.lock();
    expect(await two.pin.unlock(PIN)).toEqual(wrong);
  });
  it("lose the list together when the second PIN is typed in one", async () => {
    const one = await openPage();
    await one.pin.setPin(PIN, undefined, undefined);
    await one.pin.setPin(PIN, SECOND, PIN);
    const two = await openPage();
    await two.pin.unlock(PIN);
    await keepRow(two, "one");
    one.lock.lock();
    await one.pin.unlock(SECOND);
    await until(() => two.state.locked.value);
    expect(two.list.key.value).toBeUndefined();
    expect(await two.pin.unlock(PIN)).toEqual(wrong);
  });
});

describe("a page that the browser took out again as it was", () => {
  it("begins anew and stays covered", async () => {
    const page = await openPage();
    page.window.dispatchEvent(new Event("pagehide"));
    page.window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    expect(page.reload).toHaveBeenCalledTimes(1);
    expect(page.document.documentElement.dataset).toHaveProperty("cover");
  });
  it("and one that is merely shown does not", async () => {
    const page = await openPage();
    page.window.dispatchEvent(new Event("pagehide"));
    page.window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
    expect(page.reload).not.toHaveBeenCalled();
    expect(page.document.documentElement.dataset).not.toHaveProperty("cover");
  });
});

const QUESTION = { id: "q", asked_by: "Dora", day: "2026-06-09", kind: "contact", words: "Were it 400?" } as unknown as Question;

describe("questions and own figures", () => {
  /** A pull, and whether the page shows what it brought. */
  async function shows(page: Page): Promise<[boolean, boolean]> {
    await page.engine.syncNow();
    await settled();
    return [page.questions.questions.value.length > 0, page.state.ownFigures.value !== undefined];
  }
  beforeEach(() => (server.questions = [QUESTION]));

  it("are shown without a PIN, and with one while it is open", async () => {
    const page = await openPage();
    expect(await shows(page)).toEqual([true, true]);
    await page.pin.setPin(PIN, undefined, undefined);
    expect(await shows(page)).toEqual([true, true]);
  });
  it("go with the lock, are not taken behind it, and come again with the PIN", async () => {
    const page = await openPage();
    await page.pin.setPin(PIN, undefined, undefined);
    expect(await shows(page)).toEqual([true, true]);
    page.lock.lock();
    expect(await shows(page)).toEqual([false, false]);
    server.down = true;
    await page.pin.unlock(PIN);
    await settled();
    expect([page.questions.questions.value.length, page.state.ownFigures.value]).toEqual([0, undefined]);
    page.lock.lock();
    server.down = false;
    await page.pin.unlock(PIN);
    await until(() => page.questions.questions.value.length === 1 && page.state.ownFigures.value !== undefined);
  });
  it("are not shown to a PIN that nothing has proven, and are once it is", async () => {
    await (await openPage()).pin.setPin(PIN, undefined, undefined);
    const page = await openPage();
    server.down = true;
    await page.pin.unlock(PIN);
    server.down = false;
    expect(await shows(page)).toEqual([false, true]);
    page.window.dispatchEvent(new Event("online"));
    await until(() => page.questions.questions.value.length === 1);
  });
  it("are not shown to the second PIN, nor to any after it in the same page", async () => {
    const page = await openPage();
    await page.pin.setPin(PIN, undefined, undefined);
    await page.pin.setPin(PIN, SECOND, PIN);
    page.lock.lock();
    await page.pin.unlock(SECOND);
    expect(await shows(page)).toEqual([false, true]);
    page.lock.lock();
    await page.pin.unlock(SECOND);
    expect(await shows(page)).toEqual([false, true]);
  });
});
