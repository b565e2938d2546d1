// Putting the app on the home screen: what the browser offers is held until somebody taps; on iPhones only words and pictures help.
import { signal } from "@preact/signals";
import { askToPersist } from "./enrolment";

/** The browser's own offer, which some browsers make once they find that the app can be installed. */
interface InstallEvent extends Event {
  prompt: () => Promise<unknown>;
}

/** How this browser can put the app on the home screen: it asks by itself, the person does it in the browser's menu, or not at all. */
export type InstallWay = "ask" | "ios" | undefined;

let offer: InstallEvent | undefined;

/** The way that holds now. */
export const installWay = signal<InstallWay>(undefined);

/** Whether the app was opened from the home screen. */
function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true;
}

/** An iPad says that it is a Mac, but one that is touched. */
function isIos(): boolean {
  return /iPhone|iPad/u.test(navigator.userAgent) || (/Macintosh/u.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
}

/** Watches for the browser's offer. To be called before the page is drawn: the offer comes once. */
export function watchInstall(): void {
  if (isInstalled()) return;
  if (isIos()) {
    installWay.value = "ios";
    return;
  }
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event as InstallEvent;
    installWay.value = "ask";
  });
  addEventListener("appinstalled", () => {
    offer = undefined;
    installWay.value = undefined;
    // An installed app is trusted more.
    void askToPersist().catch(() => undefined);
  });
}

/** Lets the browser ask. An offer can be used once; the browser makes another when it was declined. */
export async function install(): Promise<void> {
  const held = offer;
  offer = undefined;
  installWay.value = undefined;
  await held?.prompt();
}
