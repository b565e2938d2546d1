// Everything that this app keeps on the phone, as data: a test compares a real profile with it. Whatever is not here is not kept.
// No plaintext of a record, no client code in any form, no time of a contact.
import type { DBSchema } from "idb";
import type { Catalogue, Colleague, DaySums, Level, OwnQualification, PlannedShift, SealingKey, Thanks } from "../generated/contract";
import type { Place } from "../domain/around";
import type { OutboxOp } from "../domain/outbox";
import type { PinRow } from "../domain/pin";
import type { Running } from "../domain/shift";
import type { OpenSlip } from "../domain/slips";

/** Name of the database. */
export const DATABASE = "rounds";
/** Version of the database; upgrades only add. */
export const VERSION = 2;

/** The stores, what each holds, and the keys or the kind of key in it. */
export const STORES = {
  self: { keys: ["device", "pending"], holds: "who this phone is; its signing key, which scripts can't export" },
  contract: { keys: ["catalogue", "sealing", "counter"], holds: "catalogue, sealing keys with their signatures, next sequence number" },
  ops: { keys: "uuid", holds: "sealed ops: clear header, service date, ciphertext, fate" },
  days: { keys: "worker|date", holds: "five sums of a worker's day" },
  list: { keys: "worker|random", holds: "rows of the shift's list, encrypted under a key that PIN and server share unwrap; with a PIN only, until the shift ends" },
  state: {
    keys: ["sync", "place", "settings", "shift", "slips", "own", "authors", "pin:worker"],
    holds:
      "cursor and receipts; today's site, mode and setting; theme, hand and language; the shift under way with its check-in and five sums, until it " +
      "is stopped; open referral slips (slip, service, day; 30 days); next shifts, colleagues (of those who share the phone no handle), thanks, " +
      "qualifications and level; of a PIN, salt and two wrapped keys, the second random where no second PIN was set; on a shared phone the number " +
      "of each worker, and of those whose turn it is not their place, shift, slips and own rows",
  },
} as const;

/** Names outside IndexedDB: caches of the service worker by prefix, the canary cookie with its path, locks and the channel between tabs. */
export const OUTSIDE = {
  caches: ["assets-"],
  cookies: [{ name: "canary", path: "/canary/", holds: "device id and number of ops that wait" }],
  locks: ["save", "sync", "shift"],
  channels: ["rounds"],
} as const;

/** This phone, once enrolled. */
export interface Device {
  programme: string;
  device: string;
  author: string;
  tz: string;
  rootKey: string;
  /** Signs pushes and challenges. */
  key: CryptoKey;
  /** Its public half, which another worker of this phone enrols with. */
  publicKey?: string;
}

/** A key made for an enrolment whose answer has not come yet; a lost answer is asked for again with the same key. */
export interface PendingKey {
  code: string;
  key: CryptoKey;
  publicKey: string;
}

/** Where synchronisation stands. */
export interface SyncState {
  epoch: string;
  seen: string;
  cursor: number;
  watermark: number;
  /** Numbers that the server lacks and the phone no longer holds. */
  lost: number;
  /** Minutes that this phone's clock is ahead of the server's. */
  clockOff: number;
  /** The server keeps what this phone sends for the supervisor, because the phone was taken out. */
  out?: boolean;
  /** Workers of this phone who left: what they save waits for the supervisor. */
  ended?: string[];
  /** Number of the last command to offer everything again that was done. */
  reoffered?: number;
  /** The server had this phone cleared; it sends what waits and nothing else. */
  wiped?: boolean;
  /** Service date of the last genuine answer to a push, as ms of its midnight in UTC; no more of it is kept. */
  pushedAt: number;
}

/** A worker's sums of a day. */
export interface DayRow {
  author: string;
  day: string;
  sums: DaySums;
}

/** A row of the shift's list: its contents are encrypted, and padded so that their length says little. */
export interface ListRow {
  author: string;
  id: string;
  iv: Uint8Array<ArrayBuffer>;
  ct: Uint8Array<ArrayBuffer>;
}

/** How the worker wants the app. */
export interface Settings {
  theme: "auto" | "dark" | "light" | "sun";
  hand: "left" | "right";
  lang: string;
  /** The offer to set a PIN was put away. */
  withoutPin?: boolean;
  /** That the browser does not promise to keep what is saved was read. */
  unkeptRead?: boolean;
}

/** Today's place, and the day that it is for. */
export interface PlaceRow extends Place {
  day: string;
}

/** The shift that is under way. Gone once it is stopped. */
export type ShiftRow = Running;

/** An open referral slip, as the list keeps it. */
export type SlipRow = OpenSlip;

/** What the last pull said of the worker's own work; weeks, month and bag are not kept. */
export interface OwnRow {
  author: string;
  level?: Level;
  supervisor?: string;
  shifts: PlannedShift[];
  colleagues: Colleague[];
  thanks: Thanks[];
  qualifications: OwnQualification[];
}

/** A worker of a shared phone. Only a number: whoever takes the phone should not learn who else uses it. Nor does any row name them. */
export interface AuthorRow {
  author: string;
  /** What they are called here, from 1. */
  n: number;
  place?: PlaceRow;
  shift?: ShiftRow;
  slips?: SlipRow[];
  own?: OwnRow;
}

/** Types of the database for `idb`. */
export interface RoundsSchema extends DBSchema {
  self: { key: string; value: Device | PendingKey };
  contract: { key: string; value: Catalogue | SealingKey[] | number };
  ops: { key: string; value: OutboxOp; indexes: { state: string; day: string; dseq: number } };
  days: { key: [string, string]; value: DayRow };
  list: { key: [string, string]; value: ListRow };
  state: { key: string; value: SyncState | PlaceRow | Settings | ShiftRow | SlipRow[] | OwnRow | AuthorRow[] | PinRow };
}
