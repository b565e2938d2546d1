// The outbox under random answers: nothing is received without an own result of a genuine answer, nothing is forgotten early,
// and with working round trips the queue shrinks.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OpCode, PushResponse } from "../src/generated/contract";
import * as outbox from "../src/domain/outbox";
import type { OutboxOp } from "../src/domain/outbox";

const TODAY = "2026-06-09";

function op(dseq: number, change: Partial<OutboxOp> = {}): OutboxOp {
  const id = `00000000-0000-7000-8000-${String(dseq).padStart(12, "0")}`;
  const base = { op: id, record: id, rev: 1, type: "put", dseq, author: "a", day: TODAY, hdr: "h", ek: "e", ct: "c", state: "waiting", tries: 0 } as const;
  return { ...base, ...change };
}

function reply(batch: string, results: unknown[], change: Partial<PushResponse> = {}): outbox.RawAnswer {
  const body = { proto: 1, batch, epoch: "e", seen: "s", server_time: "2026-06-09T20:00:00.000Z", results, backup_watermark: 0, missing: [], ...change };
  return { status: 200, contentType: "application/json", sync: "1", body };
}

const CODES: OpCode[] = ["accepted", "duplicate", "superseded", "quarantined", "rejected", "retry"];
const code = fc.constantFrom(...CODES);

describe("a genuine answer", () => {
  const ops = [op(1), op(2)];
  const results = ops.map((one) => ({ op: one.op, code: "accepted", seq: one.dseq }));
  it("is taken", () => expect(outbox.genuine(reply("b", results), "b", ops)).toBeDefined());
  it.each([
    ["a captive portal's page", { ...reply("b", results), contentType: "text/html", body: undefined }],
    ["another status", { ...reply("b", results), status: 203 }],
    ["no sync header", { ...reply("b", results), sync: "" }],
    ["half a body", { ...reply("b", results), body: undefined }],
    ["another batch", reply("other", results)],
    ["one result too few", reply("b", results.slice(1))],
    ["one result too many", reply("b", [...results, results[0]])],
    ["results in another order", reply("b", [...results].reverse())],
    ["an unknown code", reply("b", results.map((one) => ({ ...one, code: "stored" })))],
    ["an answer of something else", { ...reply("b", results), body: { ok: true } }],
    ["no epoch", reply("b", results, { epoch: undefined as never })],
  ])("is not %s", (_name, answer) => expect(outbox.genuine(answer, "b", ops)).toBeUndefined());
  it("may have no id for what could not be read, but only to reject it", () => {
    const [first] = results;
    expect(outbox.genuine(reply("b", [first, { op: null, code: "rejected" }]), "b", ops)).toBeDefined();
    expect(outbox.genuine(reply("b", [first, { op: null, code: "accepted" }]), "b", ops)).toBeUndefined();
  });
});

describe("a batch", () => {
  it("holds what waits, in order, those that the server took badly last, within size and bytes", () => {
    const sizes = fc.record({ size: fc.integer({ min: 1, max: 200 }), ops: fc.array(fc.record({ tries: fc.nat(3), bytes: fc.integer({ min: 1, max: 22_000 }), received: fc.boolean() }), { maxLength: 60 }) });
    fc.assert(
      fc.property(sizes, ({ size, ops }) => {
        const held = ops.map(({ tries, bytes, received }, n) => op(n + 1, { tries, ct: "x".repeat(bytes), state: received ? "received" : "waiting" }));
        const batch = outbox.nextBatch(held, size);
        const waiting = held.filter((one) => one.state === "waiting");
        expect(batch.length > 0).toBe(waiting.length > 0);
        expect(batch.length).toBeLessThanOrEqual(size);
        expect(batch.every((one) => one.state === "waiting")).toBe(true);
        const body = JSON.stringify(batch.map(({ hdr, ek, ct }) => ({ hdr, ek, ct })));
        expect(body.length + 1_024).toBeLessThanOrEqual(512 * 1_024);
        const rank = (one: OutboxOp): number => one.tries * 1_000 + one.dseq;
        expect(batch.map(rank)).toEqual([...batch.map(rank)].sort((a, b) => a - b));
      }),
    );
  });
  it("grows to 200 and shrinks to 1", () => {
    expect([25, 50, 100, 200].map(outbox.grow)).toEqual([50, 100, 200, 200]);
    expect([25, 12, 3, 1].map(outbox.shrink)).toEqual([12, 6, 1, 1]);
  });
});

describe("waiting between tries", () => {
  it("is jittered between nothing and 2 s doubling to 15 min", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, random) => {
        const delay = outbox.backoff(attempt, random);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThan(Math.min(900_000, 2_000 * 2 ** attempt) + 1);
      }),
    );
    expect(outbox.backoff(0, 0.5)).toBe(1_000);
    expect(outbox.backoff(30, 0.999_999)).toBeGreaterThan(890_000);
  });
});

describe("an answer that asks to wait", () => {
  it("is heard up to an hour", () => {
    expect(["", "0", "30", "3600"].map(outbox.waitAsked)).toEqual([0, 0, 30_000, 3_600_000]);
    expect(["2592000", "1e30", "Infinity"].map(outbox.waitAsked)).toEqual([3_600_000, 3_600_000, 3_600_000]);
    expect(["-5", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"].map(outbox.waitAsked)).toEqual([0, 0, 0]);
  });
});

describe("the queue", () => {
  /** One round against a server that says `codes`, or nothing genuine at all. */
  function round(held: readonly OutboxOp[], size: number, codes: readonly OpCode[], works: boolean): OutboxOp[] {
    const batch = outbox.nextBatch(held, size);
    const results = batch.map((one, n) => ({ op: one.op, code: codes[n % codes.length]!, seq: one.dseq }));
    const answer = outbox.genuine({ ...reply("b", results), sync: works ? "1" : "" }, "b", batch);
    if (answer === undefined) return [...held];
    const fate = new Map(batch.map((one, n) => [one.op, answer.results[n]!]));
    return held.map((one) => (fate.has(one.op) ? outbox.applyResult(one, fate.get(one.op)!, 1) : one));
  }
  const rounds = fc.array(fc.record({ size: fc.integer({ min: 1, max: 200 }), codes: fc.array(code, { minLength: 1, maxLength: 5 }), works: fc.boolean() }), { maxLength: 30 });

  it("loses nothing and believes nothing else", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), rounds, (n, history) => {
        let held = Array.from({ length: n }, (_, at) => op(at + 1));
        for (const { size, codes, works } of history) {
          const after = round(held, size, codes, works);
          expect(after.map((one) => one.op)).toEqual(held.map((one) => one.op));
          for (const [at, one] of after.entries()) {
            const before = held[at]!;
            if (!works) expect(one).toEqual(before);
            if (before.state === "received") expect(one).toEqual(before);
            if (one.state === "received" && before.state === "waiting") expect(codes.filter((c) => c !== "retry" && c !== "rejected")).toContain(one.code);
          }
          held = after;
        }
      }),
    );
  });
  it("shrinks with working round trips, past ops that the server takes back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (n, stuck) => {
        let held = Array.from({ length: n }, (_, at) => op(at + 1));
        for (let rounds = 0; rounds < n + 60 && held.some((one) => one.state === "waiting" && !stuck.includes(one.dseq)); rounds += 1) {
          const batch = outbox.nextBatch(held, 7);
          const fate = new Map(batch.map((one) => [one.op, { op: one.op, code: stuck.includes(one.dseq) ? "retry" : "accepted" } as const]));
          held = held.map((one) => (fate.has(one.op) ? outbox.applyResult(one, fate.get(one.op)!, 1) : one));
        }
        expect(held.filter((one) => one.state === "waiting").every((one) => stuck.includes(one.dseq))).toBe(true);
      }),
    );
  });
  it("offers everything again under a new epoch", () => {
    fc.assert(
      fc.property(fc.array(code, { maxLength: 20 }), (codes) => {
        const held = codes.map((one, n) => outbox.applyResult(op(n + 1), { op: null, code: one, seq: n }, 1)).map(outbox.reoffer);
        expect(held.every((one) => one.state === "waiting" && one.seq === undefined && one.receivedAt === undefined)).toBe(true);
      }),
    );
  });
  it("offers a received op again when the server lacks it: at once, and then once a day", () => {
    const received = outbox.applyResult(op(41), { op: null, code: "accepted", seq: 9 }, 1);
    const again = outbox.reofferMissing(received, [[40, 41]], new Set(), 2);
    expect(again.state).toBe("waiting");
    const twice = outbox.applyResult(again, { op: null, code: "duplicate", seq: 9 }, 2);
    expect(outbox.reofferMissing(twice, [[41, 41]], new Set(), 3).state).toBe("received");
    expect(outbox.reofferMissing(twice, [[41, 41]], new Set(), 86_400_000).state).toBe("waiting");
    expect(outbox.reofferMissing(received, [[41, 41]], new Set([41]), 2).state).toBe("received");
    expect(received.receivedAt).toBe(0);
    expect(outbox.reofferMissing(received, [[1, 40], [42, 50]], new Set(), 2)).toBe(received);
  });
  it("hears which command to offer everything again is the latest, and nothing else in its place", () => {
    expect(outbox.reofferAsked(["reoffer:2", "reoffer:7"])).toBe(7);
    expect([undefined, null, [], ["wipe"], ["reoffer:"], ["reoffer:1x"], ["reoffer:-1"]].map(outbox.reofferAsked)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});

describe("forgetting", () => {
  const day = 86_400_000;
  const old = { ...op(1, { day: "2026-06-01" }), state: "received", seq: 10, receivedAt: 0 } as const;
  it("waits for the watermark, or for 30 days", () => {
    expect(outbox.mayForget(old, 9, TODAY, 30 * day)).toBe(false);
    expect(outbox.mayForget(old, 10, TODAY, 2 * day)).toBe(true);
    expect(outbox.mayForget(old, 0, TODAY, 30 * day + 1)).toBe(true);
  });
  it("leaves what the shift's list may ask for, though a backup has it", () => {
    expect(outbox.mayForget(old, 10, TODAY, 2 * day - 1)).toBe(false);
  });
  it("never takes what has no receipt, nor what today counts", () => {
    const { receivedAt: _at, ...none } = old;
    expect(outbox.mayForget(none, 99, TODAY, 99 * day)).toBe(false);
    expect(outbox.mayForget({ ...old, state: "waiting" }, 99, TODAY, 99 * day)).toBe(false);
    expect(outbox.mayForget({ ...old, state: "rejected" }, 99, TODAY, 99 * day)).toBe(false);
    expect(outbox.mayForget({ ...old, day: TODAY }, 99, TODAY, 99 * day)).toBe(false);
  });
});

describe("what the home screen says", () => {
  const received = { state: "received", code: "accepted" } as const;
  it("counts today's records that are not undone, and older ones that wait", () => {
    const ops = [
      op(1, received),
      op(2, received),
      op(3),
      op(4, { day: "2026-06-01" }),
      op(5, { day: "2026-06-01", ...received }),
      op(6, received),
      { ...op(7), type: "void", record: op(6).record, rev: 2 } as const,
    ];
    expect(outbox.queueOf(ops, TODAY, "a")).toEqual({ total: 4, received: 2, waiting: 2, removals: 1, others: 0, quarantined: 0, rejected: 0 });
  });
  it("counts a record that was changed once, as received when all of it is", () => {
    const start = op(1, { record: "s", state: "received" });
    expect(outbox.queueOf([start, op(2, { record: "s", rev: 2 })], TODAY, "a")).toMatchObject({ total: 1, received: 0, waiting: 1 });
    expect(outbox.queueOf([start, op(2, { record: "s", rev: 2, state: "received" })], TODAY, "a")).toMatchObject({ total: 1, received: 1, waiting: 0 });
  });
  it("names what needs attention", () => {
    const ops = [op(1, { state: "received", code: "quarantined" }), op(2, { state: "rejected", code: "rejected" })];
    expect(outbox.queueOf(ops, TODAY, "a")).toMatchObject({ total: 2, received: 1, waiting: 0, quarantined: 1, rejected: 1 });
  });
  it("counts as lost only what neither side has", () => expect(outbox.lost([[3, 5], [9, 9]], [4, 9])).toBe(2));
  it("lets a day follow the server only when every op of it is within the cursor", () => {
    const seen = op(1, { ...received, seq: 5, receivedAt: 1 });
    expect(outbox.mayFollow([seen], "a", TODAY, 5, 9)).toBe(true);
    expect(outbox.mayFollow([seen], "a", TODAY, 4, 9)).toBe(false);
    expect(outbox.mayFollow([seen, op(2)], "a", TODAY, 9, 9)).toBe(false);
    expect(outbox.mayFollow([seen, op(2, { author: "b" })], "a", TODAY, 9, 9)).toBe(true);
    expect(outbox.mayFollow([op(3, { state: "rejected" })], "a", TODAY, 9, 9)).toBe(false);
  });
});

describe("a result", () => {
  it("of a duplicate keeps what was said before", () => {
    const quarantined = outbox.applyResult(op(1), { op: null, code: "quarantined", seq: 1, reason: "too_short" }, 1);
    expect(outbox.applyResult(outbox.reoffer(quarantined), { op: null, code: "duplicate", seq: 1 }, 2).code).toBe("quarantined");
    expect(outbox.applyResult(op(1), { op: null, code: "duplicate", seq: 1 }, 2).code).toBe("duplicate");
  });
  it("may change later, as when a supervisor corrected the record", () => {
    const one = outbox.applyResult(op(1), { op: null, code: "accepted", seq: 1 }, 1);
    expect(outbox.applyFate(one, { op: one.op, code: "superseded", by_supervisor: true })).toMatchObject({ code: "superseded", bySupervisor: true, state: "received" });
    expect(outbox.applyFate(op(2), { op: op(2).op, code: "accepted" }).state).toBe("waiting");
  });
});

describe("who is out", () => {
  type Results = Parameters<typeof outbox.outBy>[0];
  const answers = (...codes: [string, string?][]) => codes.map(([code, reason]) => ({ op: "o", code, reason })) as unknown as Results;
  it("is told by what became of the ops", () => {
    expect(outbox.outBy(answers(["quarantined", "device_revoked"]), ["a"], {})).toEqual({ out: true, ended: [] });
    expect(outbox.outBy(answers(["accepted"], ["quarantined", "invalid"]), ["a", "a"], { out: true, ended: ["a"] })).toEqual({ out: false, ended: [] });
    expect(outbox.outBy(answers(["duplicate"], ["retry"]), ["a", "a"], { out: true, ended: ["a"] })).toEqual({ out: true, ended: ["a"] });
  });
  it("is a worker who left, and not the others of the phone", () => {
    expect(outbox.outBy(answers(["accepted"], ["quarantined", "author_ended"]), ["a", "b"], {})).toEqual({ out: false, ended: ["b"] });
    expect(outbox.outBy(answers(["accepted"]), ["a"], { ended: ["b"] })).toEqual({ out: false, ended: ["b"] });
  });
});
