// The queue against what a network, a browser and a server do to it: whatever happens, each saved contact ends on the server once.

import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import path from 'node:path';

import { Browser, PHONE } from '../lib/browser.mjs';
import { login, open, settled } from '../lib/console.mjs';
import { button, contact, enrol, openPad, press, queueSays, save, syncEnded } from '../lib/phone.mjs';
import { newVersion, relay } from '../lib/relay.mjs';
import { scenario } from '../lib/scenario.mjs';
import { recordsOf, staff } from '../lib/staff.mjs';
import { holds } from '../lib/wait.mjs';

const PUSH = '**/api/v1/sync/push';
const DAY_MS = 86_400_000;
/** Kills around a save in one run. */
const KILLS = Number(process.env.ROUNDS_KILLS ?? '8');
/** A save with what leads to it takes a few hundredths of a second. */
const KILL_WITHIN_MS = 200;

/** "Sync now", and back to the home screen once it has ended. */
async function syncNow(page) {
  await press(page, 'Me');
  await press(page, 'Sync now');
  await page.getByRole('button', { name: 'Sync now', exact: true, disabled: false }).waitFor();
  await press(page, 'Today');
}

/** The codes that the server answers from now on, as they come. */
function answers(page) {
  const codes = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('/sync/push')) codes.push(...(await response.json()).results.map((one) => one.code));
  });
  return codes;
}

/** How many live contacts the server has. */
async function contactsOn(server) {
  return (await recordsOf(await staff(server, 'supervisor'), 'contact')).length;
}

/** Some contacts in a row, no two alike. */
async function contacts(page, count) {
  for (let n = 0; n < count; n += 1) await contact(page, { syringes: n % 2 === 0 ? 5 : 10 });
}

/** What the phone's database holds: ops, the next number, contacts in the sums of all days. */
function held(page) {
  return page.evaluate(async () => {
    const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: () => reject(it.error) }));
    const db = await request(indexedDB.open('rounds'));
    const all = (name, query) => request(query(db.transaction(name).objectStore(name)));
    const ops = await all('ops', (store) => store.getAll());
    const counter = await all('contract', (store) => store.get('counter'));
    const days = await all('days', (store) => store.getAll());
    db.close();
    return { ops: ops.length, next: counter, contacts: days.reduce((sum, { sums }) => sum + sums.contacts, 0) };
  });
}

scenario('a reply that is lost after the commit is made up for by a duplicate', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  const codes = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('/sync/push')) codes.push(...(await response.json()).results.map((one) => one.code));
  });
  const lost = new Promise((resolve) => {
    void browser.context.route(PUSH, async (route) => {
      await route.fetch();
      await route.abort();
      resolve();
    });
  });
  await contact(page);
  await lost;
  await syncEnded(page);
  await queueSays(page, '1 of 2 received, 1 waiting');
  assert.equal(await contactsOn(server), 1, 'it was committed');
  await browser.context.unroute(PUSH);
  await syncNow(page);
  await queueSays(page, '2 of 2 received');
  assert.deepEqual([await contactsOn(server), codes], [1, ['duplicate']]);
});

scenario('what waits is sent by one of two tabs, and by the other not again', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const first = await enrol(browser);
  const second = await browser.tab('/');
  await browser.offline();
  await contacts(first, 2);
  await second.bringToFront();
  await contacts(second, 2);
  await queueSays(second, '1 of 5 received, 4 waiting');
  const sent = [];
  browser.context.on('request', (request) => {
    if (request.url().endsWith('/sync/push')) sent.push(...request.postDataJSON().ops.map((op) => op.hdr));
  });
  await browser.offline(false);
  await Promise.all([first, second].map((page) => page.evaluate(() => dispatchEvent(new Event('online')))));
  await queueSays(second, '5 of 5 received');
  await syncEnded(second);
  assert.deepEqual([sent.length, new Set(sent).size, await contactsOn(server)], [4, 4, 4]);
});

scenario('a redirect, the JSON of somebody else and an answer to another batch acknowledge nothing', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  browser.expect(/status of 30\d|redirect/i);
  const page = await enrol(browser);
  const json = (body) => ({ status: 200, contentType: 'application/json', headers: { 'x-sync': '1' }, body: JSON.stringify(body) });
  const portals = [
    { status: 302, headers: { location: '/index.html' } },
    json({ ok: true, results: [] }),
    json({ proto: 1, batch: '00000000-0000-4000-8000-000000000000', epoch: 'e', seen: '', server_time: '', results: [{ op: null, code: 'accepted' }], backup_watermark: 0, missing: [] }),
  ];
  await browser.offline();
  await contact(page);
  for (const portal of portals) {
    await browser.context.route(PUSH, (route) => route.fulfill(portal));
    await browser.offline(false);
    const asked = page.waitForRequest(PUSH);
    await syncNow(page);
    await asked;
    await queueSays(page, '1 of 2 received, 1 waiting');
    await browser.context.unroute(PUSH);
  }
  assert.equal(await contactsOn(server), 0);
  await syncNow(page);
  await queueSays(page, '2 of 2 received');
  assert.equal(await contactsOn(server), 1);
});

scenario('half a reply acknowledges nothing', 'fresh', async ({ server }) => {
  const between = await relay(server);
  const browser = await Browser.open(between, { size: PHONE });
  try {
    const page = await enrol(browser);
    const cut = between.cutAnswers();
    await contact(page);
    await cut;
    await syncEnded(page);
    await queueSays(page, '1 of 2 received, 1 waiting');
    between.mend();
    await syncNow(page);
    await queueSays(page, '2 of 2 received');
    assert.equal(await contactsOn(server), 1);
  } finally {
    await browser.remove();
    between.close();
  }
});

scenario('after six weeks without a network capture and push work, whatever has expired', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const now = Date.now();
  await browser.context.clock.install({ time: now - 42 * DAY_MS });
  const page = await enrol(browser);
  await contact(page);
  await queueSays(page, '2 of 2 received');
  await browser.offline();
  for (const weeks of [1, 3, 6]) {
    await browser.context.clock.setSystemTime(now - (42 - weeks * 7) * DAY_MS);
    await browser.go('/');
    // The shift was forgotten, and has ended by itself.
    await press(page, 'Start shift');
    await contact(page);
  }
  // A token lasts ten minutes: every one from before is long expired.
  await browser.offline(false);
  const pulled = page.waitForResponse((response) => response.url().includes('/sync/pull') && response.ok());
  await syncNow(page);
  await pulled;
  const { ops } = await held(page);
  await queueSays(page, '2 of 2 received');
  assert.equal(await contactsOn(server), 4);
  assert.ok(ops >= 8, 'what was received stays on the phone');
});

scenario('an update with a full queue and an open form loses neither', 'fresh', async ({ server }) => {
  const between = await relay(server);
  const browser = await Browser.open(between, { size: PHONE });
  try {
    const page = await enrol(browser);
    await browser.context.route(PUSH, (route) => route.abort());
    await contacts(page, 4);
    await openPad(page);
    await press(page, 'Man, 25–34');
    between.update();
    await newVersion(page);
    await button(page, 'Man, 25–34').and(page.locator('[aria-pressed="true"]')).waitFor();
    await save(page);
    await queueSays(page, '1 of 6 received, 5 waiting');
    await page.evaluate(() => (globalThis.samePage = true));
    await press(page, 'Use it now');
    await page.waitForFunction(() => globalThis.samePage === undefined);
    await queueSays(page, '1 of 6 received, 5 waiting');
    await browser.context.unroute(PUSH);
    await syncNow(page);
    await queueSays(page, '6 of 6 received');
    assert.equal(await contactsOn(server), 5);
  } finally {
    await browser.remove();
    between.close();
  }
});

scenario('a store that the browser cleared is said on the next start, and the gap is on the board', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  let page = await enrol(browser);
  // More than go at once: with the first of them the server hears how far the numbers go.
  await browser.offline();
  await contacts(page, 27);
  // A page that has just opened begins with 25.
  page = await browser.go('/');
  await queueSays(page, '1 of 28 received, 27 waiting');
  // A try that is under way without a network is none of those that count.
  let isOnline = false;
  let pushes = 0;
  await browser.context.route(PUSH, (route) => (isOnline && (pushes += 1) === 1 ? route.continue() : route.abort()));
  isOnline = true;
  await browser.offline(false);
  await queueSays(page, '26 of 28 received, 2 waiting');
  await page.goto('about:blank');
  const session = await browser.context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: server.address, storageTypes: 'indexeddb' });
  page = await browser.go('/');
  await page.getByText("This phone's storage was cleared.").waitFor();
  await page.getByText('2 saved records had not been received.').waitFor();
  const ask = await staff(server, 'supervisor');
  const board = await ask('board');
  assert.match(JSON.stringify(board), /"missing":\[\[27,28\]\]/);
});

/** Has the page report, as soon as it says so, that a contact is saved; answers whether it did. */
async function listening(page) {
  let said = false;
  page.on('console', (message) => (said ||= message.text() === 'it says: Saved'));
  await page.evaluate(() => {
    new MutationObserver(() => {
      if ([...document.querySelectorAll('main *, [role="status"] *')].some((one) => one.textContent === 'Saved')) console.debug('it says: Saved');
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => said;
}

scenario('a browser that is killed around a save has saved it whole or not at all', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  let page = await enrol(browser);
  await browser.offline();
  let before = 0;
  const outcomes = { whole: 0, none: 0, said: 0 };
  for (let n = 0; n < KILLS; n += 1) {
    await openPad(page);
    await press(page, 'Woman, 35–49');
    await press(page, `Syringe 1 ml: ${n % 2 === 0 ? 5 : 10}`);
    const [said, end] = [await listening(page), await browser.killer()];
    void button(page, 'Save').evaluate((one) => one.click()).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * KILL_WITHIN_MS));
    const promised = said();
    await end();
    await browser.reopen();
    await browser.offline();
    page = await browser.go('/');
    await page.getByTestId('queue').waitFor();
    const { ops, next, contacts: counted } = await held(page);
    // The shift's start is the first op.
    assert.deepEqual([next - 1, counted + 1], [ops, ops], 'op, number and sums go together');
    assert.ok(counted === before || counted === before + 1, `${counted} contacts after ${before} and one tap`);
    if (promised) assert.equal(counted, before + 1, 'what was called saved is saved');
    outcomes[counted > before ? 'whole' : 'none'] += 1;
    outcomes.said += promised ? 1 : 0;
    before = counted;
  }
  console.log(`after a kill: ${JSON.stringify(outcomes)}`);
  await browser.offline(false);
  await syncNow(page);
  await queueSays(page, `${before + 1} of ${before + 1} received`);
  assert.equal(await contactsOn(server), before);
});

scenario('a browser that is killed with a full queue still has it, without a network too', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  let page = await enrol(browser);
  await browser.offline();
  await contacts(page, 5);
  await browser.kill();
  await browser.reopen();
  await browser.offline();
  page = await browser.go('/');
  await queueSays(page, '1 of 6 received, 5 waiting');
  await browser.offline(false);
  await syncNow(page);
  await queueSays(page, '6 of 6 received');
  assert.equal(await contactsOn(server), 5);
});

scenario('a server that was put back to an older copy gets again what it lost, without a tap on the pad', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await contact(page, { syringes: 20 });
  await queueSays(page, '2 of 2 received');
  await server.stop();
  const older = path.join(server.home, 'older');
  await cp(path.join(server.home, 'var'), older, { recursive: true });
  await server.start();
  await contacts(page, 3);
  await queueSays(page, '5 of 5 received');
  await syncEnded(page);
  await server.stop();
  await cp(older, path.join(server.home, 'var'), { recursive: true });
  await server.start();
  assert.equal(await contactsOn(server), 1);
  await press(page, 'Me');
  await press(page, 'Sync now');
  // It hears that the numbers went back, and a moment later lets the server see what it saw.
  await page.waitForResponse(async (response) => response.url().endsWith('/sync/push') && (await response.json()).results.length > 0);
  await press(page, 'Today');
  await queueSays(page, '5 of 5 received');
  await syncEnded(page);
  assert.equal(await contactsOn(server), 4);
  assert.match(await server.cli('verify'), /./);
});

scenario('a phone that the administrator asks offers again all it holds, and nothing counts twice', 'fresh', async ({ server, phone, desk }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await contacts(page, 2);
  await queueSays(page, '3 of 3 received');
  await syncEnded(page);
  const board = await login(await desk(), server.login('administrator'));
  const ask = async () => {
    await open(board, 'Phones');
    await press(board, 'Ask the phone to send everything again: kim');
    await board.getByText('Asked. At its next contact the phone of kim sends everything that it still has.').waitFor();
    await press(board, 'Refresh');
    await settled(board);
    assert.equal(await board.getByText('has been in contact since').count(), 0, 'not before it was');
  };
  const isHeard = async () => {
    await press(board, 'Refresh');
    await board.getByText('The phone of kim has been in contact since it was asked').waitFor();
  };

  // It hears so by a pull, with nothing of its own to send.
  const codes = answers(page);
  await ask();
  await syncNow(page);
  await holds(() => assert.deepEqual(codes, ['duplicate', 'duplicate', 'duplicate']));
  await syncEnded(page);
  await queueSays(page, '3 of 3 received');
  assert.equal(await contactsOn(server), 2);
  await isHeard();

  // Once for each time that it is asked, after a start too; the next time by the answer to what it has just saved.
  await browser.go('/');
  await syncNow(page);
  await syncEnded(page);
  assert.equal(codes.length, 3);
  await ask();
  await contact(page, { syringes: 20 });
  await holds(() => assert.deepEqual(codes.slice(3), ['accepted', 'duplicate', 'duplicate', 'duplicate']));
  await queueSays(page, '4 of 4 received');
  assert.equal(await contactsOn(server), 3);
  await isHeard();
  await open(board, 'Audit');
  assert.equal(await board.getByText('phone asked to send everything again').count(), 2);
  assert.match(await server.cli('verify'), /./);
});

scenario('without its service worker and caches the app comes from the server, and the queue is there', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  let page = await enrol(browser);
  await browser.context.route(PUSH, (route) => route.abort());
  await contacts(page, 2);
  await page.goto('about:blank');
  const session = await browser.context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: server.address, storageTypes: 'service_workers,cache_storage' });
  page = await browser.go('/');
  assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
  await queueSays(page, '1 of 3 received, 2 waiting');
  await browser.context.unroute(PUSH);
  await syncNow(page);
  await queueSays(page, '3 of 3 received');
  await browser.controlled(page);
  await browser.offline();
  page = await browser.go('/');
  await queueSays(page, '3 of 3 received');
  assert.equal(await contactsOn(server), 2);
});
