// The version of this application, for the screens.
import { APP } from "../sync/push";

/** Version, without the name. */
export const VERSION = APP.slice(APP.indexOf("/") + 1);
