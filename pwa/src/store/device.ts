// Who this phone is, what it was given, and how its worker wants it.
import type { Catalogue, SealingKey } from "../generated/contract";
import { reoffer } from "../domain/outbox";
import { unnamed } from "../domain/own";
import { PIN_KEYS } from "./list";
import { watched, withDatabase } from "./open";
import type { AuthorRow, Device, OwnRow, PendingKey, PlaceRow, Settings, ShiftRow, SlipRow, SyncState } from "./schema";

/** This phone; undefined before enrolment. */
export async function device(): Promise<Device | undefined> {
  return (await withDatabase((db) => db.get("self", "device"))) as Device | undefined;
}

/** The key of an enrolment that is under way. */
export async function pendingKey(): Promise<PendingKey | undefined> {
  return (await withDatabase((db) => db.get("self", "pending"))) as PendingKey | undefined;
}

/** Keeps the key of an enrolment before it is sent. */
export async function keepPendingKey(pending: PendingKey): Promise<void> {
  await withDatabase((db) => db.put("self", pending, "pending"));
}

/** Everything that an enrolment brings. */
export interface Enrolment {
  device: Device;
  epoch: string;
  catalogue: Catalogue;
  sealing: SealingKey[];
}

/**
 * Becomes a device, in one strict transaction; a new device counts from 1. Ops of a device that this phone was before stay, sent or not; their
 * headers say whose they are, and number 0 here keeps their old numbers out of what the server says of the new device's. Those that the same
 * programme has received are offered again: what the phone knew of the server's state goes, and with it how to notice that it was put back.
 */
export async function becomeDevice({ device: self, epoch, catalogue: given, sealing }: Enrolment): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction(["self", "contract", "state", "ops", "list", "days"], "readwrite", { durability: "strict" }));
    const state: SyncState = { epoch, seen: "", cursor: 0, watermark: 0, lost: 0, clockOff: 0, pushedAt: 0, out: false };
    const [held, before] = await Promise.all([tx.objectStore("ops").getAll(), tx.objectStore("self").get("device") as Promise<Device | undefined>]);
    const [keys, days] = await Promise.all([tx.objectStore("state").getAllKeys(), tx.objectStore("days").getAllKeys()]);
    // Another worker's shift, slips and shifts to come are not this one's.
    const others = before === undefined || before.author === self.author ? [] : ["shift", "slips", "own"];
    await Promise.all([
      // Nobody else is enrolled on the new device.
      tx.objectStore("state").delete("authors"),
      ...others.map((key) => tx.objectStore("state").delete(key)),
      ...days.filter(([author]) => author !== self.author).map((key) => tx.objectStore("days").delete(key)),
      // The server's shares are the device's: what earlier PINs wrapped, whoever's, can't be opened any more.
      ...keys.filter((key) => key.startsWith(PIN_KEYS)).map((key) => tx.objectStore("state").delete(key)),
      tx.objectStore("list").clear(),
      ...held.map((op) => tx.objectStore("ops").put({ ...(before?.programme === self.programme ? reoffer(op) : op), dseq: 0 })),
      tx.objectStore("self").put(self, "device"),
      tx.objectStore("self").delete("pending"),
      tx.objectStore("contract").put(given, "catalogue"),
      tx.objectStore("contract").put(sealing, "sealing"),
      tx.objectStore("contract").put(1, "counter"),
      tx.objectStore("state").put(state, "sync"),
      tx.done,
    ]);
  });
}

/** The catalogue that the phone saw last. */
export async function catalogue(): Promise<Catalogue | undefined> {
  return (await withDatabase((db) => db.get("contract", "catalogue"))) as Catalogue | undefined;
}

/** The sealing keys, newest first, each with a signature that was checked when it came. */
export async function sealingKeys(): Promise<SealingKey[]> {
  return ((await withDatabase((db) => db.get("contract", "sealing"))) as SealingKey[] | undefined) ?? [];
}

/** Keeps what a pull brought. */
export async function keepContract(sealing: SealingKey[], newer: Catalogue | undefined): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction("contract", "readwrite"));
    if (sealing.length > 0) await tx.store.put(sealing, "sealing");
    if (newer !== undefined) await tx.store.put(newer, "catalogue");
    await tx.done;
  });
}

/** Where synchronisation stands. */
export async function syncState(): Promise<SyncState | undefined> {
  return (await withDatabase((db) => db.get("state", "sync"))) as SyncState | undefined;
}

/** Changes where synchronisation stands. */
export async function changeSyncState(change: (state: SyncState) => SyncState): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction("state", "readwrite"));
    const before = (await tx.store.get("sync")) as SyncState | undefined;
    if (before !== undefined) await tx.store.put(change(before), "sync");
    await tx.done;
  });
}

/** The place that was set last, with its day. */
export async function place(): Promise<PlaceRow | undefined> {
  return (await withDatabase((db) => db.get("state", "place"))) as PlaceRow | undefined;
}

/** Keeps today's place; a phone that was cleared meanwhile keeps none. */
export async function keepPlace(row: PlaceRow): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction("state", "readwrite"));
    const sync = (await tx.store.get("sync")) as SyncState | undefined;
    if (sync?.wiped !== true) await tx.store.put(row, "place");
    await tx.done;
  });
}

/** The shift that is under way, if one is. */
export async function shift(): Promise<ShiftRow | undefined> {
  return (await withDatabase((db) => db.get("state", "shift"))) as ShiftRow | undefined;
}

/** Changes the shift that is under way, without an op: its stop states what changed. */
export async function changeShift(change: (row: ShiftRow) => ShiftRow): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction("state", "readwrite"));
    const before = (await tx.store.get("shift")) as ShiftRow | undefined;
    if (before !== undefined) await tx.store.put(change(before), "shift");
    await tx.done;
  });
}

/** Open referral slips. */
export async function slips(): Promise<SlipRow[]> {
  return ((await withDatabase((db) => db.get("state", "slips"))) as SlipRow[] | undefined) ?? [];
}

/** Keeps only the open slips that a test lets pass. */
export async function filterSlips(stays: (row: SlipRow) => boolean): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction("state", "readwrite"));
    const before = ((await tx.store.get("slips")) as SlipRow[] | undefined) ?? [];
    const after = before.filter(stays);
    if (after.length < before.length) await tx.store.put(after, "slips");
    await tx.done;
  });
}

/** What the last pull said of the worker's own work. */
export async function own(): Promise<OwnRow | undefined> {
  return (await withDatabase((db) => db.get("state", "own"))) as OwnRow | undefined;
}

/** Whether it is still this worker's turn; a pull may end after it. */
async function hasTurn(tx: { objectStore: (name: "self") => { get: (key: string) => Promise<unknown> } }, author: string): Promise<boolean> {
  return ((await tx.objectStore("self").get("device")) as Device | undefined)?.author === author;
}

/** Keeps what a pull said of the worker's own work; of those who share the phone, no handle. */
export async function keepOwn(row: OwnRow): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction(["self", "state"], "readwrite"));
    const sharing = ((await tx.objectStore("state").get("authors")) as AuthorRow[] | undefined) ?? [];
    const here = new Set(sharing.map(({ author }) => author));
    if (await hasTurn(tx, row.author)) await tx.objectStore("state").put(unnamed(row, here), "own");
    await tx.done;
  });
}

/** Forgets open slips of a worker that are settled. */
export async function settleSlips(author: string, settled: ReadonlySet<string>): Promise<void> {
  await withDatabase(async (db) => {
    const tx = watched(db.transaction(["self", "state"], "readwrite"));
    const before = ((await tx.objectStore("state").get("slips")) as SlipRow[] | undefined) ?? [];
    const after = before.filter(({ slip }) => !settled.has(slip));
    if (after.length < before.length && (await hasTurn(tx, author))) await tx.objectStore("state").put(after, "slips");
    await tx.done;
  });
}

/** How the worker wants the app. */
export async function settings(): Promise<Settings | undefined> {
  return (await withDatabase((db) => db.get("state", "settings"))) as Settings | undefined;
}

/** Keeps how the worker wants the app. */
export async function keepSettings(row: Settings): Promise<void> {
  await withDatabase((db) => db.put("state", row, "settings"));
}
