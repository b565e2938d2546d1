// What may be on the phone: the app's own list of its stores, and names and keys of what a page's origin really keeps.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { ROOT } from '../paths.mjs';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Kinds of keys that the list has names for. */
const KEYS = {
  uuid: (key) => UUID.test(key),
  'worker|date': (key) => Array.isArray(key) && UUID.test(key[0]) && DAY.test(key[1]),
  'worker|random': (key) => Array.isArray(key) && key.length === 2 && UUID.test(key[0]) && !/\d{10}/.test(key[1]),
};

/** Whether a key is listed: by its kind, by its name, or by a name for each worker. */
function isListed(listed, key) {
  if (!Array.isArray(listed)) return KEYS[listed]?.(key) ?? false;
  return listed.some((name) => name === key || (name.endsWith(':worker') && key.startsWith(name.slice(0, -6)) && UUID.test(key.slice(name.length - 6))));
}

/** The module in which the app lists its stores, as the app has it. */
async function schema() {
  const pwa = path.join(ROOT, 'pwa');
  const typescript = createRequire(path.join(pwa, 'package.json'))('typescript');
  const source = await readFile(path.join(pwa, 'src', 'store', 'schema.ts'), 'utf8');
  const { outputText } = typescript.transpileModule(source, { compilerOptions: { module: 'esnext', target: 'es2022' } });
  return import(`data:text/javascript,${encodeURIComponent(outputText)}`);
}

/** Names and keys of everything that the page's origin keeps. Runs in the page. */
async function kept() {
  const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: () => reject(it.error) }));
  const databases = {};
  for (const { name } of await indexedDB.databases()) {
    const open = await request(indexedDB.open(name));
    databases[name] = {};
    for (const store of open.objectStoreNames) databases[name][store] = await request(open.transaction(store).objectStore(store).getAllKeys());
    open.close();
  }
  const folders = [];
  for await (const [name] of await navigator.storage.getDirectory()) folders.push(name);
  return { databases, caches: await caches.keys(), others: [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...folders] };
}

/** What of the origin's stores is not on the list, one line each. */
export async function notListed(page) {
  const { DATABASE, STORES, OUTSIDE } = await schema();
  const { databases, caches, others } = await page.evaluate(kept);
  const lines = others.map((name) => `a store that holds ${name}`);
  for (const cache of caches) if (!OUTSIDE.caches.some((start) => cache.startsWith(start))) lines.push(`cache ${cache}`);
  for (const [name, stores] of Object.entries(databases)) {
    if (name !== DATABASE) lines.push(`database ${name}`);
    for (const [store, keys] of Object.entries(stores)) {
      const listed = STORES[store]?.keys;
      lines.push(...keys.filter((key) => !isListed(listed, key)).map((key) => `${name}/${store}: ${JSON.stringify(key)}`));
    }
  }
  for (const { name, path: at } of await page.context().cookies()) {
    if (!OUTSIDE.cookies.some((one) => one.name === name && one.path === at)) lines.push(`cookie ${name} of ${at}`);
  }
  return lines;
}
