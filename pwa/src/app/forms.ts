// Opening and leaving forms. A form is one step of the browser's history, so that the phone's back key leaves it and not the app.
import { tick } from "./clock";
import { makeReady } from "./recipient";
import * as state from "./state";

/** A step that the back key takes back. */
export function enter(): void {
  history.pushState({ form: true }, "");
}

/** Leaves the open form for the screen of the bar that it belongs to. */
export function leave(): void {
  state.view.value = state.tab.value;
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

/** A page within a tab, which the back key leaves by `close`. Answers what to do when it was left. */
export function enterPage(close: () => void): () => void {
  history.pushState({ page: true }, "");
  addEventListener("popstate", close);
  return () => {
    removeEventListener("popstate", close);
    if ((history.state as { page?: boolean } | null)?.page === true) history.back();
  };
}

/** Goes to a screen of the bottom bar. */
export function openTab(tab: state.Tab): void {
  state.tab.value = tab;
  scrollTo(0, 0);
  state.view.value = tab;
}
