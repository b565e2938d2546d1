// What a PIN needs on the screen, in one piece that is loaded only where there is one or one is being set.
export { Discard } from "./Discard";
export { LockScreen } from "./LockScreen";
export { LockSettings } from "./LockSettings";
export { ShiftList } from "./ShiftList";
