// Cold start of the phone: read the store, look at the canary when there is none, and draw.
import { readFragment } from "../domain/link";
import { lang } from "../i18n/catalogue";
import { authors } from "../store/authors";
import * as store from "../store/device";
import { tick } from "./clock";
import { startEngine } from "./engine";
import { quickExit } from "./exit";
import { speakFirst } from "./language";
import { expireList } from "./list";
import { arm } from "./lock";
import { lookAtParked } from "./parked";
import { refresh } from "./refresh";
import { lookAtRoom } from "./room";
import { closeForgotten } from "./shift";
import * as state from "./state";

/** After the page's load event, so that nothing interrupts the loading itself. */
async function loaded(): Promise<void> {
  if (document.readyState === "complete") return;
  await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

/** A phone without a store asks the canary page whether it had one. Answers whether the page is leaving. */
async function askCanary(): Promise<boolean> {
  const { canary } = state.link.value;
  if (canary === undefined) {
    await loaded();
    location.replace(`/canary/index.html${location.hash}`);
    return true;
  }
  if (canary !== "none") state.lostStore.value = { unsent: canary.unsent };
  return false;
}

/** Reads this phone's own things and starts the engine. */
export async function begin(): Promise<void> {
  const [device, catalogue, place, own, people] = await Promise.all([store.device(), store.catalogue(), store.place(), store.own(), authors()]);
  if (device === undefined) return;
  state.device.value = device;
  state.catalogue.value = catalogue;
  state.place.value = place;
  state.own.value = own;
  state.people.value = people;
  tick();
  await Promise.all([refresh(), arm(device.author)]);
  state.phase.value = state.inUse();
  const look = (): void => void closeForgotten().then(expireList).then(lookAtParked);
  startEngine({ look, exit: quickExit });
  look();
}

/** Takes what the address brought; the address itself is cleared, so that no code stays in the history. */
function takeLink(): void {
  // Also one that was opened while the phone was starting.
  if (location.hash !== "") state.link.value = readFragment(location.hash.slice(1));
  const enrolled = state.device.value !== undefined;
  const unused = enrolled && state.link.value.code !== undefined;
  if (unused && state.phase.value === "wiped") state.phase.value = "enrol";
  else state.linkUnused.value = unused;
  if (location.hash !== "") history.replaceState(history.state, "", "/");
}

/** A link that is opened in a page that is open already changes nothing but the fragment. */
function followLinks(): void {
  addEventListener("hashchange", () => {
    if (location.hash !== "") takeLink();
  });
}

/** Starts the phone. */
export async function start(): Promise<void> {
  state.link.value = readFragment(location.hash.slice(1));
  const settings = await store.settings().catch(() => undefined);
  await speakFirst(settings?.lang);
  state.settings.value = settings ?? { ...state.settings.value, lang: lang.value };
  try {
    await begin();
  } catch {
    state.phase.value = "no_store";
    return;
  }
  if (state.device.value === undefined) {
    if (await askCanary()) return;
    state.phase.value = "enrol";
  }
  takeLink();
  followLinks();
  if ("persisted" in navigator.storage) state.persisted.value = await navigator.storage.persisted();
  await lookAtRoom().catch(() => undefined);
}
