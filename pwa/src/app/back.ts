// The phone's back key leaves what is open and not the app. Everything shares one step of the browser's history: a browser keeps
// each step with its time, and a step for each form would tell when each contact was recorded.

/** Marks the step within the app. */
interface Step {
  within: true;
}

const pages: (() => void)[] = [];
let isMade = false;

function isWithin(): boolean {
  return (history.state as Step | null)?.within === true;
}

/** Sees to it that the back key has a step to take back. */
export function makeStep(): void {
  if (isWithin()) return;
  if (isMade) history.forward();
  else history.pushState({ within: true } satisfies Step, "");
  isMade = true;
}

/** A page within a tab was opened, which the back key leaves by `close`. Answers what to do when it was left, whichever way. */
export function enterPage(close: () => void): () => void {
  pages.push(close);
  makeStep();
  return () => {
    const at = pages.lastIndexOf(close);
    if (at >= 0) pages.splice(at, 1);
  };
}

function closePage(): boolean {
  const close = pages.at(-1);
  close?.();
  return close !== undefined;
}

/** Follows the back key from now on. `closeForm` leaves the form that is open and answers whether one was; when nothing was, the app is left. */
export function followBackKey(closeForm: () => boolean): void {
  addEventListener("popstate", () => {
    // A link that is opened in the open app is a step forward, with its code after the #.
    if (isWithin() || location.hash !== "") return;
    if (closeForm() || closePage()) history.forward();
    else history.back();
  });
}
