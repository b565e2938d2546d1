// Setting, opening and looking at the lock, as a person does it.

import { button, press } from './phone.mjs';
import { staff } from './staff.mjs';

export const PIN = '704918';
export const SECOND = '385027';
export const OTHER = '916403';

/** Types digits on the page's keys. */
export async function type(page, digits, then) {
  for (const digit of digits) await press(page, digit);
  await press(page, then);
}

/** Sets a PIN, and a second one if told. */
export async function setPin(page, second, pin = PIN) {
  await press(page, 'Me');
  await press(page, 'Set a PIN');
  await type(page, pin, 'Next');
  await page.getByText('The same again').waitFor();
  await type(page, pin, 'Next');
  await page.getByText('The PIN is set.').waitFor();
  if (second === undefined) return;
  await press(page, 'Second PIN');
  await type(page, pin, 'Next');
  await page.getByText('For when somebody makes you').waitFor();
  await type(page, second, 'Next');
  await page.getByText('The same again').waitFor();
  await type(page, second, 'Next');
  await page.getByText('The second PIN is set.').waitFor();
}

export const lockScreen = (page) => page.getByText('Enter your PIN', { exact: true });
export const wrong = (page) => page.getByText('That is not right.', { exact: true });

export async function open(page, pin = PIN) {
  await type(page, pin, 'Open');
  await button(page, 'Contact').waitFor();
}

/** Does as if the page were left or seen again: a browser without a window is always seen. */
export function leave(page, hidden) {
  return page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (now ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** Everything that the app keeps in its database: store → key → value. */
export function keptAll(page) {
  return page.evaluate(async () => {
    const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: () => reject(it.error) }));
    const open = await request(indexedDB.open('rounds'));
    const found = {};
    for (const store of open.objectStoreNames) {
      const rows = open.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([request(rows.getAllKeys()), request(rows.getAll())]);
      found[store] = Object.fromEntries(keys.map((key, n) => [String(key), values[n]]));
    }
    open.close();
    return JSON.parse(JSON.stringify(found));
  });
}

/** What the phone keeps of the lock. */
export function kept(page) {
  return page.evaluate(async () => {
    const ask = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const db = await ask(indexedDB.open('rounds'));
    const stores = db.transaction(['state', 'list']);
    const names = (await ask(stores.objectStore('state').getAllKeys())).filter((key) => key.startsWith('pin:'));
    const row = names.length === 0 ? undefined : await ask(stores.objectStore('state').get(names[0]));
    const rows = await ask(stores.objectStore('list').count());
    db.close();
    return { rows, sizes: row && [row.salt.length, row.first.length, row.second.length], first: row && [...row.first].join() };
  });
}

/** The lines of the list, newest first, as somebody reads or hears them; times as they are. */
export async function lines(page, n) {
  const list = page.getByRole('region', { name: 'This shift' });
  await page.waitForFunction((many) => document.querySelectorAll('.list li').length === many, n);
  return n === 0 ? [] : (await list.locator('li').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** The five sums on the home screen. */
export const sums = (page) => page.locator('.sums .figure').allInnerTexts();

/** Watches what this browser's pages ask of the server's share from now on: the phone's token, the proof sent last, the share given last. */
export function watchShare(browser) {
  const seen = {};
  browser.context.on('response', async (answer) => {
    const request = answer.request();
    if (!new URL(answer.url()).pathname.startsWith('/api/v1/phone/share')) return;
    seen.bearer = request.headers().authorization;
    if (!answer.ok() || request.method() === 'DELETE') return;
    seen.proof = request.postDataJSON().proof;
    seen.share = (await answer.json()).share;
  });
  return seen;
}

/** Destroys the server's share of a phone, as the tenth wrong try does: that one comes after half an hour of waits. */
export async function destroyShare(server, { bearer }) {
  const answer = await fetch(`${server.address}/api/v1/phone/share`, { method: 'DELETE', headers: { authorization: bearer } });
  if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
}

/** Why the server destroyed shares so far, newest first: only the administrator can know it. */
export async function destroyed(server) {
  const { entries } = await (await staff(server, 'administrator'))('audit');
  return entries.filter(({ action }) => action === 'share.destroyed').map(({ reason }) => reason);
}
