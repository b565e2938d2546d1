// Saving a record of any kind: seal, one strict transaction, then the word and its undo for ten seconds.
import type { DaySums, RecordBody } from "../generated/contract";
import { commonOf, type CommonBody, type Surroundings } from "../domain/around";
import { movesBy } from "../domain/bag";
import { putPlaintext, voidPlaintext } from "../domain/contact";
import { sumsOf } from "../domain/sums";
import { isQuota } from "../store/open";
import type { Effects } from "../store/outbox";
import type { PlaceRow, ShiftRow, SlipRow } from "../store/schema";
import { save, type Saved } from "../sync/save";
import { capturedNow, sources, tick } from "./clock";
import { poke, tellOthers } from "./engine";
import { leave } from "./forms";
import { forget } from "./lock";
import { recipientNow } from "./recipient";
import { refresh } from "./refresh";
import * as state from "./state";

/** How long a save can be taken back. */
export const UNDO_MS = 10_000;
/** How long a word without undo stands. */
const SHOWN_MS = 4_000;
/** A save that takes longer says that it is under way. */
const SLOW_MS = 150;
let saveUnderWay = false;
let noticeTimer: ReturnType<typeof setTimeout> | undefined;

/** Says what just happened, for a while. */
export function show(notice: state.Notice, ms: number): void {
  clearTimeout(noticeTimer);
  state.notice.value = notice;
  noticeTimer = setTimeout(() => (state.notice.value = undefined), ms);
}

/** What a record takes from around its form, now; undefined before a place is set. */
export function surroundings(): Surroundings | undefined {
  const [self, place, shift] = [state.device.value, state.place.value, state.shift.value];
  if (self === undefined || place === undefined) return undefined;
  const around = { worker: self.author, place, serviceDate: state.serviceDay.value, captured: capturedNow() };
  return shift === undefined ? around : { ...around, shift: shift.record };
}

/** The fields that every body begins with, at the time of the tap. */
export function commonNow(): CommonBody | undefined {
  tick();
  const [catalogue, around] = [state.catalogue.value, surroundings()];
  return catalogue === undefined || around === undefined ? undefined : commonOf(around, catalogue);
}

/** What a save needs beside the record. */
export interface SaveOptions {
  /** Record and revision that it changes; a new record when absent. */
  about?: { record: string; rev: number };
  /** The shift that is under way after it, from the saved op; `null` when none is. */
  running?: (saved: Saved) => ShiftRow | null;
  /** Where the worker is from then on. */
  place?: PlaceRow;
  /** Slips that it settles. */
  settled?: readonly SlipRow[];
  /** Runs once it was taken back. */
  undone?: () => void;
  /** Stays on the screen that is open, and offers no undo. */
  quiet?: boolean;
}

/** Slips that a record opens on this phone. */
function slipsOf({ kind, body }: RecordBody): SlipRow[] {
  const made = kind === "contact" ? (body.referrals ?? []) : kind === "referral" ? [body.referral] : [];
  return made.flatMap(({ slip, service, status }) => (slip == null || status === "declined" ? [] : [{ slip, service, day: body.service_date }]));
}

function effectsOf(record: RecordBody, sums: DaySums, options: SaveOptions): (saved: Saved) => Omit<Effects, "times"> {
  const opened = slipsOf(record);
  const { running, place, settled } = options;
  return (saved) => ({
    sums,
    shift: record.body.shift ?? undefined,
    ...(opened.length > 0 ? { slips: opened } : {}),
    ...(settled === undefined ? {} : { settled }),
    ...(place === undefined ? {} : { place }),
    ...(running === undefined ? {} : { running: running(saved) }),
  });
}

/** Lets the screen be drawn before the next work. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

async function afterwards(): Promise<void> {
  await drawn();
  await refresh();
  tellOthers();
  poke();
}

/** Says that a record is saved, with its undo; behind the lock only that, and the page forgets it. */
function said(saved: Saved, record: RecordBody, sums: DaySums, options: SaveOptions): void {
  if (state.locked.value) {
    forget();
    show({ kind: "saved" }, SHOWN_MS);
  } else show({ kind: "saved", undo: () => void undo(saved, record, sums, options) }, UNDO_MS);
}

/**
 * Saves a record and goes back to the home screen; `done` runs once it is on the disk. The screen says "saved" only when the store did.
 * Answers the saved op, or undefined when nothing was saved (the form stays as it is and says why).
 */
export async function saveRecord(record: RecordBody, done: (saved: Saved) => void = () => undefined, options: SaveOptions = {}): Promise<Saved | undefined> {
  const [self, catalogue] = [state.device.value, state.catalogue.value];
  if (self === undefined || catalogue === undefined || saveUnderWay) return undefined;
  const sums = sumsOf(record, catalogue);
  saveUnderWay = true;
  // A save that is quick is not announced: drawing the word would take longer than the save.
  const slow = setTimeout(() => (state.saving.value = true), SLOW_MS);
  state.saveError.value = undefined;
  let saved: Saved;
  try {
    const about = options.about === undefined ? {} : { about: options.about };
    const effects = effectsOf(record, sums, options);
    saved = await save(
      self,
      await recipientNow(),
      { type: "put", ...about, plaintext: putPlaintext(record), day: record.body.service_date, effects },
      sources,
    );
    state.bagMoves.value = [...state.bagMoves.value, ...movesBy(saved.op, record, 1)];
    done(saved);
    if (options.quiet !== true) {
      if ("vibrate" in navigator) navigator.vibrate(30);
      said(saved, record, sums, options);
      leave();
    }
  } catch (error) {
    state.saveError.value = isQuota(error) ? "no_room" : "not_saved";
    return undefined;
  } finally {
    clearTimeout(slow);
    state.saving.value = false;
    saveUnderWay = false;
  }
  await afterwards();
  return saved;
}

/** Takes a saved record back: a removal with the next revision and number, whatever was sent of it meanwhile. */
async function undo(saved: Saved, record: RecordBody, sums: DaySums, options: SaveOptions): Promise<void> {
  const self = state.device.value;
  if (self === undefined) return;
  state.notice.value = undefined;
  const about = { record: saved.record, rev: saved.rev + 1 };
  const effects = effectsOf(record, sums, options.settled === undefined ? {} : { settled: options.settled });
  try {
    const taken = await save(self, await recipientNow(), { type: "void", about, plaintext: voidPlaintext("undo"), day: saved.day, effects }, sources);
    state.bagMoves.value = [...state.bagMoves.value, ...movesBy(taken.op, record, -1)];
    state.lastLikeness.value = undefined;
    options.undone?.();
    show({ kind: "undone" }, SHOWN_MS);
  } catch (error) {
    state.saveError.value = isQuota(error) ? "no_room" : "not_saved";
    show({ kind: "saved", undo: () => void undo(saved, record, sums, options) }, UNDO_MS);
  }
  await refresh();
  tellOthers();
  poke();
}
