// What a worker does with the pad: open, save, same again, discard; and how the app looks.
import type { Contact } from "../generated/contract";
import { toContact } from "../domain/contact";
import { EMPTY, isTouched, sameAgain, type Draft } from "../domain/draft";
import { likeness } from "../domain/validation";
import * as store from "../store/device";
import type { Settings } from "../store/schema";
import { makeStep } from "./back";
import { freshSlip, tick } from "./clock";
import { leave, openForm } from "./forms";
import { makeReady } from "./recipient";
import { saveRecord, show, surroundings, UNDO_MS } from "./records";
import * as state from "./state";

/** Opens the pad, empty or with what "same again" brings. */
export function openPad(draft: Draft = EMPTY): void {
  tick();
  state.saveError.value = undefined;
  state.draft.value = draft;
  state.correcting.value = undefined;
  state.form.value = undefined;
  state.view.value = "pad";
  makeStep();
  makeReady();
}

/** Opens a short form of a contact. */
export function openShort(form: state.ShortForm, draft: Draft = EMPTY): void {
  state.draft.value = draft;
  openForm(form);
}

/** Opens the pad with the contact saved last. */
export function openSameAgain(): void {
  const last = state.lastDraft.value;
  if (last !== undefined) openPad(sameAgain(last, freshSlip));
}

/** Leaves the pad or a short form of it; what was tapped can be had back for ten seconds. */
export function closePad(): void {
  const [draft, form] = [state.draft.value, state.form.value];
  state.draft.value = EMPTY;
  const isCorrection = state.correcting.value !== undefined;
  state.correcting.value = undefined;
  // Behind the lock nothing is brought back, and of a correction there is nothing to bring.
  if (isTouched(draft) && !state.locked.value && !isCorrection) {
    const undo = (): void => {
      state.notice.value = undefined;
      if (state.isShort(form)) openShort(form, draft);
      else openPad(draft);
    };
    show({ kind: "discarded", undo }, UNDO_MS);
  }
  leave();
}

/** The contact that the open form says, as it would be saved now. */
export function contactNow(): Contact | undefined {
  const correcting = state.correcting.value;
  const [catalogue, around] = [state.catalogue.value, correcting?.around ?? surroundings()];
  if (catalogue === undefined || around === undefined) return undefined;
  return toContact(state.draft.value, catalogue, around, correcting === undefined ? "none" : "keep");
}

/** Saves the open contact. */
export async function saveContact(): Promise<void> {
  // The date of the tap, also when the phone slept over midnight.
  tick();
  const contact = contactNow();
  if (contact === undefined) return;
  const [draft, correcting] = [state.draft.value, state.correcting.value];
  if (correcting !== undefined) return correcting.save(contact);
  const done = (): void => {
    state.lastDraft.value = { ...draft, code: "", codeRefused: false };
    state.lastLikeness.value = likeness(contact);
    state.draft.value = EMPTY;
  };
  await saveRecord({ kind: "contact", body: contact }, done, { draft });
}

/** Changes how the app looks and speaks. */
export async function setSettings(change: Partial<Settings>): Promise<void> {
  const settings = { ...state.settings.value, ...change };
  state.settings.value = settings;
  await store.keepSettings(settings);
}
