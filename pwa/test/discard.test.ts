// Deleting what waits: what goes with it, what stays, and what nobody can tell any more.
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import type { Catalogue } from "../src/generated/contract";
import { partingOf } from "../src/domain/discard";
import type { Traces } from "../src/domain/listed";
import type { OutboxOp } from "../src/domain/outbox";
import { addSums, ZERO } from "../src/domain/sums";
import * as store from "../src/store/device";
import { discardOps, type Row } from "../src/store/discard";
import { listRows } from "../src/store/list";
import { forget, withDatabase } from "../src/store/open";
import * as outbox from "../src/store/outbox";
import { DATABASE, type ListRow } from "../src/store/schema";

const [AUTHOR, OTHER] = ["0197a3c0-0000-7000-8000-00000000000a", "0197a3c0-0000-7000-8000-00000000000b"];
const DAY = "2026-06-09";
const SUMS = { ...ZERO, contacts: 1, syringes_out: 10 };
const SLIP = { slip: "AAAAAA", service: "hiv_test", day: DAY };

function op(dseq: number, change: Partial<OutboxOp> = {}): OutboxOp {
  const id = `0197a3c0-0000-7000-8000-${String(dseq).padStart(12, "0")}`;
  return { op: id, record: id, rev: 1, type: "put", dseq, author: AUTHOR, day: DAY, hdr: "h", ek: "e", ct: "c", state: "waiting", tries: 0, ...change };
}

const id = (dseq: number): string => op(dseq).op;
const traces = (change: Partial<Traces> = {}): Traces => ({ sums: SUMS, moves: [], slips: [], settled: [], ...change });

describe("what goes with deleted ops", () => {
  const all = (...ops: OutboxOp[]): [OutboxOp[], Set<string>] => [ops, new Set(ops.map((one) => one.op))];
  it("is what the list tells of records that only this phone has", () => {
    const known = new Map([[id(1), traces()]]);
    expect(partingOf(...all(op(1)), known, undefined)).toEqual({ gone: [{ day: DAY, traces: traces() }], unsure: new Set() });
    expect(partingOf(...all(op(1), op(2, { record: id(1), rev: 2 })), known, undefined).gone.length).toBe(1);
  });
  it("is nothing of what was taken back, nor of the shift", () => {
    const parting = { gone: [], unsure: new Set() };
    expect(partingOf(...all(op(1), op(2, { type: "void", record: id(1), rev: 2 })), new Map(), undefined)).toEqual(parting);
    expect(partingOf(...all(op(3, { record: "planned", rev: 2 })), new Map(), "planned")).toEqual(parting);
  });
  it("is unsure without the list, and where the server has a part of the record", () => {
    expect(partingOf(...all(op(1)), new Map(), undefined).unsure).toEqual(new Set([DAY]));
    const received = op(1, { state: "received" });
    const change = op(2, { record: id(1), rev: 2 });
    expect(partingOf([received, change], new Set([change.op]), new Map([[id(1), traces()]]), undefined).unsure).toEqual(new Set([DAY]));
    // The first op was received so long ago that the phone no longer holds it.
    expect(partingOf([change], new Set([change.op]), new Map([[id(1), traces()]]), undefined).unsure).toEqual(new Set([DAY]));
  });
});

const bytes = new Uint8Array(12);
const listed = (row: string): ListRow => ({ author: AUTHOR, id: row, iv: bytes, ct: bytes });
const shift = { site: "market", mode: "pair", setting: "street", record: id(1), rev: 1, day: DAY, since: { local: `${DAY}T19:40:00`, offset_minutes: 0 }, with: [], sums: ZERO } as const;
const inShift = { sums: SUMS, times: 1, shift: shift.record } as const;
const known = (dseq: number, change: Partial<Row> = {}): [string, Row] => [id(dseq), { ...traces({ shift: shift.record }), row: `row${dseq}`, ...change }];
const daySums = async (): Promise<unknown> => (await outbox.daysOf(AUTHOR, DAY, DAY))[0]?.sums;

describe("deleting", () => {
  beforeEach(async () => {
    forget();
    await new Promise((resolve) => (indexedDB.deleteDatabase(DATABASE).onsuccess = resolve));
    const device = { programme: "p", device: "d", author: AUTHOR, tz: "UTC", rootKey: "r", key: {} as CryptoKey };
    await store.becomeDevice({ device, epoch: "e1", catalogue: { version: 1 } as Catalogue, sealing: [] });
    await outbox.saveOp(op(1), { sums: ZERO, times: 1, running: { ...shift, with: [] } });
    await outbox.saveOp(op(2), { ...inShift, listed: listed("row2") });
    await outbox.applyChange({ update: (one) => ({ ...one, state: "received", seq: 1, receivedAt: 1 }) });
    await outbox.saveOp(op(3), { ...inShift, listed: listed("row3"), slips: [SLIP] });
    await outbox.saveOp(op(4), { ...inShift, listed: listed("row4") });
    expect([await daySums(), (await store.shift())?.sums]).toEqual([addSums(SUMS, SUMS, 2), addSums(SUMS, SUMS, 2)]);
  });

  it("takes sums, slips and rows with it, where the list tells them", async () => {
    await discardOps(AUTHOR, [id(3), id(4)], new Map([known(2), known(3, { slips: [SLIP] }), known(4)]));
    expect((await outbox.allOps()).map(({ dseq }) => dseq)).toEqual([1, 2]);
    expect([await daySums(), (await store.shift())?.sums]).toEqual([SUMS, SUMS]);
    expect([await store.slips(), (await listRows(AUTHOR)).map((row) => row.id)]).toEqual([[], ["row2"]]);
  });
  it("begins the day's and the shift's sums anew where nobody can tell, and drops a list that nobody can open", async () => {
    await discardOps(AUTHOR, [id(3), id(4)], undefined);
    expect([await daySums(), (await store.shift())?.sums]).toEqual([undefined, ZERO]);
    expect(await listRows(AUTHOR)).toEqual([]);
  });
  it("leaves what was received or saved since it was asked for", async () => {
    await outbox.applyChange({ only: [id(3)], update: (one) => ({ ...one, state: "received", seq: 2, receivedAt: 1 }) });
    await outbox.saveOp(op(5), { ...inShift, listed: listed("row5") });
    await discardOps(AUTHOR, [id(3), id(4)], new Map([known(2), known(3), known(4), known(5)]));
    expect((await outbox.allOps()).map(({ dseq }) => dseq)).toEqual([1, 2, 3, 5]);
    expect(await daySums()).toEqual(addSums(SUMS, SUMS, 2));
    expect((await listRows(AUTHOR)).map((row) => row.id)).toEqual(["row2", "row3", "row5"]);
  });
  it("never takes what another worker of the phone recorded, and does nothing out of turn", async () => {
    await withDatabase((db) => db.put("ops", op(9, { author: OTHER })));
    await discardOps(AUTHOR, [id(3), id(9)], new Map([known(3)]));
    expect((await outbox.waitingOps()).map(({ dseq }) => dseq)).toEqual([4, 9]);
    await discardOps(OTHER, [id(9)], undefined);
    expect((await outbox.waitingOps()).map(({ dseq }) => dseq)).toEqual([4, 9]);
  });
});
