// Saving a record of any kind: seal, one strict transaction, then the word and its undo for ten seconds.
import type { BagLine, Catalogue, RecordBody } from "../generated/contract";
import { commonOf, type CommonBody, type Surroundings } from "../domain/around";
import { movesBy } from "../domain/bag";
import { putPlaintext, voidPlaintext } from "../domain/contact";
import type { Draft } from "../domain/draft";
import { tracesOf, type Traces } from "../domain/listed";
import { differenceOf } from "../domain/sums";
import { isQuota } from "../store/open";
import { RecordMoved, type Effects } from "../store/outbox";
import type { Device, PlaceRow, ShiftRow, SlipRow } from "../store/schema";
import { save, type Saved } from "../sync/save";
import { capturedNow, sources, tick } from "./clock";
import { poke, tellOthers } from "./engine";
import { leave } from "./forms";
import { freshRow, listRow } from "./list";
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
  /** What was tapped, for the shift's list. */
  draft?: Draft;
  /** What the record that it corrects left on the phone. */
  replaces?: Traces;
  /** Runs once it was taken back. */
  undone?: () => void;
  /** Stays on the screen that is open, and offers no undo. */
  quiet?: boolean;
}

/** What a save does on the phone beside its op. */
function effectsOf({ settled, slips, shift, sums }: Traces, { running, place }: SaveOptions, saved: Saved): Omit<Effects, "times"> {
  return {
    sums,
    shift,
    ...(slips.length > 0 ? { slips } : {}),
    ...(settled.length > 0 ? { settled } : {}),
    ...(place === undefined ? {} : { place }),
    ...(running === undefined ? {} : { running: running(saved) }),
  };
}

/** What changes on the phone when a record takes the place of another: the difference of the sums, slips that came and slips that went. */
function instead(traces: Traces, before: Traces | undefined): Traces {
  if (before === undefined) return traces;
  const lacks = (list: readonly SlipRow[]) => (one: SlipRow) => !list.some(({ slip }) => slip === one.slip);
  return {
    ...traces,
    sums: differenceOf(traces.sums, before.sums),
    slips: traces.slips.filter(lacks(before.slips)),
    settled: before.slips.filter(lacks(traces.slips)),
  };
}

/** The bag follows what an op moved, and what it no longer does. */
function moveBag(op: string, moves: readonly BagLine[], before: readonly BagLine[]): void {
  state.bagMoves.value = [...state.bagMoves.value, ...movesBy(op, before, -1), ...movesBy(op, moves, 1)];
}

/** Lets the screen be drawn before the next work. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

async function afterwards(): Promise<void> {
  await refresh();
  tellOthers();
  poke();
}

/** Says why nothing was saved; `otherwise` where there is no better reason. */
function failed(error: unknown, otherwise: "not_saved" | "not_taken"): void {
  state.saveError.value = isQuota(error) ? "no_room" : error instanceof RecordMoved ? "moved" : otherwise;
}

/** Says that a record is saved, with its undo; behind the lock only that, and the page forgets it. */
function said(saved: Saved, traces: Traces, options: SaveOptions): void {
  if (state.locked.value) {
    forget();
    show({ kind: "saved" }, SHOWN_MS);
  } else if (options.replaces !== undefined) show({ kind: "corrected" }, SHOWN_MS);
  else show({ kind: "saved", undo: () => void undo(saved, traces, options) }, UNDO_MS);
}

/** Seals a record and writes it with all that follows from it; answers the op and what it left on the phone. */
async function write(self: Device, catalogue: Catalogue, record: RecordBody, options: SaveOptions): Promise<[Saved, Traces]> {
  const { about, replaces } = options;
  const left = tracesOf(record, catalogue, options.settled);
  const row = replaces?.row ?? freshRow(left);
  const traces = row === undefined ? left : { ...left, row, ...(replaces?.n === undefined ? {} : { n: replaces.n }) };
  const effects = async (saved: Saved): Promise<Omit<Effects, "times">> => {
    const listed = await listRow(record, saved, traces, options.draft);
    // Locked meanwhile: the row can't follow, and one that says what no longer is would be worse than none.
    const unlisted = listed === undefined ? replaces?.row : undefined;
    return { ...effectsOf(instead(traces, replaces), options, saved), listed, unlisted };
  };
  const statement = { type: "put", ...(about === undefined ? {} : { about }), plaintext: putPlaintext(record), day: record.body.service_date, effects } as const;
  const saved = await save(self, await recipientNow(), statement, sources);
  moveBag(saved.op, traces.moves, replaces?.moves ?? []);
  return [saved, traces];
}

/**
 * Saves a record and goes back to the home screen; `done` runs once it is on the disk. The screen says "saved" only when the store did.
 * Answers the saved op, or undefined when nothing was saved (the form stays as it is and says why).
 */
export async function saveRecord(record: RecordBody, done: (saved: Saved) => void = () => undefined, options: SaveOptions = {}): Promise<Saved | undefined> {
  const [self, catalogue] = [state.device.value, state.catalogue.value];
  if (self === undefined || catalogue === undefined || saveUnderWay) return undefined;
  saveUnderWay = true;
  // A save that is quick is not announced: drawing the word would take longer than the save.
  const slow = setTimeout(() => (state.saving.value = true), SLOW_MS);
  state.saveError.value = undefined;
  let saved: Saved;
  try {
    const [op, traces] = await write(self, catalogue, record, options);
    saved = op;
    done(saved);
    if (options.quiet !== true) {
      if ("vibrate" in navigator) navigator.vibrate(30);
      said(saved, traces, options);
      leave();
    }
  } catch (error) {
    failed(error, "not_saved");
    return undefined;
  } finally {
    clearTimeout(slow);
    state.saving.value = false;
    saveUnderWay = false;
  }
  await drawn();
  await afterwards();
  return saved;
}

/** Records that are being taken back. */
const leaving = new Set<string>();

/**
 * Takes a record back: a removal with the next revision and number, whatever was sent of it meanwhile. Answers whether it was saved; if not,
 * the screen says why. A second tap does nothing.
 */
export async function takeBack({ record, rev, day }: Pick<Saved, "record" | "rev" | "day">, traces: Traces, reason: "undo" | "removed"): Promise<boolean> {
  const self = state.device.value;
  if (self === undefined || leaving.has(record)) return false;
  leaving.add(record);
  state.notice.value = undefined;
  state.saveError.value = undefined;
  const about = { record, rev: rev + 1 };
  const effects = (saved: Saved): Promise<Omit<Effects, "times">> =>
    Promise.resolve({ ...effectsOf(traces, {}, saved), ...(traces.row === undefined ? {} : { unlisted: traces.row }) });
  let isTaken = false;
  try {
    const taken = await save(self, await recipientNow(), { type: "void", about, plaintext: voidPlaintext(reason), day, effects }, sources);
    moveBag(taken.op, [], traces.moves);
    state.lastLikeness.value = undefined;
    show({ kind: "undone" }, SHOWN_MS);
    isTaken = true;
  } catch (error) {
    failed(error, "not_taken");
  } finally {
    leaving.delete(record);
  }
  await afterwards();
  return isTaken;
}

async function undo(saved: Saved, traces: Traces, options: SaveOptions): Promise<void> {
  if (await takeBack(saved, traces, "undo")) options.undone?.();
  else show({ kind: "saved", undo: () => void undo(saved, traces, options) }, UNDO_MS);
}
