// The store on an in-memory IndexedDB: a save is whole or not at all, and nothing is kept that the allow-list does not name.
import "fake-indexeddb/auto";
import { openDB } from "idb";
import { beforeEach, describe, expect, it } from "vitest";
import type { Catalogue } from "../src/generated/contract";
import type { OutboxOp } from "../src/domain/outbox";
import { ZERO } from "../src/domain/sums";
import * as store from "../src/store/device";
import { keepPin, listRows } from "../src/store/list";
import { becomeDevice, filterSlips, keepPlace, keepSettings, slips, syncState } from "../src/store/device";
import { forget, isQuota, withDatabase } from "../src/store/open";
import * as outbox from "../src/store/outbox";
import type { Effects } from "../src/store/outbox";
import { DATABASE, STORES, type ListRow } from "../src/store/schema";
import { wipe } from "../src/store/wipe";

const AUTHOR = "0197a3c0-0000-7000-8000-000000000004";
const DAY = "2026-06-09";

function op(dseq: number, change: Partial<OutboxOp> = {}): OutboxOp {
  const id = `0197a3c0-0000-7000-8000-${String(dseq).padStart(12, "0")}`;
  const base = { op: id, record: id, rev: 1, type: "put", dseq, author: AUTHOR, day: DAY, hdr: "h", ek: "e", ct: "c", state: "waiting", tries: 0 } as const;
  return { ...base, ...change };
}

const SUMS = { ...ZERO, contacts: 1, syringes_out: 10 };

beforeEach(async () => {
  forget();
  await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE).onsuccess = resolve));
  const key = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"])).privateKey;
  const device = { programme: "p", device: "d", author: AUTHOR, tz: "UTC", rootKey: "r", key };
  await becomeDevice({ device, epoch: "e1", catalogue: { version: 1 } as Catalogue, sealing: [] });
});

describe("a phone that is set up anew", () => {
  it("counts from 1 and keeps what it holds, out of the way of the new numbers", async () => {
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    await outbox.saveOp(op(2), { sums: SUMS, times: 1 });
    const key = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"])).privateKey;
    const again = { programme: "p", device: "d2", author: AUTHOR, tz: "UTC", rootKey: "r", key };
    await becomeDevice({ device: again, epoch: "e1", catalogue: { version: 1 } as Catalogue, sealing: [] });
    expect(await outbox.nextDseq()).toBe(1);
    expect((await outbox.waitingOps()).map((one) => [one.dseq, one.state])).toEqual([
      [0, "waiting"],
      [0, "waiting"],
    ]);
    expect((await syncState())?.out).toBe(false);
  });
  it("offers again what the same programme has received, and to another programme nothing", async () => {
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    await outbox.applyChange({ update: (one) => ({ ...one, state: "received", code: "accepted", seq: 3, receivedAt: 1 }) });
    const key = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"])).privateKey;
    const given = { epoch: "e1", catalogue: { version: 1 } as Catalogue, sealing: [] };
    const anew = { programme: "other", device: "d2", author: AUTHOR, tz: "UTC", rootKey: "r", key };
    await becomeDevice({ device: anew, ...given });
    expect(await outbox.countWaiting()).toBe(0);
    await becomeDevice({ device: { ...anew, device: "d3" }, ...given });
    expect(await outbox.countWaiting()).toBe(1);
  });
});

describe("a save", () => {
  it("writes op, counter and sums together", async () => {
    expect(await outbox.nextDseq()).toBe(1);
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    await outbox.saveOp(op(2), { sums: SUMS, times: 1 });
    expect(await outbox.nextDseq()).toBe(3);
    expect((await outbox.waitingOps()).map((one) => one.dseq)).toEqual([1, 2]);
    expect((await outbox.daysOf(AUTHOR, DAY, DAY))[0]?.sums).toMatchObject({ contacts: 2, syringes_out: 20 });
  });
  it("that is rehearsed changes nothing", async () => {
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    const before = await withDatabase(async (db) => [await db.getAll("contract"), await db.getAll("ops"), await db.getAll("days")]);
    await outbox.rehearseSave();
    expect(await withDatabase(async (db) => [await db.getAll("contract"), await db.getAll("ops"), await db.getAll("days")])).toEqual(before);
    expect(await outbox.nextDseq()).toBe(2);
  });
  it("with a number that somebody else took writes nothing", async () => {
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    await expect(outbox.saveOp({ ...op(1), op: op(9).op }, { sums: SUMS, times: 1 })).rejects.toBeInstanceOf(outbox.CounterMoved);
    expect((await outbox.allOps()).length).toBe(1);
    expect((await outbox.daysOf(AUTHOR, DAY, DAY))[0]?.sums.contacts).toBe(1);
  });
  it("done twice after a connection died is done once", async () => {
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    expect(await outbox.nextDseq()).toBe(2);
    expect((await outbox.daysOf(AUTHOR, DAY, DAY))[0]?.sums.contacts).toBe(1);
  });
  it("taken back takes its sums back", async () => {
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    await outbox.saveOp(op(2, { type: "void", record: op(1).record, rev: 2 }), { sums: SUMS, times: -1 });
    expect((await outbox.daysOf(AUTHOR, DAY, DAY))[0]?.sums).toEqual(ZERO);
    expect((await outbox.countedOps(DAY)).length).toBe(2);
  });
});

describe("a statement about a record", () => {
  const removal = (dseq: number): OutboxOp => op(dseq, { type: "void", record: op(1).record, rev: 2 });
  it("that another page was quicker with writes nothing, whatever both took for its revision", async () => {
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    await outbox.saveOp(op(2), { sums: SUMS, times: 1 });
    await outbox.saveOp(removal(3), { sums: SUMS, times: -1 });
    await expect(outbox.saveOp(removal(4), { sums: SUMS, times: -1 })).rejects.toBeInstanceOf(outbox.RecordMoved);
    expect((await outbox.allOps()).length).toBe(3);
    expect(await outbox.nextDseq()).toBe(4);
    expect((await outbox.daysOf(AUTHOR, DAY, DAY))[0]?.sums).toEqual(SUMS);
    await outbox.saveOp(op(4, { record: op(2).record, rev: 2 }), { sums: ZERO, times: 1 });
  });
});

describe("a phone that is cleared", () => {
  const bytes = new Uint8Array(12);
  const since = { local: "2026-06-09T19:40:00", offset_minutes: 120 };
  const place = { site: "market", mode: "pair", setting: "street" } as const;
  const effects: Effects = {
    sums: SUMS,
    times: 1,
    place: { ...place, day: DAY },
    running: { ...place, record: op(1).record, rev: 1, day: DAY, since, with: [], sums: ZERO },
    slips: [{ slip: "AAAAAA", service: "hiv_test", day: DAY }],
    listed: { author: AUTHOR, id: "r", iv: bytes, ct: bytes },
  };
  const kept = (): Promise<unknown[]> => withDatabase(async (db) => [await db.getAllKeys("state"), await db.count("days"), await db.count("list"), await db.getAllKeys("contract")]);
  const nothing = [["sync"], 0, 0, ["counter", "sealing"]];
  it("keeps of what is saved meanwhile the sealed op and its number, and nothing readable", async () => {
    await outbox.saveOp(op(1), effects);
    await wipe();
    expect(await kept()).toEqual(nothing);
    await outbox.saveOp(op(2), effects);
    await keepPlace({ ...place, day: DAY });
    await keepPin(AUTHOR, { salt: bytes, first: bytes, second: bytes });
    expect(await kept()).toEqual(nothing);
    expect((await outbox.waitingOps()).map(({ dseq }) => dseq)).toEqual([1, 2]);
    expect(await outbox.nextDseq()).toBe(3);
  });
  it("forgets what a checked backup has, and keeps what it may be asked for again", async () => {
    for (const n of [1, 2, 3]) await outbox.saveOp(op(n), effects);
    const update = (one: OutboxOp): OutboxOp => (one.dseq === 3 ? one : { ...one, state: "received", seq: one.dseq, receivedAt: 1 });
    await outbox.applyChange({ update, state: (old) => ({ ...old, watermark: 1 }) });
    await wipe();
    expect((await outbox.allOps()).map(({ dseq, state }) => [dseq, state])).toEqual([
      [2, "received"],
      [3, "waiting"],
    ]);
  });
});

describe("open slips", () => {
  const slip = (number: string, day: string): { slip: string; service: string; day: string } => ({ slip: number, service: "hiv_test", day });
  const [old, young] = [slip("AAAAAA", "2026-06-01"), slip("BBBBBB", "2026-06-08")];
  it("are opened, settled, and opened again where they stood when that is taken back", async () => {
    await outbox.saveOp(op(1), { sums: ZERO, times: 1, slips: [old, young] });
    await outbox.saveOp(op(2), { sums: ZERO, times: 1, settled: [old] });
    expect(await slips()).toEqual([young]);
    await outbox.saveOp(op(3, { type: "void", record: op(2).record, rev: 2 }), { sums: ZERO, times: -1, settled: [old] });
    expect(await slips()).toEqual([old, young]);
  });
  it("go with the record that opened them", async () => {
    await outbox.saveOp(op(1), { sums: ZERO, times: 1, slips: [old] });
    await outbox.saveOp(op(2, { type: "void", record: op(1).record, rev: 2 }), { sums: ZERO, times: -1, slips: [old] });
    expect(await slips()).toEqual([]);
  });
  it("are forgotten by a test", async () => {
    await outbox.saveOp(op(1), { sums: ZERO, times: 1, slips: [old, young] });
    await filterSlips(({ day }) => day > old.day);
    expect(await slips()).toEqual([young]);
  });
});

describe("a save in a shift", () => {
  const since = { local: "2026-06-09T19:40:00", offset_minutes: 120 };
  const place = { site: "market", mode: "pair", setting: "street" } as const;
  const row = { ...place, record: op(1).record, rev: 1, day: DAY, since, with: [], sums: ZERO };
  const none = { sums: ZERO, times: 1 } as const;
  const start = (): Promise<void> => outbox.saveOp(op(1), { ...none, running: row, place: { ...place, day: DAY } });
  it("starts it with its place, in the op's transaction", async () => {
    await start();
    expect([await store.shift(), await store.place()]).toEqual([row, { ...place, day: DAY }]);
    await expect(outbox.saveOp({ ...op(1), op: op(9).op }, { ...none, running: null })).rejects.toBeInstanceOf(outbox.CounterMoved);
    expect(await store.shift()).toEqual(row);
  });
  it("adds to its sums, and a removal takes them back", async () => {
    await start();
    await outbox.saveOp(op(2), { sums: SUMS, times: 1, shift: row.record });
    await outbox.saveOp(op(3), { sums: SUMS, times: 1, shift: row.record });
    expect((await store.shift())?.sums).toMatchObject({ contacts: 2, syringes_out: 20 });
    await outbox.saveOp(op(4, { type: "void", record: op(3).record, rev: 2 }), { sums: SUMS, times: -1, shift: row.record });
    expect((await store.shift())?.sums).toMatchObject({ contacts: 1, syringes_out: 10 });
    expect((await outbox.daysOf(AUTHOR, DAY, DAY))[0]?.sums.contacts).toBe(1);
  });
  it("of another shift or none changes none of its sums", async () => {
    await start();
    await outbox.saveOp(op(2), { sums: SUMS, times: 1, shift: op(7).record });
    await outbox.saveOp(op(3), { sums: SUMS, times: 1 });
    expect((await store.shift())?.sums).toEqual(ZERO);
  });
  it("puts its row into the shift's list, and the list goes with the shift", async () => {
    const bytes = new Uint8Array(12);
    const listed = (id: string): { listed: ListRow } => ({ listed: { author: AUTHOR, id, iv: bytes, ct: bytes } });
    await start();
    await outbox.saveOp(op(2), { ...none, ...listed("one") });
    await outbox.saveOp(op(3), { ...none, ...listed("two") });
    await outbox.saveOp(op(4, { type: "void", record: op(3).record, rev: 2 }), { ...none, times: -1, unlisted: "two" });
    expect((await listRows(AUTHOR)).map(({ id }) => id)).toEqual(["one"]);
    await outbox.saveOp(op(5, { record: row.record, rev: 2 }), { ...none, running: null });
    expect(await listRows(AUTHOR)).toEqual([]);
  });
  it("that is taken back after its stop does not bring it back", async () => {
    await start();
    await outbox.saveOp(op(2), { sums: SUMS, times: 1, shift: row.record });
    await outbox.saveOp(op(3, { record: row.record, rev: 2 }), { ...none, running: null });
    expect(await store.shift()).toBeUndefined();
    await outbox.saveOp(op(4, { type: "void", record: op(2).record, rev: 2 }), { sums: SUMS, times: -1, shift: row.record });
    expect(await store.shift()).toBeUndefined();
  });
  it("loses nothing to a change of who is out", async () => {
    await start();
    await Promise.all([
      outbox.saveOp(op(2), { sums: SUMS, times: 1, shift: row.record }),
      store.changeShift((old) => ({ ...old, with: ["sam"] })),
    ]);
    expect(await store.shift()).toMatchObject({ with: ["sam"], sums: SUMS });
  });
  it("is the shift of its worker alone: another worker on this phone begins without it", async () => {
    await start();
    const key = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"])).privateKey;
    const again = { programme: "p", device: "d2", author: AUTHOR, tz: "UTC", rootKey: "r", key };
    const given = { epoch: "e1", catalogue: { version: 1 } as Catalogue, sealing: [] };
    await becomeDevice({ ...given, device: again });
    expect(await store.shift()).toEqual(row);
    await becomeDevice({ ...given, device: { ...again, author: op(8).op } });
    expect(await store.shift()).toBeUndefined();
  });
  it("leaves nothing of those who used the phone before it was set up anew", async () => {
    const bytes = new Uint8Array(12);
    const other = op(8).op;
    for (const author of [AUTHOR, other]) {
      await keepPin(author, { salt: bytes, first: bytes, second: bytes });
      await withDatabase((db) => db.put("list", { author, id: "r", iv: bytes, ct: bytes }));
      await withDatabase((db) => db.put("days", { author, day: DAY, sums: SUMS }));
    }
    const device = { programme: "p", device: "d2", author: AUTHOR, tz: "UTC", rootKey: "r", key: {} as CryptoKey };
    await becomeDevice({ device, epoch: "e1", catalogue: { version: 1 } as Catalogue, sealing: [] });
    expect([await listRows(AUTHOR), await listRows(other)]).toEqual([[], []]);
    expect(await withDatabase((db) => db.getAllKeys("state"))).toEqual(["sync"]);
    expect(await withDatabase((db) => db.getAllKeys("days"))).toEqual([[AUTHOR, DAY]]);
  });
});

describe("a dead connection", () => {
  it("is opened again and the work done once more", async () => {
    let tries = 0;
    const work = (): Promise<number> => {
      tries += 1;
      return tries === 1 ? Promise.reject(new DOMException("closed", "InvalidStateError")) : Promise.resolve(7);
    };
    expect(await withDatabase(work)).toBe(7);
    expect(tries).toBe(2);
  });
  it("that stays dead is an error, and a full phone is told apart", async () => {
    const dead = (): Promise<never> => Promise.reject(new DOMException("gone", "TimeoutError"));
    await expect(withDatabase(dead)).rejects.toThrow("gone");
    const full = new DOMException("full", "QuotaExceededError");
    await expect(withDatabase(() => Promise.reject(full))).rejects.toBe(full);
    expect([isQuota(full), isQuota(new Error("x"))]).toEqual([true, false]);
  });
});

describe("an answer", () => {
  it("changes ops and state together, on what is stored now", async () => {
    for (const n of [1, 2, 3]) await outbox.saveOp(op(n), { sums: SUMS, times: 1 });
    await outbox.applyChange({
      only: [op(1).op, op(2).op],
      update: (one) => (one.dseq === 1 ? "forget" : { ...one, state: "received" }),
      state: (old) => ({ ...old, seen: "s1" }),
    });
    expect((await outbox.allOps()).map((one) => [one.dseq, one.state])).toEqual([
      [2, "received"],
      [3, "waiting"],
    ]);
    expect((await syncState())?.seen).toBe("s1");
    expect(await outbox.countWaiting()).toBe(1);
  });
  it("lets a day follow the server only where its ops allow", async () => {
    await outbox.saveOp(op(1), { sums: SUMS, times: 1 });
    const row = { author: AUTHOR, day: DAY, sums: { ...ZERO, contacts: 5 } };
    await outbox.followDays([row], (_row, ops) => ops.every((one) => one.state === "received"));
    expect((await outbox.daysOf(AUTHOR, DAY, DAY))[0]?.sums.contacts).toBe(1);
    await outbox.applyChange({ update: (one) => ({ ...one, state: "received" }) });
    await outbox.followDays([row], (_row, ops) => ops.every((one) => one.state === "received"));
    expect((await outbox.daysOf(AUTHOR, DAY, DAY))[0]?.sums.contacts).toBe(5);
  });
});

describe("days", () => {
  it("are forgotten after a week, whoever's they are", async () => {
    for (const [author, day] of [[AUTHOR, "2026-06-01"], [AUTHOR, DAY], [op(8).op, "2026-06-01"]] as const) await withDatabase((db) => db.put("days", { author, day, sums: SUMS }));
    await outbox.forgetDays("2026-06-03");
    expect(await withDatabase((db) => db.getAllKeys("days"))).toEqual([[AUTHOR, DAY]]);
  });
});

describe("what is kept", () => {
  it("has only the stores and keys of the allow-list", async () => {
    const bytes = new Uint8Array(12);
    await outbox.saveOp(op(1), { sums: SUMS, times: 1, listed: { author: AUTHOR, id: "r", iv: bytes, ct: bytes } });
    await keepPlace({ site: "market", mode: "pair", setting: "street", day: DAY });
    await keepPin(AUTHOR, { salt: bytes, first: bytes, second: bytes });
    await keepSettings({ theme: "auto", hand: "left", lang: "en" });
    forget();
    const db = await openDB(DATABASE);
    expect([...db.objectStoreNames].sort()).toEqual(Object.keys(STORES).sort());
    for (const [name, { keys }] of Object.entries(STORES)) {
      const stored = (await db.getAllKeys(name)).map((key) => (key === `pin:${AUTHOR}` ? "pin:worker" : key));
      if (Array.isArray(keys)) expect(keys).toEqual(expect.arrayContaining(stored));
      else expect(stored.length).toBe(1);
    }
    db.close();
  });
});
