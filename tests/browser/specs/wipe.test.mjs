// A phone that was taken out clears itself on contact, but for what it has to send.

import assert from 'node:assert/strict';

import { contact, enrol, press, queueSays } from '../lib/phone.mjs';
import { inviteTo } from '../lib/fresh.mjs';
import { scenario } from '../lib/scenario.mjs';

const PUSH = '**/api/v1/sync/push';

/** Everything that the app keeps in its database: store → key → value. */
function kept(page) {
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

/** From now on every genuine answer to a push tells the phone to clear itself. Returns how to end that. */
async function orderWipe(browser) {
  await browser.context.route(PUSH, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), commands: ['wipe'] } });
  });
  return () => browser.context.unroute(PUSH);
}

scenario('a phone that is told to clears itself, keeps its queue and sends it', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await contact(page);
  await queueSays(page, '2 of 2 received');
  await press(page, 'Me');
  await press(page, 'Dark');
  await browser.offline();
  await press(page, 'Today');
  for (const syringes of [10, 20]) await contact(page, { syringes });
  await queueSays(page, '2 of 4 received, 2 waiting');
  const before = await kept(page);

  // The first answer is the word; what follows is not answered, so that something still waits.
  let asked = 0;
  await browser.context.route(PUSH, async (route) => {
    asked += 1;
    if (asked > 1) return route.abort();
    const { ops, ...request } = route.request().postDataJSON();
    const results = ops.map(({ hdr }) => ({ op: JSON.parse(Buffer.from(hdr, 'base64url')).op, code: 'retry' }));
    const { epoch, seen } = before.state.sync;
    const json = { proto: 1, batch: request.batch, epoch, seen, server_time: new Date().toISOString(), results, backup_watermark: 0, missing: [], commands: ['wipe'] };
    return route.fulfill({ json, headers: { 'x-sync': '1' } });
  });
  browser.expect(/ERR_FAILED/);
  await browser.offline(false);
  await page.getByRole('heading', { name: 'This phone is no longer set up' }).waitFor();
  await page.getByText('2 records still wait on this phone.').waitFor();

  const after = await kept(page);
  assert.deepEqual(Object.keys(after.self), ['device']);
  assert.deepEqual(Object.keys(after.contract).sort(), ['counter', 'sealing']);
  assert.deepEqual(Object.keys(after.state).sort(), ['settings', 'sync']);
  assert.deepEqual(after.state.settings, { theme: 'dark', lang: 'en', hand: 'right' });
  const others = Object.entries(after).filter(([store]) => !['self', 'contract', 'state', 'ops'].includes(store));
  assert.deepEqual(others.flatMap(([, rows]) => Object.keys(rows)), [], 'no sums, no list');
  const sealed = (rows) => Object.values(rows.ops).map(({ hdr, ek, ct, dseq }) => ({ hdr, ek, ct, dseq }));
  assert.deepEqual(sealed(after), sealed(before), 'every sealed record is still there');

  await browser.context.unroute(PUSH);
  await press(page, 'Set up anew');
  await press(page, 'Leave it as it is');
  await page.reload();
  await page.getByText('Nothing waits on this phone.').waitFor();
});

scenario('a cleared phone is set up anew by a link', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  const end = await orderWipe(browser);
  await contact(page);
  await page.getByText('Nothing waits on this phone.').waitFor();
  await end();
  const { link, digits } = await inviteTo(server, 'kim');
  await page.goto('about:blank');
  const { pathname, hash } = new URL(link);
  const again = await browser.go(pathname + hash);
  await again.getByLabel('Six digits').fill(digits);
  await press(again, 'Set up');
  await again.getByRole('group', { name: 'Site' }).waitFor();
});
