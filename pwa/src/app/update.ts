// Registers the service worker and lets a new version in only after consent, and never over an open form.
import { effect } from "@preact/signals";
import { lang } from "../i18n/catalogue";
import { policy } from "./trusted";
import { draftIsOpen, updateReady } from "./state";

let waiting: ServiceWorker | undefined;
let asked = false;

/** Every version of the worker that is there must hold the language in use, or the next start without a network has no words. */
function followLanguage(registration: ServiceWorkerRegistration): void {
  const tell = (speaks: string): void => {
    for (const worker of [registration.active, registration.waiting, registration.installing]) worker?.postMessage({ speaks });
  };
  effect(() => tell(lang.value));
  registration.addEventListener("updatefound", () => tell(lang.value));
}

function watch(worker: ServiceWorker | null): void {
  if (worker === null) return;
  const look = (): void => {
    if (worker.state !== "installed" || navigator.serviceWorker.controller === null) return;
    waiting = worker;
    updateReady.value = true;
  };
  worker.addEventListener("statechange", look);
  look();
}

/** Registers the worker and watches for new versions. */
export async function registerWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (asked && !draftIsOpen.value) location.reload();
  });
  const registration = await navigator.serviceWorker.register(policy.createScriptURL("/sw.js"), { updateViaCache: "none" });
  followLanguage(registration);
  watch(registration.waiting);
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
}

/** The worker said yes: the new version takes over and the page starts again. */
export function acceptUpdate(): void {
  if (draftIsOpen.value) return;
  asked = true;
  waiting?.postMessage("activate");
}
