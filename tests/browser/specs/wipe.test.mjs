// A phone that was taken out clears itself on contact, but for what it has to send.

import assert from 'node:assert/strict';

import { login, onBoard, open as openPage } from '../lib/console.mjs';
import { notListed } from '../lib/forensic/allowed.mjs';
import { inviteTo } from '../lib/fresh.mjs';
import { destroyed, keptAll, lines, lockScreen, setPin } from '../lib/lock.mjs';
import { button, contact, enrol, press, queueSays, typicalContact } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

const PUSH = '**/api/v1/sync/push';

/** Nothing is there but sealed records with what signs and sends them, and how the screen looks. */
function isBare(held) {
  assert.deepEqual(Object.keys(held.self), ['device']);
  assert.deepEqual(Object.keys(held.contract).sort(), ['counter', 'sealing']);
  assert.deepEqual(Object.keys(held.state).filter((key) => key !== 'settings'), ['sync']);
  const others = Object.entries(held).filter(([store]) => !['self', 'contract', 'state', 'ops'].includes(store));
  assert.deepEqual(others.flatMap(([, rows]) => Object.keys(rows)), [], 'no sums, no list');
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
  const before = await keptAll(page);

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

  const after = await keptAll(page);
  isBare(after);
  assert.deepEqual(after.state.settings, { theme: 'dark', lang: 'en', hand: 'right' });
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

scenario('a locked phone that the administrator takes out forgets PIN and list, and what it still sends waits for repair', 'fresh', async ({ server, phone, desk }) => {
  const browser = await phone();
  // A phone that was taken out gets no token any more.
  browser.expect(/status of 40[13]/);
  const page = await enrol(browser);
  await setPin(page);
  await press(page, 'Today');
  await typicalContact(page);
  await queueSays(page, '2 of 2 received');
  await lines(page, 1);
  const received = Object.keys((await keptAll(page)).ops);
  await browser.offline();
  await contact(page, { code: 'QUINCEY-9417', syringes: 20 });
  await lines(page, 2);
  await press(page, 'Me');
  await press(page, 'Lock');
  await lockScreen(page).waitFor();
  await press(page, 'Record');
  await press(page, 'Man, 25–34');
  await press(page, 'Save');
  await lockScreen(page).waitFor();
  const before = await keptAll(page);
  assert.deepEqual([Object.keys(before.list).length, Object.keys(before.ops).length], [2, 4]);

  const office = await login(await desk(), server.login('administrator'));
  await openPage(office, 'Phones');
  await press(office, 'Take out the phone of kim');
  await press(office.getByRole('dialog'), 'Take it out');
  await office.getByRole('main').getByText('taken out', { exact: true }).waitFor();
  assert.deepEqual(await destroyed(server), ['revoked']);

  await browser.offline(false);
  await page.getByRole('heading', { name: 'This phone is no longer set up' }).waitFor();
  await page.getByText('Nothing waits on this phone.').waitFor();
  const after = await keptAll(page);
  isBare(after);
  assert.deepEqual(await notListed(page), []);
  const sealed = (rows, of = Object.keys(rows)) => of.map((key) => rows[key]?.hdr);
  assert.deepEqual(sealed(after.ops, received), sealed(before.ops, received), 'a received record is gone from the phone');
  await page.reload();
  await page.getByRole('heading', { name: 'This phone is no longer set up' }).waitFor();
  assert.equal(await button(page, 'Open').count(), 0, 'the lock is still there');

  // What was received counts; what came after waits, and counts when the supervisor takes it.
  const board = await login(await desk(), server.login('supervisor'));
  const kim = async () => (await onBoard(board, 'kim')).today;
  assert.deepEqual((await kim()).out, 10);
  await openPage(board, 'Needs repair');
  const waiting = board.getByRole('main').getByRole('listitem').filter({ hasText: 'The phone was taken out of the programme.' });
  await holds(async () => assert.equal(await waiting.count(), 2));
});
