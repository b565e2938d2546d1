// Name and version of this application, for the screens.
export { APP } from "../sync/push";
