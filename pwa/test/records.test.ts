// Saving, correcting, taking back and deleting by the app's own functions on a real store: each once, whatever is tapped twice or open twice;
// and what workers of one phone have of each other.
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Catalogue, Contact } from "../src/generated/contract";
import { toContact } from "../src/domain/contact";
import { EMPTY, setOut } from "../src/domain/draft";
import { ZERO } from "../src/domain/sums";
import { discard, unsent } from "../src/app/discard";
import { correct, entries, remove, type Listed } from "../src/app/entries";
import { key, keepKey } from "../src/app/list";
import { lookAtParked } from "../src/app/parked";
import { saveRecord } from "../src/app/records";
import { refresh } from "../src/app/refresh";
import * as state from "../src/app/state";
import * as authors from "../src/store/authors";
import * as store from "../src/store/device";
import { listRows } from "../src/store/list";
import { forget, withDatabase } from "../src/store/open";
import * as outbox from "../src/store/outbox";
import { DATABASE, type AuthorRow, type Device, type OwnRow } from "../src/store/schema";

// Sealing has tests of its own; here an op can be read.
vi.mock("../src/sync/seal", () => ({
  recipient: () => Promise.resolve({ kid: "k" }),
  senderTo: () => Promise.resolve({}),
  makeAhead: () => undefined,
  seal: (header: unknown, plaintext: string) => Promise.resolve({ hdr: JSON.stringify(header), ek: "e", ct: plaintext }),
}));

const [KIM, LEE] = ["0197a3c0-0000-7000-8000-00000000000a", "0197a3c0-0000-7000-8000-00000000000b"];
const CATALOGUE = { version: 1, items: [{ code: "syringe_1ml", icon: "syringe", label: {}, syringes_per_unit: 1 }], kits: [], services: [], pad: {} } as unknown as Catalogue;
const PLACE = { site: "market", mode: "pair", setting: "street" } as const;
const SHIFT = "0197a3c0-0000-7000-8000-0000000000ff";
const DAY = new Date().toISOString().slice(0, "2026-06-09".length);
const since = (now: number): { local: string; offset_minutes: number } => ({ local: new Date(now).toISOString().slice(0, "2026-06-09T10:00:00".length), offset_minutes: 0 });

/** Web Locks of one page, as far as the app uses them. */
const locks = new Map<string, Promise<unknown>>();
Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: {
    locks: {
      request<T>(name: string, work: () => Promise<T>): Promise<T> {
        const done = (locks.get(name) ?? Promise.resolve()).then(work);
        locks.set(name, done.catch(() => undefined));
        return done;
      },
    },
  },
});
Object.assign(globalThis, { document: { cookie: "" }, location: { protocol: "https:" }, history: { state: { within: true } } });

function contact(syringes: number): Contact {
  const around = { worker: KIM, place: PLACE, serviceDate: DAY, captured: since(Date.now()), shift: SHIFT };
  return toContact(setOut(EMPTY, "syringe_1ml", syringes), CATALOGUE, around);
}

async function saveContact(syringes: number): Promise<void> {
  const draft = setOut(EMPTY, "syringe_1ml", syringes);
  expect(await saveRecord({ kind: "contact", body: contact(syringes) }, undefined, { draft })).toBeDefined();
}

/** The page's device, with a shift that runs. */
async function begin(): Promise<void> {
  forget();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE).onsuccess = resolve));
  const device = { programme: "p", device: "d", author: KIM, tz: "UTC", rootKey: "r", key: {} as CryptoKey };
  const sealing = [{ kid: "k", suite: 1, public: "", signature: "" }] as unknown as Parameters<typeof store.becomeDevice>[0]["sealing"];
  await store.becomeDevice({ device, epoch: "e1", catalogue: CATALOGUE, sealing });
  await withDatabase((db) => db.put("state", { ...PLACE, record: SHIFT, rev: 1, day: DAY, since: since(Date.now()), with: [], sums: ZERO }, "shift"));
  state.device.value = device;
  state.catalogue.value = CATALOGUE;
  state.today.value = DAY;
  state.people.value = [];
  state.locked.value = false;
  state.saveError.value = undefined;
  state.bagMoves.value = [];
  keepKey(await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]));
  await refresh();
}

/** What stands of syringes: of the day, of the shift, and in the bag as this page knows it. */
async function syringes(): Promise<(number | undefined)[]> {
  await refresh();
  return [state.sums.value.syringes_out, state.shift.value?.sums.syringes_out, state.bagMoves.value.reduce((sum, move) => sum + move.given, 0)];
}

const only = async (): Promise<Listed> => (await entries())[0]!;

beforeEach(begin);

describe("taking back", () => {
  it("takes a record back once, however often it is tapped", async () => {
    await saveContact(10);
    await saveContact(20);
    const entry = await only();
    expect(await Promise.all([remove(entry), remove(entry), remove(entry)])).toEqual([true, false, false]);
    expect(state.saveError.value).toBeUndefined();
    expect(await syringes()).toEqual([10, 10, 10]);
    expect((await outbox.allOps()).filter(({ type }) => type === "void").length).toBe(1);
  });
  it("refuses what is older than what another page made of it, and says so", async () => {
    await saveContact(10);
    const entry = await only();
    expect(await remove(entry)).toBe(true);
    expect([await remove(entry), state.saveError.value]).toEqual([false, "moved"]);
    expect(await syringes()).toEqual([0, 0, 0]);
  });
  it("says that it did not happen when the store refuses", async () => {
    await saveContact(10);
    const entry = await only();
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    const taken = remove(entry).catch(() => "threw");
    await vi.waitFor(() => expect(state.saveError.value).toBe("no_room"));
    transaction.mockRestore();
    expect(await taken).not.toBe(true);
    expect(await syringes()).toEqual([10, 10, 10]);
  });
});

describe("correcting", () => {
  const change = async (entry: Listed, to: number): Promise<void> => {
    correct(entry);
    state.draft.value = setOut(EMPTY, "syringe_1ml", to);
    await state.correcting.value?.save(contact(to));
  };
  it("of one record on two pages happens on one, and the other says so", async () => {
    await saveContact(10);
    const entry = await only();
    await change(entry, 30);
    expect(await syringes()).toEqual([30, 30, 30]);
    await change(entry, 50);
    expect([await syringes(), state.saveError.value]).toEqual([[30, 30, 30], "moved"]);
    await change(await only(), 50);
    expect(await syringes()).toEqual([50, 50, 50]);
  });
  it("while the app is locked leaves no row that says what no longer is", async () => {
    await saveContact(10);
    const entry = await only();
    keepKey(undefined);
    await change(entry, 30);
    expect([await listRows(KIM), (await syringes())[0]]).toEqual([[], 30]);
  });
});

describe("deleting unsent records", () => {
  it("takes sums, rows and the bag with it; a received one stays and is called so", async () => {
    await saveContact(10);
    await outbox.applyChange({ update: (op) => ({ ...op, state: "received", seq: 1, receivedAt: 1 }) });
    await saveContact(20);
    const { ops, records } = await unsent();
    await discard(ops);
    expect([records, await syringes()]).toEqual([1, [10, 10, 10]]);
    expect((await entries()).map(({ standing }) => standing)).toEqual(["received"]);
    expect(state.notice.value).toBeUndefined();
  });
  it("that nobody could open the list for leaves none of it, and calls nothing received that is gone", async () => {
    await saveContact(10);
    const under = key.value;
    await withDatabase(async (db) => db.delete("ops", (await outbox.allOps())[0]!.op));
    expect((await only()).standing).toBe("deleted");
    keepKey(undefined);
    await discard((await unsent()).ops);
    keepKey(under);
    expect(await entries()).toEqual([]);
  });
  it("leaves those of the other workers of the phone", async () => {
    await saveContact(10);
    await withDatabase(async (db) => db.put("ops", { ...(await outbox.allOps())[0]!, op: "theirs", record: "theirs", author: LEE }));
    await refresh();
    expect([(await unsent()).records, state.queue.value.others]).toEqual([1, 1]);
    await discard([...(await unsent()).ops, "theirs"]);
    expect((await outbox.waitingOps()).map(({ op }) => op)).toEqual(["theirs"]);
  });
});

describe("several workers of one phone", () => {
  const HOUR = 3_600_000;
  const bytes = new Uint8Array(12);
  /** Lee begins; Kim's shift began some hours ago and nobody stopped it. */
  async function turn(hours: number): Promise<void> {
    const slips = [{ slip: "AAAAAA", service: "hiv_test", day: "2020-01-01" }, { slip: "BBBBBB", service: "hiv_test", day: DAY }];
    await store.changeShift((row) => ({ ...row, since: since(Date.now() - hours * HOUR) }));
    await withDatabase((db) => db.put("state", slips, "slips"));
    await withDatabase((db) => db.put("list", { author: KIM, id: "r", iv: bytes, ct: bytes }));
    await authors.addAuthor(LEE);
    await authors.turnTo(LEE);
    state.device.value = await store.device();
    state.people.value = await authors.authors();
    await refresh();
  }
  const kim = async (): Promise<AuthorRow | undefined> => (await authors.authors()).find(({ author }) => author === KIM);

  it("end the shift that one of them forgot in that worker's name, and their list with it", async () => {
    await turn(48);
    await lookAtParked();
    await lookAtParked();
    const [stop, ...more] = await outbox.waitingOps();
    expect([stop?.author, stop?.record, stop?.rev, more]).toEqual([KIM, SHIFT, 2, []]);
    expect(JSON.parse(stop?.ct ?? "")).toMatchObject({ kind: "shift", body: { worker: KIM, state: "done" } });
    expect([(await kim())?.shift, await listRows(KIM), (await kim())?.slips?.map(({ slip }) => slip)]).toEqual([undefined, [], ["BBBBBB"]]);
  });
  it("leave a shift that runs, and its list", async () => {
    await turn(0);
    await lookAtParked();
    expect([(await kim())?.shift?.record, (await listRows(KIM)).length, await outbox.countWaiting()]).toEqual([SHIFT, 1, 0]);
  });
  it("are kept by number: no row says what another is called", async () => {
    const own = (author: string): OwnRow => ({
      author,
      shifts: [{ record: "s", day: DAY, site: "market", mode: "pair", setting: "street", state: "planned", with: [{ id: LEE, handle: "lee" }, { id: "o", handle: "sam" }] }] as unknown as OwnRow["shifts"],
      colleagues: [{ id: KIM, handle: "kim" }, { id: LEE, handle: "lee" }, { id: "o", handle: "sam" }],
      thanks: [],
      qualifications: [],
    });
    const names = async (): Promise<string> => JSON.stringify(await withDatabase((db) => db.getAll("state")));
    await store.keepOwn(own(KIM));
    expect(await names()).toMatch(/lee/u);
    await turn(0);
    await store.keepOwn(own(LEE));
    expect(await names()).not.toMatch(/"(?:kim|lee)"/u);
    expect(await names()).toMatch(/sam/u);
    expect(((await store.device()) as Device).author).toBe(LEE);
  });
});
