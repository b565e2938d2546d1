// Opening and leaving forms.
import { makeStep } from "./back";
import { tick } from "./clock";
import { makeReady } from "./recipient";
import * as state from "./state";

/** Leaves the open form for the screen of the bar that it belongs to. */
export function leave(): void {
  state.view.value = state.tab.value;
  state.form.value = undefined;
}

/** Opens a form. What is typed into it lives in its own component until it is saved. */
export function openForm(form: state.Form): void {
  tick();
  state.saveError.value = undefined;
  state.form.value = form;
  state.view.value = "form";
  makeStep();
  makeReady();
}

/** Goes to a screen of the bottom bar. */
export function openTab(tab: state.Tab): void {
  state.tab.value = tab;
  scrollTo(0, 0);
  state.view.value = tab;
}
