// Copies as files: what is written is read again byte for byte, anything else is refused, and records are counted by the worst of their ops.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64url } from "../src/domain/base64url";
import { utf8 } from "../src/domain/bytes";
import { countFates, readCopy, writeCopy, type CopyBatch, type SignedBatch } from "../src/domain/copy";
import type { OpCode } from "../src/generated/contract";

const ID = "00000000-0000-7000-8000-000000000001";

function sealed(op: string, record: string): object {
  return { hdr: toBase64url(utf8(JSON.stringify({ op, record }))), ek: "e", ct: "c" };
}

function signed(batch: string, ops: readonly (readonly [string, string])[]): SignedBatch {
  const bytes = utf8(JSON.stringify({ batch, ops: ops.map(([op, record]) => sealed(op, record)), words: "Ö" }));
  return { device: `${ID}.${ID}`, signature: "s".repeat(86), bytes };
}

const pairs = fc.array(fc.tuple(fc.uuid(), fc.uuid()), { maxLength: 5 });

describe("a copy", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uuid(), pairs), { minLength: 1, maxLength: 4 }), (all) => {
        const batches = all.map(([id, ops]) => signed(id, ops));
        const copy = readCopy(writeCopy(batches));
        expect(copy?.damaged).toBe(0);
        expect(copy?.batches.map(({ device, signature, bytes }) => ({ device, signature, bytes }))).toEqual(batches);
        expect(copy?.batches.map(({ batch, ops }) => [batch, ops.map(({ op, record }) => [op, record])])).toEqual(all);
      }),
    );
  });

  const text = writeCopy([signed("b", [["o", "r"]])]);
  const changed = (change: object): string => JSON.stringify({ ...(JSON.parse(text) as object), ...change });
  const [first] = (JSON.parse(text) as { batches: object[] }).batches;
  it.each([
    ["nothing", ""],
    ["half of one", text.slice(0, -9)],
    ["another file", "{}"],
    ["a list", "[]"],
    ["another format", changed({ format: "rounds-copy/2" })],
    ["no batches", changed({ batches: [] })],
    ["batches of something else", changed({ batches: [7, null, {}] })],
    ["a signature that is none", changed({ batches: [{ ...first, signature: "x" }] })],
    ["a device that would be a header of its own", changed({ batches: [{ ...first, device: `${ID}.${ID}\nx: y` }] })],
    ["a body that is no push", changed({ batches: [{ ...first, body: toBase64url(utf8("{}")) }] })],
    ["a body that is no base64url", changed({ batches: [{ ...first, body: "*" }] })],
  ])("is not %s", (_name, other) => expect(readCopy(other)).toBeUndefined());

  it("with a damaged batch gives the whole ones, and says so", () => {
    const copy = readCopy(changed({ batches: [{ ...first, body: "AA" }, first] }));
    expect([copy?.batches.length, copy?.damaged]).toEqual([1, 1]);
  });
});

describe("counting what became of a copy", () => {
  const batch = (ops: CopyBatch["ops"]): CopyBatch => ({ ...signed("b", []), batch: "b", ops });

  it.each<[OpCode, string]>([
    ["accepted", "received"],
    ["superseded", "received"],
    ["duplicate", "already"],
    ["quarantined", "supervisor"],
    ["rejected", "refused"],
    ["retry", "undelivered"],
  ])("%s is %s", (code, fate) => {
    const none = { already: 0, received: 0, supervisor: 0, refused: 0, undelivered: 0 };
    expect(countFates([[batch([{ op: "o", record: "r" }]), [code]]])).toEqual({ ...none, [fate]: 1 });
  });

  it("a record is as far as the last of its ops, over all batches, and without an answer it is not delivered", () => {
    const two = batch([
      { op: "1", record: "a" },
      { op: "2", record: "b" },
    ]);
    const fates = countFates([
      [two, ["duplicate", "accepted"]],
      [batch([{ op: "3", record: "a" }]), undefined],
    ]);
    expect(fates).toEqual({ already: 0, received: 1, supervisor: 0, refused: 0, undelivered: 1 });
  });
});
