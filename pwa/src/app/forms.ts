// Opening and leaving forms. A form is one step of the browser's history, so that the phone's back key leaves it and not the app.
import { tick } from "./clock";
import { makeReady } from "./recipient";
import * as state from "./state";

/** A step that the back key takes back. */
export function enter(): void {
  history.pushState({ form: true }, "");
}

/** Leaves the open form for the home screen. */
export function leave(): void {
  state.view.value = "today";
  state.form.value = undefined;
  if ((history.state as { form?: boolean } | null)?.form === true) history.back();
}

/** Opens a form. What is typed into it lives in its own component until it is saved. */
export function openForm(form: state.Form): void {
  tick();
  state.saveError.value = undefined;
  state.form.value = form;
  state.view.value = "form";
  enter();
  makeReady();
}

/** Goes to a screen of the bottom bar. */
export function openTab(tab: state.Tab): void {
  state.view.value = tab;
}
