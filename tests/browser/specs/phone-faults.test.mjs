// What the phone does when its own ground gives way: a wrong server, no room, a dead database connection, a cleared store.

import assert from 'node:assert/strict';

import { Browser, PHONE } from '../lib/browser.mjs';
import { button, contact, enrol, openPad, press, queueSays, save } from '../lib/phone.mjs';
import { newVersion, relay } from '../lib/relay.mjs';
import { scenario } from '../lib/scenario.mjs';

/** Types a code and digits into the enrolment form. */
async function type(page, code, digits) {
  await page.getByLabel('Code').fill(code);
  await page.getByLabel('Six digits').fill(digits);
  await press(page, 'Set up');
}

/** A code as somebody might write it down: small letters, and the look-alikes O and L. */
function scribbled(code) {
  return code.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase();
}

scenario('a typed code is forgiven its look-alikes, wrong digits are not', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  browser.expect(/status of 40\d/);
  const page = await browser.go('/');
  const { code, digits } = server.enrol;
  await type(page, code, digits === '000000' ? '000001' : '000000');
  await page.getByText('The code or the digits are not right').waitFor();
  await type(page, scribbled(code), digits);
  await button(page, 'Start').waitFor();
});

scenario("a link that pins another programme's key enrols nothing", 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const { code, digits } = server.enrol;
  const page = await browser.go(`/#${code.replaceAll('-', '')}.AAAAAAAAAAAAAAAAAAAAAA`);
  await page.getByLabel('Six digits').fill(digits);
  await press(page, 'Set up');
  await page.getByText('This server is not the one of the link.').waitFor();
  assert.equal(await page.evaluate(() => location.hash), '', 'the code is not left in the address');
  await browser.go('/');
  await page.getByLabel('Six digits').waitFor();
});

scenario('a full phone says that nothing was saved, and keeps the form', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    globalThis.full = true;
    IDBObjectStore.prototype.add = function (...given) {
      const request = add.apply(this, given);
      if (!globalThis.full) return request;
      // As the browser does it: the request is made, and the transaction ends for want of room.
      const { transaction } = this;
      Object.defineProperty(transaction, 'error', { value: new DOMException('no room', 'QuotaExceededError') });
      request.addEventListener('success', () => transaction.abort());
      return request;
    };
  });
  await openPad(page);
  await press(page, 'Man, 25–34');
  await press(page, 'Save');
  await page.getByText('Not saved: this phone is full.').waitFor();
  assert.equal(await page.getByText('Saved', { exact: true }).count(), 0);
  await page.evaluate(() => (globalThis.full = false));
  await save(page);
  await queueSays(page, '2 of 2 received');
});

scenario('a database connection that died is opened again, and the tap is not lost', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await openPad(page);
  await press(page, 'Woman, 35–49');
  await page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype;
    const dead = new WeakSet();
    let first = true;
    IDBDatabase.prototype.transaction = function (...given) {
      if (first) dead.add(this);
      first = false;
      if (dead.has(this)) throw new DOMException('The database connection is closing.', 'InvalidStateError');
      return transaction.apply(this, given);
    };
  });
  await save(page);
  await queueSays(page, '2 of 2 received');
});

scenario('a cleared store is said on the next start', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  let page = await enrol(browser);
  await contact(page);
  await queueSays(page, '2 of 2 received');
  await server.kill();
  await contact(page, { syringes: 10 });
  await queueSays(page, '2 of 3 received, 1 waiting');
  await page.goto('about:blank');
  const session = await browser.context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: server.address, storageTypes: 'indexeddb' });
  await server.start();
  page = await browser.go('/');
  await page.getByText("This phone's storage was cleared.").waitFor();
  await page.getByText('1 saved record had not been received.').waitFor();
});

scenario('a link opened in the open app fills the form, and on a phone in use changes nothing', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const page = await browser.go('/');
  await page.getByLabel('Six digits').waitFor();
  await page.evaluate((hash) => (location.hash = hash), new URL(server.enrol.link).hash);
  await page.getByLabel('Code from the link').waitFor();
  await enrol(browser);
  await page.evaluate((hash) => (location.hash = hash), new URL(server.enrol.link).hash);
  await page.getByText('This phone is already set up.').waitFor();
  assert.equal(await page.evaluate(() => location.hash), '');
});

scenario('a new version waits for consent and never replaces an open form', 'fresh', async ({ server }) => {
  const between = await relay(server);
  const browser = await Browser.open(between, { size: PHONE });
  try {
    const page = await enrol(browser);
    await page.evaluate(() => (globalThis.samePage = true));
    await openPad(page);
    await press(page, 'Man, 25–34');
    between.update();
    await newVersion(page);
    await press(page, 'Syringe 1 ml: 10');
    await save(page);
    await queueSays(page, '2 of 2 received');
    assert.ok(await page.evaluate(() => globalThis.samePage), 'the page is the one that was open');
    await press(page, 'Use it now');
    await page.waitForFunction(() => globalThis.samePage === undefined);
    await queueSays(page, '2 of 2 received');
    assert.deepEqual(browser.problems, []);
  } finally {
    await browser.remove();
    between.close();
  }
});
