// What this application is called here, and its version, for the screens.
import { APP } from "../sync/push";

/** The name that this deployment gives the app. It stands in the page's title, so that the name of another skin is nowhere in the app. */
export function appName(): string {
  return document.title;
}

/** Version, without the name. */
export const VERSION = APP.slice(APP.indexOf("/") + 1);
