// The phone's real store and engine against a simulated server in a simulated world: whatever happens, every tap ends as exactly one op on the
// server, or is still on the phone. A failure prints fast-check's seed and the shortest history that it found.
// ROUNDS_MODEL_RUNS=5000 runs long (ROUNDS_MODEL_MINUTES=10 until then at most), ROUNDS_MODEL_SEED=… and ROUNDS_MODEL_PATH=… repeat a failure.
import "fake-indexeddb/auto";
import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { Network } from "./network";
import { Oracle } from "./oracle";
import { Phone, type Modules, type Page } from "./phone";
import { Server } from "./server";
import { histories, perform, type Scene, type Timed } from "./steps";
import { enter, pageNow, takeOver, World } from "./world";

// Sealing and signing have tests of their own; here an op stays readable, so that the server can tell the taps apart.
vi.mock("../../src/sync/seal", () => {
  const b64 = (text: string): string => Buffer.from(text).toString("base64url");
  return {
    senderTo: () => Promise.resolve({}),
    makeAhead: () => undefined,
    seal: (header: unknown, plaintext: string) => Promise.resolve({ hdr: b64(JSON.stringify(header)), ek: "e", ct: b64(plaintext) }),
  };
});
vi.mock("../../src/sync/keys", () => ({ sign: () => Promise.resolve("s"), trustedKeys: () => Promise.resolve([]) }));
// A later version of the app is the same one with a later version of the store.
vi.mock("../../src/store/schema", async (original) => {
  const actual = await original<{ VERSION: number }>();
  const version = (): number => actual.VERSION + (globalThis as unknown as { pageBuild: () => number }).pageBuild();
  return Object.defineProperty({ ...actual }, "VERSION", { get: version, enumerable: true });
});

const RUNS = Number(process.env["ROUNDS_MODEL_RUNS"] ?? "80");
const LONGEST = Number(process.env["ROUNDS_MODEL_STEPS"] ?? "60");
const MINUTES = Number(process.env["ROUNDS_MODEL_MINUTES"] ?? "0");
const seed = process.env["ROUNDS_MODEL_SEED"];
const path = process.env["ROUNDS_MODEL_PATH"];
const HOUR_MS = 3_600_000;
const START = Date.parse("2026-06-09T20:00:00Z");

const graphs: Modules[] = [];
let runs = 0;
let steps = 0;

beforeAll(async () => {
  Object.assign(globalThis, { pageBuild: () => (pageNow() as Page | undefined)?.build ?? 0 });
  for (let n = 0; n < 3; n += 1) {
    vi.resetModules();
    graphs.push({
      open: await import("../../src/store/open"),
      store: await import("../../src/store/device"),
      discarding: await import("../../src/store/discard"),
      saving: await import("../../src/sync/save"),
      engine: await import("../../src/sync/engine"),
    });
  }
  takeOver();
});

/** Random bytes that are the same for the same history. */
function randomFrom(start: number): (bytes: number) => Uint8Array {
  let state = start >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) & 0xff;
  };
  return (bytes) => Uint8Array.from({ length: bytes }, next);
}

async function scene(random: number): Promise<Scene> {
  runs += 1;
  const world = new World(START);
  enter(world);
  const server = new Server(() => world.now);
  const network = new Network(world, server);
  Object.assign(globalThis, { fetch: (url: string, init: RequestInit) => network.fetch(url, init) });
  const phone = new Phone(world, graphs, randomFrom(random), runs);
  await phone.enrol(server.state.epoch);
  await world.pass(1_000);
  return { world, phone, server, network, restored: false };
}

/** The network works, there is room, and time passes: all that can be delivered is. */
async function settle({ world, phone, server, network, restored }: Scene): Promise<void> {
  await world.idle();
  Object.assign(network, { down: false, next: [] });
  Object.assign(world, { full: false, skew: 0 });
  server.busy = false;
  if (phone.pages.length === 0) await phone.openPage(false);
  await world.pass(HOUR_MS / 2);
  // Whatever waits has been tried by now, or is tried within these hours; a server that was put back is noticed by then.
  if (restored || phone.ops().some(({ row }) => row.state === "waiting")) await world.pass(8 * HOUR_MS);
}

async function live(history: readonly Timed[], random: number): Promise<void> {
  const it = await scene(random);
  const oracle = new Oracle(it);
  for (const { step, then } of history) {
    steps += 1;
    await perform(it, step);
    if (then === "rest") await it.world.idle();
    else await it.world.run(then);
    if (it.world.isIdle()) oracle.check();
  }
  await settle(it);
  oracle.checkEnd();
}

describe("the phone's queue", () => {
  it(
    "loses nothing, doubles nothing and claims nothing, whatever happens",
    async () => {
      const given = { ...(MINUTES > 0 ? { interruptAfterTimeLimit: MINUTES * 60_000 } : {}), ...(seed === undefined ? {} : { seed: Number(seed) }), ...(path === undefined ? {} : { path }) };
      const property = fc.asyncProperty(histories(LONGEST), fc.integer({ min: 0, max: 2 ** 31 }), live);
      const began = performance.now();
      await fc.assert(property, { numRuns: RUNS, endOnFailure: false, ...given });
      if (process.env["ROUNDS_MODEL_RUNS"] !== undefined) process.stdout.write(`${runs} histories, ${steps} steps, ${Math.round((performance.now() - began) / 1_000)} s\n`);
      expect(steps).toBeGreaterThan(0);
    },
    24 * HOUR_MS,
  );
});

describe("a phone with a stubborn op", () => {
  /** A phone with 199 good ops and one of another fare in the middle, out of the network until now. */
  async function withOne(fare: "poison" | "big" | "later"): Promise<Scene> {
    const it = await scene(1);
    it.network.down = true;
    await perform(it, { do: "save", page: 0, fare: "good", count: 99 });
    await perform(it, { do: "save", page: 0, fare, count: 1 });
    await perform(it, { do: "save", page: 0, fare: "good", count: 100 });
    await it.world.idle();
    it.network.down = false;
    it.server.busy = true;
    it.network.asked.length = 0;
    return it;
  }
  const waiting = ({ phone }: Scene): string[] => phone.ops().flatMap(({ row, content }) => (row.state === "waiting" ? [content.fare] : []));

  it.each(["poison", "big"] as const)("finds the one of 200 for which batches are refused (%s) and delivers the others at once", async (fare) => {
    const it = await withOne(fare);
    await perform(it, { do: "send", page: 0 });
    await it.world.pass(10_000);
    expect(waiting(it)).toEqual([fare]);
    expect(it.network.asked.filter((one) => one.push).length).toBeLessThan(30);
    // It is tried again, ever more seldom, and what is saved meanwhile goes past it.
    it.network.asked.length = 0;
    await perform(it, { do: "save", page: 0, fare: "good", count: 3 });
    await it.world.pass(24 * HOUR_MS);
    expect(waiting(it)).toEqual([fare]);
    expect(it.network.asked.filter((one) => one.push && !one.useful).length).toBeLessThan(20);
    it.server.patched = true;
    await it.world.pass(7 * HOUR_MS);
    expect(waiting(it)).toEqual([]);
  });
  it("pulls, though an op is always put off", async () => {
    const it = await withOne("later");
    await it.world.pass(HOUR_MS);
    expect(waiting(it)).toEqual(["later"]);
    expect(it.network.asked.filter((one) => one.pull).length).toBeGreaterThan(2);
  });
  it("frees the others when everything was refused and then one goes through", async () => {
    const it = await withOne("later");
    it.server.busy = false;
    it.network.next = Array.from({ length: 40 }, () => "400" as const);
    await it.world.pass(2 * HOUR_MS);
    it.network.next = [];
    await perform(it, { do: "save", page: 0, fare: "good", count: 1 });
    await it.world.pass(60_000);
    expect(waiting(it)).toEqual([]);
  });
});

describe("a phone that is asked to offer everything again", () => {
  it("does so once for each greater number, by whatever answer it hears of it", async () => {
    const it = await scene(2);
    await perform(it, { do: "save", page: 0, fare: "good", count: 5 });
    await it.world.pass(5_000);
    const offered = (): number => it.server.offered;
    expect(offered()).toBe(5);
    it.server.askAgain();
    // By a pull.
    await perform(it, { do: "send", page: 0 });
    await it.world.pass(60_000);
    expect(offered()).toBe(10);
    it.server.askAgain();
    // By a push.
    await perform(it, { do: "save", page: 0, fare: "good", count: 1 });
    await it.world.pass(60_000);
    expect(offered()).toBe(16);
    await perform(it, { do: "send", page: 0 });
    await it.world.pass(HOUR_MS);
    expect(offered()).toBe(16);
  });
});
