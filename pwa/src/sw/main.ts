// Service worker. It handles GET only, answers hashed assets from the cache and starts the app without a network.
// Deliberately absent: any handling of POST, and any caching of /api.
export {};
/** The skin stands in the first line of the worker where the deployment has chosen one. */
declare const self: ServiceWorkerGlobalScope & { readonly skin?: string };
declare const __PRECACHE__: readonly string[];
/** What the phone loads when it is asked for: paths without the slash before them. */
declare const __LATER__: readonly string[];
/** The phone's texts: language → address. */
declare const __TEXTS__: Readonly<Record<string, string>>;
declare const __VERSION__: string;

const PREFIX = "assets-";
/** Another skin is another version with a set of its own: one that is being put together must not touch the one in use. */
const CURRENT = PREFIX + __VERSION__ + (self.skin ?? "");

/** Languages that this phone uses: those of the sets that are there, whatever their version; at first the browser's own. */
async function languages(): Promise<string[]> {
  const sets = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const held = await Promise.all(sets.map(async (name) => (await caches.open(name)).keys()));
  const tags = held.flat().map(({ url }) => /\/assets\/text-phone-([a-z]+)-/u.exec(url)?.[1] ?? "");
  const used = [...new Set(tags)].filter((tag) => tag in __TEXTS__);
  const own = self.navigator.language.split("-")[0] ?? "";
  return used.length > 0 ? used : [own in __TEXTS__ ? own : "en"];
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url, { cache: url.startsWith("/assets/") ? "default" : "reload", redirect: "error" });
  if (!response.ok) throw new Error("precache");
  return response;
}

/** Fetches everything or fails the install: a half-filled cache must never become the app. */
async function precache(): Promise<void> {
  const texts = (await languages()).map((tag) => __TEXTS__[tag] ?? "");
  const later = __LATER__.map((path) => `/${path}`);
  const responses = await Promise.all([...__PRECACHE__, ...texts, ...later].map(async (url) => [url, await fetched(url)] as const));
  const cache = await caches.open(CURRENT);
  try {
    for (const [url, response] of responses) await cache.put(url, response);
  } catch (error) {
    await caches.delete(CURRENT);
    throw error;
  }
}

/** Holds the texts of a language from now on, in this version and, through `languages`, in every later one. */
async function keep(url: string): Promise<void> {
  const cache = await caches.open(CURRENT);
  if ((await cache.match(url)) === undefined) await cache.put(url, await fetched(url));
}

/** Keeps this version's set and the one before it: pages of the last version may still ask for their chunks. */
async function prune(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const older = names.filter((name) => name !== CURRENT);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
}

async function fromCache(url: string): Promise<Response | undefined> {
  const cache = await caches.open(CURRENT);
  return (await cache.match(url)) ?? (await caches.match(url));
}

/** The console follows the server's version; the phone starts from the cache, network or not. */
async function page(request: Request, path: string): Promise<Response> {
  const shell = path.startsWith("/canary/") ? "/canary/index.html" : "/index.html";
  if (path.startsWith("/console")) {
    try {
      return await fetch(request);
    } catch {
      return (await fromCache(shell)) ?? Response.error();
    }
  }
  return (await fromCache(shell)) ?? fetch(request);
}

async function asset(request: Request, path: string): Promise<Response> {
  if (Object.values(__TEXTS__).includes(path)) await keep(path).catch(() => undefined);
  return (await fromCache(path)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(precache()));
self.addEventListener("activate", (event) => event.waitUntil(prune().then(() => self.clients.claim())));
self.addEventListener("message", (event) => {
  // The page sends this after consent and only while no form is open.
  if (event.data === "activate") void self.skipWaiting();
  // And this with the language that it speaks: a page that was there before its worker has fetched the texts past it.
  const { speaks } = event.data as { speaks?: string };
  const texts = speaks === undefined ? undefined : __TEXTS__[speaks];
  if (texts !== undefined) event.waitUntil(keep(texts).catch(() => undefined));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(page(request, url.pathname));
  else if (url.pathname.startsWith("/assets/") || __PRECACHE__.includes(url.pathname)) event.respondWith(asset(request, url.pathname));
});
