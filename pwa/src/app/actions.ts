// What a worker does: save, undo, same again, discard, set the place, choose how the app looks.
import type { Contact, DaySums } from "../generated/contract";
import { putPlaintext, toContact, voidPlaintext, type Place } from "../domain/contact";
import { EMPTY, isTouched, sameAgain, type Draft } from "../domain/draft";
import { sumsOf } from "../domain/sums";
import { likeness } from "../domain/validation";
import * as store from "../store/device";
import { isQuota } from "../store/open";
import type { Settings } from "../store/schema";
import { prepareSave, save, type Saved } from "../sync/save";
import { capturedNow, freshSlip, sources, tick } from "./clock";
import { poke, tellOthers } from "./engine";
import { recipientNow } from "./recipient";
import { refresh } from "./refresh";
import * as state from "./state";

const UNDO_MS = 10_000;
/** A save that takes longer says that it is under way. */
const SLOW_MS = 150;
let saveUnderWay = false;
let noticeTimer: ReturnType<typeof setTimeout> | undefined;

function show(notice: state.Notice, ms: number): void {
  clearTimeout(noticeTimer);
  state.notice.value = notice;
  noticeTimer = setTimeout(() => (state.notice.value = undefined), ms);
}

/** Opens the pad, empty or with what "same again" brings. */
export function openPad(draft: Draft = EMPTY): void {
  tick();
  state.saveError.value = undefined;
  state.draft.value = draft;
  state.view.value = "pad";
  history.pushState({ pad: true }, "");
  void getReady().catch(() => undefined);
}

/** What the tap on Save would otherwise wait for. When it fails, the save tries for itself and says so. */
async function getReady(): Promise<void> {
  await prepareSave(await recipientNow());
}

/** Opens the pad with the contact saved last. */
export function openSameAgain(): void {
  const last = state.lastDraft.value;
  if (last !== undefined) openPad(sameAgain(last, freshSlip));
}

function leavePad(): void {
  state.view.value = "today";
  if ((history.state as { pad?: boolean } | null)?.pad === true) history.back();
}

/** Leaves the pad; what was tapped can be had back for ten seconds. */
export function closePad(): void {
  const draft = state.draft.value;
  state.draft.value = EMPTY;
  if (isTouched(draft)) {
    const undo = (): void => {
      state.notice.value = undefined;
      openPad(draft);
    };
    show({ kind: "discarded", undo }, UNDO_MS);
  }
  leavePad();
}

/** The contact that the open form says, as it would be saved now. */
export function contactNow(): Contact | undefined {
  const [self, catalogue, place] = [state.device.value, state.catalogue.value, state.place.value];
  if (self === undefined || catalogue === undefined || place === undefined) return undefined;
  const around = { worker: self.author, place, serviceDate: state.serviceDay.value, captured: capturedNow() };
  return toContact(state.draft.value, catalogue, around);
}

/** Lets the screen be drawn before the next work. */
function drawn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** Saves the open form. The screen says "saved" only when the store did. */
export async function saveContact(): Promise<void> {
  // The date of the tap, also when the phone slept over midnight.
  tick();
  const [self, catalogue, contact] = [state.device.value, state.catalogue.value, contactNow()];
  if (self === undefined || catalogue === undefined || contact === undefined || saveUnderWay) return;
  const draft = state.draft.value;
  const sums = sumsOf(contact, catalogue);
  saveUnderWay = true;
  // A save that is quick is not announced: drawing the word would take longer than the save.
  const slow = setTimeout(() => (state.saving.value = true), SLOW_MS);
  state.saveError.value = undefined;
  try {
    const statement = { type: "put", plaintext: putPlaintext(contact), day: contact.service_date, sums } as const;
    const saved = await save(self, await recipientNow(), statement, sources);
    state.lastDraft.value = { ...draft, code: "", codeRefused: false };
    state.lastLikeness.value = likeness(contact);
    state.draft.value = EMPTY;
    if ("vibrate" in navigator) navigator.vibrate(30);
    show({ kind: "saved", undo: () => void undo(saved, sums) }, UNDO_MS);
    leavePad();
  } catch (error) {
    state.saveError.value = isQuota(error) ? "no_room" : "not_saved";
    return;
  } finally {
    clearTimeout(slow);
    state.saving.value = false;
    saveUnderWay = false;
  }
  await drawn();
  await refresh();
  tellOthers();
  poke();
}

/** Takes a saved contact back: a removal with the next revision and number, whatever was sent of it meanwhile. */
async function undo(saved: Saved, sums: DaySums): Promise<void> {
  const self = state.device.value;
  if (self === undefined) return;
  state.notice.value = undefined;
  const about = { record: saved.record, rev: saved.rev + 1 };
  try {
    const statement = { type: "void", about, plaintext: voidPlaintext("undo"), day: saved.day, sums } as const;
    await save(self, await recipientNow(), statement, sources);
    state.lastLikeness.value = undefined;
    show({ kind: "undone" }, 4_000);
  } catch (error) {
    state.saveError.value = isQuota(error) ? "no_room" : "not_saved";
    show({ kind: "saved", undo: () => void undo(saved, sums) }, UNDO_MS);
  }
  await refresh();
  tellOthers();
  poke();
}

/** Sets where and how the worker is out today. */
export async function setPlace(place: Place): Promise<void> {
  const row = { site: place.site, mode: place.mode, setting: place.setting, day: state.today.value };
  state.place.value = row;
  await store.keepPlace(row);
}

/** Changes how the app looks and speaks. */
export async function setSettings(change: Partial<Settings>): Promise<void> {
  const settings = { ...state.settings.value, ...change };
  state.settings.value = settings;
  await store.keepSettings(settings);
}
