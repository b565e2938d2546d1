// What the browser answers when it is asked to keep the store, and how long the home screen says so.

import assert from 'node:assert/strict';

import { button, press, setUp } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

const REFUSED = 'The browser may clear saved records when space is short.';

/** From the next page on the browser answers like this. */
async function answers(browser, kept) {
  await browser.context.addInitScript((answer) => {
    globalThis.asked = 0;
    // A page without an origin has no store.
    if (globalThis.StorageManager === undefined) return;
    StorageManager.prototype.persisted = () => Promise.resolve(answer);
    StorageManager.prototype.persist = () => ((globalThis.asked += 1), Promise.resolve(answer));
  }, kept);
}

/** Whether the phone's settings hold that it was read. */
function isRead(page) {
  return page.evaluate(async () => {
    const ask = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const db = await ask(indexedDB.open('rounds'));
    const { unkeptRead } = await ask(db.transaction('state').objectStore('state').get('settings'));
    db.close();
    return unkeptRead;
  });
}

scenario('a browser that does not promise to keep the store is told of on the home screen until that was read', 'fresh', async ({ phone }) => {
  const browser = await phone();
  await answers(browser, false);
  let page = await setUp(browser);
  const told = page.getByRole('main').getByText(REFUSED);
  // One thing at a time.
  await button(page, 'Start shift').waitFor();
  assert.equal(await told.count(), 0);
  await press(page, 'Not now');
  await told.waitFor();
  assert.deepEqual(await browser.axe(page), []);
  page = await browser.go('/');
  await told.waitFor();
  // Asked again it still says no, and that goes on being said.
  await press(page, 'Ask the browser to keep it');
  await page.waitForFunction(() => globalThis.asked === 1);
  assert.ok(await told.isVisible());
  await press(page, 'Close');
  await told.waitFor({ state: 'hidden' });
  await holds(async () => assert.equal(await isRead(page), true));
  page = await browser.go('/');
  await button(page, 'Start shift').waitFor();
  assert.equal(await told.count(), 0, 'once it was read');
  await press(page, 'Me');
  await page.getByText(REFUSED).waitFor();
});

scenario('a browser that promises to keep the store is told of under Me alone', 'fresh', async ({ phone }) => {
  const browser = await phone();
  await answers(browser, true);
  const page = await setUp(browser);
  await press(page, 'Not now');
  await button(page, 'Not now').waitFor({ state: 'hidden' });
  assert.equal(await page.getByText(REFUSED).count(), 0);
  await press(page, 'Me');
  await page.getByText('The browser promises to keep what you save.').waitFor();
});
