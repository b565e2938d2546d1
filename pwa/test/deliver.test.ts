// Copies over a slow network: batches small enough to come through, and a timeout that is said as such.
import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Catalogue } from "../src/generated/contract";
import { writeCopy } from "../src/domain/copy";
import type { OutboxOp } from "../src/domain/outbox";
import { ZERO } from "../src/domain/sums";
import { becomeDevice, device } from "../src/store/device";
import { allOps, saveOp } from "../src/store/outbox";
import { signedCopy } from "../src/sync/copy";
import { deliverFile } from "../src/sync/deliver";

const asked = vi.hoisted(() => ({ times: 0, answer: { kind: "timeout" } }));
vi.mock("../src/sync/api", async (original) => ({
  ...(await original<object>()),
  sendSigned: (): Promise<unknown> => {
    asked.times += 1;
    return Promise.resolve(asked.answer);
  },
}));
vi.mock("../src/sync/keys", () => ({ sign: () => Promise.resolve("s".repeat(86)) }));

const [PROGRAMME, DEVICE] = ["0197a3c0-0000-7000-8000-000000000001", "0197a3c0-0000-7000-8000-000000000002"];
const RECORDS = 60;

async function file(): Promise<File> {
  const { batches } = await signedCopy((await device())!, { now: () => 0, random: (bytes) => new Uint8Array(bytes) });
  return new File([writeCopy(batches)], "copy.txt");
}

beforeEach(async () => {
  asked.times = 0;
  if ((await allOps()).length > 0) return;
  const self = { programme: PROGRAMME, device: DEVICE, author: "a", tz: "UTC", rootKey: "r", key: {} as CryptoKey };
  await becomeDevice({ device: self, epoch: "e1", catalogue: { version: 1 } as Catalogue, sealing: [] });
  for (let dseq = 1; dseq <= RECORDS; dseq += 1) {
    const op = `0197a3c0-0000-7000-8000-${String(dseq).padStart(12, "0")}`;
    const hdr = Buffer.from(JSON.stringify({ op, record: op })).toString("base64url");
    const row: OutboxOp = { op, record: op, rev: 1, type: "put", dseq, author: "a", day: "2026-06-09", hdr, ek: "e", ct: "c", state: "waiting", tries: 0 };
    await saveOp(row, { sums: ZERO, times: 1 });
  }
});

describe("a copy", () => {
  it("is signed in batches that nobody has to halve", async () => {
    const { batches, records } = await signedCopy((await device())!, { now: () => 0, random: (bytes) => new Uint8Array(bytes) });
    const sizes = batches.map(({ bytes }) => (JSON.parse(new TextDecoder().decode(bytes)) as { ops: unknown[] }).ops.length);
    expect([sizes, records]).toEqual([[25, 25, 10], RECORDS]);
  });
  it.each(["timeout", "no_network"])("that meets %s says so, and the rest is not tried", async (kind) => {
    asked.answer = { kind };
    const delivered = await deliverFile(await file());
    expect([delivered?.trouble, delivered?.fates.undelivered, asked.times]).toEqual([kind, RECORDS, 1]);
  });
});
