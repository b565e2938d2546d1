// What the screens show, as signals. Everything here is read from the store or lives in memory only; nothing is invented by a screen.
import { computed, signal } from "@preact/signals";
import type { Catalogue, Contact } from "../generated/contract";
import type { Surroundings } from "../domain/around";
import type { Fragment } from "../domain/link";
import type { BagLine, DaySums, OwnWeek, PlannedShift, ReferralStatus } from "../generated/contract";
import type { DayBar } from "../domain/bars";
import type { BagMove } from "../domain/bag";
import { EMPTY, isTouched, type Draft } from "../domain/draft";
import type { Queue } from "../domain/outbox";
import { ZERO } from "../domain/sums";
import type { Device, OwnRow, PlaceRow, Settings, ShiftRow, SlipRow, SyncState } from "../store/schema";

/** Where the app is: nothing drawn yet, not enrolled, just enrolled, in use, taken out and cleared, or without a store. */
export type Phase = "starting" | "enrol" | "welcome" | "ready" | "wiped" | "no_store";

/** A screen of the bottom bar. */
export type Tab = "today" | "referrals" | "guide" | "me";

/** A form of a record that is no contact, or the closing page of a shift. */
export type Form =
  | "handout"
  | "unmet"
  | "sheet"
  | "group"
  | "overdose"
  | "incident"
  | "talk"
  | "collection"
  | "expense"
  | "stock"
  | "referral"
  | "stop";

/** A form of a contact of which one thing is told; it shares the pad's draft. */
export type ShortForm = Extract<Form, "handout" | "unmet">;

/** Whether a form is one of those. */
export function isShort(open: Form | undefined): open is ShortForm {
  return open === "handout" || open === "unmet";
}

/** A screen of the app in use: a tab, the pad of a contact, or another form. */
export type View = Tab | "pad" | "form";

export const phase = signal<Phase>("starting");
export const view = signal<View>("today");
/** The screen of the bottom bar that was open last; forms lead back to it. */
export const tab = signal<Tab>("today");
/** The form that is open while the view is `form`. */
export const form = signal<Form | undefined>(undefined);
export const device = signal<Device | undefined>(undefined);
/** Workers of this phone with their numbers; one alone needs none. */
export const people = signal<readonly { author: string; n: number }[]>([]);
/** Number of the worker whose turn it is; undefined on a phone of one worker. */
export const turn = computed(() => (people.value.length < 2 ? undefined : people.value.find((one) => one.author === device.value?.author)?.n));
/** Handle of the worker, just after enrolment; it is not kept. */
export const handle = signal("");
export const catalogue = signal<Catalogue | undefined>(undefined);
export const settings = signal<Settings>({ theme: "auto", hand: "right", lang: "en" });
export const sync = signal<SyncState | undefined>(undefined);
/** When the server last answered this page; the store keeps the day only. */
export const answeredAt = signal<number | undefined>(undefined);
export const syncing = signal(false);
/** What this worker saves waits for the supervisor: the phone was taken out, or they have left. */
export const out = computed(() => sync.value?.out === true || sync.value?.ended?.includes(device.value?.author ?? "") === true);

/** The phase of a phone that is set up. */
export function inUse(): Phase {
  return sync.value?.wiped === true ? "wiped" : "ready";
}

/** Today in the programme's zone. */
export const today = signal("");
/** Another service date that was chosen; it ends at midnight and after 30 hidden minutes. */
export const chosenDay = signal<string | undefined>(undefined);
/** The date that a contact gets now. */
export const serviceDay = computed(() => chosenDay.value ?? today.value);

/** Where and how the worker is out; after a shift, where they were. */
export const place = signal<PlaceRow | undefined>(undefined);

/** The shift that is under way. */
export const shift = signal<ShiftRow | undefined>(undefined);
/** Shifts of today that are planned and that this phone has not started. */
export const planned = signal<readonly PlannedShift[]>([]);
/** A shift that nobody stopped was closed at the programme's hour: its day. */
export const closedShift = signal<string | undefined>(undefined);
/** Open referral slips, newest first. */
export const slips = signal<readonly SlipRow[]>([]);
/** How far slips came, as far as it was tapped since the app was opened: memory only. */
export const slipStatus = signal<Readonly<Record<string, ReferralStatus>>>({});
/** What the last pull said of the worker's own work. */
export const own = signal<OwnRow | undefined>(undefined);
/** Weeks, month and bag of the last pull: memory only. */
export const ownFigures = signal<{ weeks: readonly OwnWeek[]; month: DaySums; bag: readonly BagLine[] } | undefined>(undefined);

/** What was saved on this page that the bag of the last pull lacks: memory only. */
export const bagMoves = signal<readonly BagMove[]>([]);

export const sums = signal(ZERO);
export const week = signal(ZERO);
/** The large figures: the shift's while one is under way, else the day's. */
export const figures = computed(() => shift.value?.sums ?? sums.value);
/** Contacts of this week by day, Monday first; days to come have none. */
export const weekDays = signal<readonly DayBar[]>([]);
/** The page shows a clock and nothing else. */
export const hidden = signal(false);
/** The worker whose phone this is has a PIN. */
export const pinSet = signal(false);
/** The PIN has to be typed before anything is shown; recording goes on. */
export const locked = signal(false);
/** "Set a PIN" was tapped outside the settings. */
export const pinWanted = signal(false);
/** The server destroyed its share: the list of the shift can't be opened any more. */
export const listGone = signal(false);
export const NOTHING: Queue = { total: 0, received: 0, waiting: 0, removals: 0, others: 0, quarantined: 0, rejected: 0 };
export const queue = signal<Queue>(NOTHING);

/** The open form. */
export const draft = signal<Draft>(EMPTY);
export const draftIsOpen = computed(() => view.value === "form" || (view.value === "pad" && isTouched(draft.value)));
/** A contact of the list that the open pad corrects. */
export interface Correcting {
  /** When it was saved, `14:32`. */
  time: string;
  /** Its circumstances: they stay. */
  around: Surroundings;
  save: (contact: Contact) => Promise<void>;
}
export const correcting = signal<Correcting | undefined>(undefined);
/** The contact saved last, for "same again": memory only. */
export const lastDraft = signal<Draft | undefined>(undefined);
/** What the next contact is compared with: memory only. */
export const lastLikeness = signal<string | undefined>(undefined);

/** What just happened, with what can be taken back within ten seconds. */
export type Notice = { kind: "saved" | "corrected" | "undone" | "ended" } | { kind: "saved" | "discarded"; undo: () => void };
export const notice = signal<Notice | undefined>(undefined);

/** Why a save did not happen. */
export const saveError = signal<"no_room" | "not_saved" | "not_taken" | "moved" | undefined>(undefined);
export const saving = signal(false);

/** Whether the browser promises to keep the store; undefined where it can't say. */
export const persisted = signal<boolean | undefined>(undefined);
/** What an earlier store held when it was lost. */
export const lostStore = signal<{ unsent: number } | undefined>(undefined);
/** The enrolment link that the address brought. */
export const link = signal<Fragment>({});
/** An enrolment link was opened on a phone that is set up already; it was not used. */
export const linkUnused = signal(false);
/** A new version waits for consent. */
export const updateReady = signal(false);
