// Opens the database, and opens it again when the browser closed it under us (memory pressure, sleep): the work is then done once more.
import { openDB, type IDBPDatabase } from "idb";
import { DATABASE, VERSION, type RoundsSchema } from "./schema";

/** The open database. */
export type Database = IDBPDatabase<RoundsSchema>;

let opened: Promise<Database> | undefined;

function openAs(version: number | undefined): Promise<Database> {
  return openDB<RoundsSchema>(DATABASE, version, {
    // Upgrades only add: an older page that is still open must find what it knows.
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore("self");
        db.createObjectStore("contract");
        const ops = db.createObjectStore("ops", { keyPath: "op" });
        ops.createIndex("state", "state");
        ops.createIndex("day", "day");
        ops.createIndex("dseq", "dseq");
        db.createObjectStore("days", { keyPath: ["author", "day"] });
        db.createObjectStore("state");
      }
      if (from < 2) db.createObjectStore("list", { keyPath: ["author", "id"] });
    },
    blocking() {
      forget();
    },
    terminated() {
      opened = undefined;
    },
  });
}

/** Opens the database; one that a newer page has upgraded as it is, since it holds all that this page knows. */
function open(): Promise<Database> {
  return openAs(VERSION).catch((error: unknown) => {
    if (nameOf(error) !== "VersionError") throw error;
    return openAs(undefined);
  });
}

/** Lets go of the connection; the next use opens a new one. */
export function forget(): void {
  const old = opened;
  opened = undefined;
  old?.then((db) => db.close()).catch(() => undefined);
}

function database(): Promise<Database> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** Errors of a connection that died; every other is the caller's. */
const DEAD = new Set(["InvalidStateError", "TimeoutError", "UnknownError", "AbortError", "TransactionInactiveError"]);

function nameOf(error: unknown): string {
  return typeof error === "object" && error !== null && "name" in error && typeof error.name === "string" ? error.name : "";
}

/** Whether the phone has no room left. */
export function isQuota(error: unknown): boolean {
  return nameOf(error) === "QuotaExceededError";
}

/** A transaction whose end is asked for last: when one of its requests fails before, nobody hears of the end, and that is no error of its own. */
export function watched<T extends { done: Promise<void> }>(tx: T): T {
  tx.done.catch(() => undefined);
  return tx;
}

/** Does some work on the database; on a dead connection opens a new one and does it again, twice at most. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work(await database());
    } catch (error) {
      if (tries >= 2 || !DEAD.has(nameOf(error))) throw error;
      forget();
    }
  }
}
