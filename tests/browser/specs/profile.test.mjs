// Whoever takes the phone: what its browser's profile holds on disk after contacts with codes, and under which names.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { pieces } from '../lib/forensic/pieces.mjs';
import { runs } from '../lib/forensic/runs.mjs';
import { ROOT } from '../lib/paths.mjs';
import { contact, enrol, queueSays, typicalContact } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

const CODES = ['QUINCEY-9417-zebra', 'Ötzi-Mornington-77', 'blackbird 20260630'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// Every name that the app may keep something under.
const ALLOWED = {
  rounds: {
    self: (key) => ['device', 'pending'].includes(key),
    contract: (key) => ['catalogue', 'sealing', 'counter'].includes(key),
    ops: (key) => UUID.test(key),
    days: (key) => Array.isArray(key) && UUID.test(key[0]) && /^\d{4}-\d{2}-\d{2}$/.test(key[1]),
    list: (key) => Array.isArray(key) && UUID.test(key[0]),
    state: (key) => ['sync', 'place', 'settings', 'shift', 'slips', 'own'].includes(key) || UUID.test(key.replace(/^pin:/, '')),
  },
};

/** Names and keys of everything that the page's origin keeps. */
function inventory(page) {
  return page.evaluate(async () => {
    const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: () => reject(it.error) }));
    const databases = {};
    for (const { name } of await indexedDB.databases()) {
      const open = await request(indexedDB.open(name));
      databases[name] = {};
      for (const store of open.objectStoreNames) databases[name][store] = await request(open.transaction(store).objectStore(store).getAllKeys());
      open.close();
    }
    const local = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    return { databases, caches: await caches.keys(), local };
  });
}

/** Keeps, in the page's memory, the plaintext of whatever it seals. */
function eavesdrop() {
  const { encrypt } = SubtleCrypto.prototype;
  globalThis.sealed = [];
  SubtleCrypto.prototype.encrypt = function (algorithm, key, data) {
    globalThis.sealed.push(new TextDecoder().decode(data));
    return encrypt.call(this, algorithm, key, data);
  };
}

/** Text that is no secret: the app itself and the programme's catalogue. */
async function published(browser) {
  const dist = path.join(ROOT, 'pwa', 'dist');
  const names = await readdir(dist, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !/\.(?:br|gz|png)$/.test(entry.name));
  const texts = await Promise.all(files.map((entry) => readFile(path.join(entry.parentPath ?? entry.path, entry.name), 'utf8')));
  const before = await pieces(browser.profile);
  return (run) => texts.some((text) => text.includes(run)) || before.some(({ bytes }) => bytes.includes(run) || bytes.includes(Buffer.from(run, 'utf16le')));
}

scenario('the profile on disk holds nothing of a sealed contact', 'fresh', async ({ phone }) => {
  const browser = await phone();
  let page = await enrol(browser);
  // Closed once, so that what enrolment writes down (ids, catalogue, place) is there before the secrets are.
  await browser.reopen();
  await browser.context.addInitScript(eavesdrop);
  page = await browser.go('/');
  const isPublic = await published(browser);
  for (const [n, code] of CODES.entries()) await contact(page, { code, syringes: [5, 10, 20][n] });
  await typicalContact(page);
  await queueSays(page, '5 of 5 received');

  const { databases, caches, local } = await inventory(page);
  assert.deepEqual(local, []);
  assert.ok(caches.every((name) => name.startsWith('assets-')), caches.join());
  for (const [name, stores] of Object.entries(databases)) {
    for (const [store, keys] of Object.entries(stores)) {
      const allowed = ALLOWED[name]?.[store];
      assert.ok(allowed, `a store that nobody allowed: ${name}/${store}`);
      assert.deepEqual(keys.filter((key) => !allowed(key)), [], `keys of ${name}/${store}`);
    }
  }
  assert.ok(databases.rounds.ops.length >= 4, 'the sealed ops are still there');
  const cookies = await browser.context.cookies();
  assert.deepEqual(cookies.map(({ name }) => name), ['canary']);

  const sealed = await page.evaluate(() => globalThis.sealed);
  assert.ok(CODES.every((code) => sealed.some((text) => text.includes(code))), 'the plaintexts were overheard');
  await browser.context.close();
  assert.deepEqual(runs([...sealed, ...CODES], await pieces(browser.profile), isPublic), []);

  // The search itself must find what is there: the same plaintext, planted in the open.
  await browser.reopen();
  page = await browser.go('/');
  await page.evaluate((text) => localStorage.setItem('planted', text), sealed[0]);
  await page.evaluate(async (text) => (await caches.open('planted')).put('/x', new Response(text)), sealed[1]);
  await browser.context.close();
  const planted = runs(sealed.slice(0, 2), await pieces(browser.profile), isPublic).join('\n');
  assert.match(planted, new RegExp(CODES[0]));
  assert.match(planted, new RegExp(CODES[1]));
});
