// PINs: which are refused, what a slot gives away, and what stays of a list when the app locks.
import "fake-indexeddb/auto";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { isObvious, isPin, KEY_BYTES, SLOT_BYTES, type PinRow } from "../src/domain/pin";
import * as list from "../src/store/list";
import { forget, withDatabase } from "../src/store/open";
import { DATABASE } from "../src/store/schema";
import { derive, unwrap, wrap } from "../src/sync/pin";

const OBVIOUS = [
  "000000", "123456", "654321", "890123", "246802", "121212", "123123", "123321", "112233", "118822", "202620", "20262026", "202611",
  "150688", "061588", "880615", "15061988", "19880615", "06151988", "19852024", "147258", "852741", "159753", "111222333444", "1234567890",
];
const FINE = ["704918", "385027", "9150467", "70491836", "604839271547"];

describe("a PIN", () => {
  it("has 6 to 12 digits and nothing else", () => {
    expect(["704918", "704918363847"].every(isPin)).toBe(true);
    expect(["70491", "7049183638471", "70491a", "", "７０４９１８"].some(isPin)).toBe(false);
  });
  it.each(OBVIOUS)("such as %s is too easily guessed", (digits) => expect(isObvious(digits)).toBe(true));
  it.each(FINE)("such as %s is taken", (digits) => expect(isObvious(digits)).toBe(false));
  it("chosen at random is seldom refused", () => {
    // Dates are the larger part: of a million PINs of six digits about 11 in 100 read as one.
    const random = fc.sample(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }), { numRuns: 3_000, seed: 7 });
    const refused = random.filter((digits) => isObvious(digits.join(""))).length;
    expect(refused / random.length).toBeLessThan(0.2);
  });
});

const bytes = (length: number, fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).fill(fill);

describe("a slot", () => {
  const [raw, half, share] = [bytes(KEY_BYTES, 1), bytes(KEY_BYTES, 2), bytes(KEY_BYTES, 3)];
  it("opens with its half, its share and its worker, and with nothing less", async () => {
    const slot = await wrap(raw, half, share, "a");
    expect(slot.length).toBe(SLOT_BYTES);
    expect(await unwrap(slot, half, share, "a")).toEqual(raw);
    expect(await unwrap(slot, bytes(KEY_BYTES, 9), share, "a")).toBeUndefined();
    expect(await unwrap(slot, half, bytes(KEY_BYTES, 9), "a")).toBeUndefined();
    expect(await unwrap(slot, half, share, "b")).toBeUndefined();
    expect(await unwrap(bytes(SLOT_BYTES, 5), half, share, "a")).toBeUndefined();
  });
  it("is never the same twice", async () => {
    expect(await wrap(raw, half, share, "a")).not.toEqual(await wrap(raw, half, share, "a"));
  });
});

describe("what is derived", () => {
  it("is the same for the same PIN and salt, and another for any other", async () => {
    const one = await derive("704918", bytes(16, 1));
    expect(await derive("704918", bytes(16, 1))).toEqual(one);
    const others = [await derive("704919", bytes(16, 1)), await derive("704918", bytes(16, 2))];
    for (const other of others) {
      expect(other.proof).not.toBe(one.proof);
      expect(other.half).not.toEqual(one.half);
    }
    expect(one.proof).toMatch(/^[\w-]{43}$/u);
  });
});

const [A, B] = ["0197a3c0-0000-7000-8000-000000000004", "0197a3c0-0000-7000-8000-000000000005"];

describe("what is kept of a PIN", () => {
  const row: PinRow = { salt: bytes(16, 1), first: bytes(SLOT_BYTES, 1), second: bytes(SLOT_BYTES, 2) };
  beforeEach(async () => {
    forget();
    await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE).onsuccess = resolve));
    for (const author of [A, B]) {
      await list.keepPin(author, row);
      const listed = { author, id: author, iv: bytes(12, 1), ct: bytes(272, 1) };
      await withDatabase((db) => db.put("list", listed));
    }
  });
  it("is destroyed with the rows, for one worker and not for another", async () => {
    await list.destroyList(A);
    expect([await list.pin(A), (await list.listRows(A)).length]).toEqual([undefined, 0]);
    expect([await list.pin(B), (await list.listRows(B)).length]).toEqual([row, 1]);
  });
  it("can be replaced by what looks alike", async () => {
    const instead = { ...row, first: bytes(SLOT_BYTES, 8) };
    await list.destroyList(A, instead);
    expect([await list.pin(A), (await list.listRows(A)).length]).toEqual([instead, 0]);
  });
});

describe("the database", () => {
  it("of an older app gets the list and keeps what it holds; a page older than the database goes on with it", async () => {
    forget();
    await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE).onsuccess = resolve));
    await new Promise<void>((resolve) => {
      const old = indexedDB.open(DATABASE, 1);
      old.onupgradeneeded = () => {
        for (const name of ["self", "contract", "state"]) old.result.createObjectStore(name);
        old.result.createObjectStore("days", { keyPath: ["author", "day"] });
        const ops = old.result.createObjectStore("ops", { keyPath: "op" });
        for (const index of ["state", "day", "dseq"]) ops.createIndex(index, index);
        old.transaction?.objectStore("state").put({ theme: "sun" }, "settings");
      };
      old.onsuccess = () => {
        old.result.close();
        resolve();
      };
    });
    expect(await withDatabase(async (db) => [db.version, await db.get("state", "settings")])).toEqual([2, { theme: "sun" }]);
    expect(await list.listRows(A)).toEqual([]);
    forget();
    await new Promise<void>((resolve) => {
      const newer = indexedDB.open(DATABASE, 7);
      newer.onupgradeneeded = () => newer.result.createObjectStore("more");
      newer.onsuccess = () => {
        newer.result.close();
        resolve();
      };
    });
    expect(await withDatabase(async (db) => [db.version, await db.get("state", "settings")])).toEqual([7, { theme: "sun" }]);
  });
});
