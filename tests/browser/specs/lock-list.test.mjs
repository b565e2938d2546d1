// The list of the shift under its key: corrections, the second PIN, and what is left when the share is gone.

import assert from 'node:assert/strict';

import { destroyed, destroyShare, kept, lines, lockScreen, open, OTHER, PIN, SECOND, setPin, sums, type, watchShare, wrong } from '../lib/lock.mjs';
import { button, contact, enrol, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

scenario('the list of the shift corrects and takes back, and ends with the shift', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await contact(page);
  assert.equal((await kept(page)).rows, 0, 'without a PIN there is no list');
  await setPin(page);
  await press(page, 'Today');
  await contact(page, { code: 'QUINCEY-9417', syringes: 10 });
  await contact(page, { syringes: 20 });
  await queueSays(page, '4 of 4 received');
  assert.deepEqual((await lines(page, 2)).map((line) => line.replace(/^\d\d:\d\d /, '')), ['20 Received', '10 Received']);
  assert.deepEqual(await sums(page), ['3', '3', '35', '0', '0']);

  // Correct the one with the code: the pad has its values, the code is not shown.
  await page.locator('.list li').nth(1).getByRole('button').click();
  await press(page, 'Correct');
  await button(page, 'Syringe 1 ml: 10').and(page.locator('[aria-pressed="true"]')).waitFor();
  await button(page, 'Code').waitFor();
  assert.ok(!(await page.locator('body').innerHTML()).includes('QUINCEY'));
  await press(page, 'Syringe 1 ml: 50');
  await press(page, 'Returning');
  await press(page, 'Save');
  await page.getByText('Corrected', { exact: true }).waitFor();
  assert.deepEqual(await sums(page), ['3', '2', '75', '0', '0']);
  await queueSays(page, '4 of 4 received');
  assert.match((await lines(page, 2))[1], /50 corrected Received$/);

  // Take the other back: asked once more, which a finger that taps twice is not the answer to.
  await page.locator('.list li').first().getByRole('button').click();
  await button(page, 'Take back').dblclick();
  await button(page, 'Take back').waitFor();
  await lines(page, 2);
  await press(page, 'Take back');
  await press(page, 'Yes, take it back for good');
  await page.getByText('Taken back', { exact: true }).waitFor();
  await lines(page, 1);
  assert.deepEqual(await sums(page), ['2', '1', '55', '0', '0']);

  // Undo takes the row with it; other kinds can be taken back.
  await contact(page, { syringes: 1 });
  await lines(page, 2);
  await press(page, 'Undo');
  await lines(page, 1);
  await press(page, 'Bulk sheet');
  await press(page, 'Contacts: One more');
  await press(page, 'Save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await lines(page, 2);

  // Behind the lock nothing of it is left in the page; it is there again after.
  await press(page, 'Me');
  await press(page, 'Lock');
  await lockScreen(page).waitFor();
  assert.equal(await page.locator('.list').count(), 0);
  await open(page);
  await lines(page, 2);
  assert.equal((await kept(page)).rows, 2);

  await press(page, 'Stop shift');
  await press(page, 'End shift');
  await page.getByText('Your shift is over').waitFor();
  assert.equal((await kept(page)).rows, 0, 'the list outlived the shift');
});

scenario('the second PIN opens the app as always and destroys the list; what waits is sent', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  // A wrong PIN is refused.
  browser.expect(/status of 403/);
  const page = await enrol(browser);
  await setPin(page, SECOND);
  const before = await kept(page);
  await press(page, 'Today');
  await browser.context.route('**/api/v1/sync/push', (route) => route.abort('internetdisconnected'));
  await contact(page);
  await lines(page, 1);
  const look = async () => (await page.locator('body').innerText()).replaceAll(/\d\d:\d\d/g, '');

  // A cold start has nothing of it; a wrong PIN opens nothing, the right one the list.
  await page.reload();
  await lockScreen(page).waitFor();
  await type(page, OTHER, 'Open');
  await wrong(page).waitFor();
  await open(page);
  await lines(page, 1);

  // With the server: a share that opens nothing.
  await page.reload();
  await lockScreen(page).waitFor();
  await open(page, SECOND);
  await button(page, 'Contact').waitFor();
  const opened = await look();
  const after = await kept(page);
  assert.deepEqual([after.rows, after.sizes], [0, before.sizes]);
  assert.notEqual(after.first, before.first, 'the wrapped key is still there');
  assert.equal(await page.locator('.list').count(), 0);
  assert.deepEqual(await destroyed(server), ['duress']);

  // It goes on looking like any phone with a PIN: locks, refuses a wrong one, opens with this one, records, sends.
  await press(page, 'Me');
  await press(page, 'Lock');
  await type(page, OTHER, 'Open');
  await wrong(page).waitFor();
  await open(page, SECOND);
  assert.equal(await look(), opened);
  await contact(page, { syringes: 20 });
  await lines(page, 1);
  await browser.context.unroute('**/api/v1/sync/push');
  await press(page, 'Me');
  await press(page, 'Sync now');
  await press(page, 'Today');
  await queueSays(page, '3 of 3 received');
});

scenario('the second PIN works without the server while the share is in memory, and the server hears of it', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await setPin(page, SECOND);
  await press(page, 'Today');
  await contact(page);
  await lines(page, 1);
  await browser.offline();
  await press(page, 'Me');
  await press(page, 'Lock');
  // The right PIN opens the list without a network.
  await open(page);
  await lines(page, 1);
  await press(page, 'Me');
  await press(page, 'Lock');
  await open(page, SECOND);
  assert.equal((await kept(page)).rows, 0);
  assert.deepEqual(await destroyed(server), []);
  const heard = page.waitForResponse('**/phone/share/open');
  await browser.offline(false);
  await heard;
  assert.deepEqual(await destroyed(server), ['duress']);
});

scenario('a share that is gone loses the list, says so once, and records on', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const share = watchShare(browser);
  const page = await enrol(browser);
  await setPin(page);
  await press(page, 'Today');
  await contact(page);
  await lines(page, 1);
  await page.reload();
  await lockScreen(page).waitFor();
  browser.expect(/status of 4(?:03|10|29)/);
  for (let n = 0; n < 5; n += 1) {
    await type(page, OTHER, 'Open');
    await wrong(page).waitFor();
    await press(page, '1');
    await press(page, 'Erase');
  }
  await type(page, OTHER, 'Open');
  await page.getByText('Not right too often. Try again in 1 minute.').waitFor();
  await destroyShare(server, share);
  await open(page);
  await page.getByText("can't be opened any more").waitFor();
  assert.deepEqual(await kept(page), { rows: 0, sizes: undefined, first: undefined });
  await press(page, 'Close');
  await contact(page, { syringes: 20 });
  await queueSays(page, '3 of 3 received');
  await setPin(page);
  await press(page, 'Today');
  await contact(page, { syringes: 10 });
  await lines(page, 1);
});

scenario('a PIN is changed and turned off only by who knows it, and the list stays through a change', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  // A wrong PIN is refused.
  browser.expect(/status of 403/);
  const page = await enrol(browser);
  await setPin(page);
  await press(page, 'Today');
  await contact(page);
  await lines(page, 1);
  await press(page, 'Me');
  await press(page, 'Change the PIN');
  await type(page, OTHER, 'Next');
  await wrong(page).waitFor();
  await type(page, PIN, 'Next');
  await page.getByText('New PIN', { exact: true }).waitFor();
  await type(page, OTHER, 'Next');
  await page.getByText('The same again').waitFor();
  await type(page, OTHER, 'Next');
  await page.getByText('The PIN is set.').waitFor();
  await press(page, 'Lock');
  await type(page, PIN, 'Open');
  await wrong(page).waitFor();
  await open(page, OTHER);
  await lines(page, 1);
  await press(page, 'Me');
  await press(page, 'Turn the PIN off');
  await type(page, OTHER, 'Next');
  await page.getByText('The PIN is off.').waitFor();
  assert.deepEqual(await kept(page), { rows: 0, sizes: undefined, first: undefined });
  await holds(async () => assert.deepEqual(await destroyed(server), ['off']));
  await page.reload();
  await button(page, 'Contact').waitFor();
});

const SHARE = '**/api/v1/phone/share';

/** Changes the PIN to OTHER, as far as what comes of it. */
async function change(page) {
  await press(page, 'Me');
  await press(page, 'Change the PIN');
  await type(page, PIN, 'Next');
  await page.getByText('New PIN', { exact: true }).waitFor();
  await type(page, OTHER, 'Next');
  await page.getByText('The same again').waitFor();
  await type(page, OTHER, 'Next');
}

scenario('a change of the PIN that never reached the server changes nothing, whatever is typed after it', 'fresh', async ({ phone }) => {
  const browser = await phone();
  // A wrong PIN is refused.
  browser.expect(/status of 403/);
  const page = await enrol(browser);
  await setPin(page);
  await press(page, 'Today');
  await contact(page);
  await lines(page, 1);
  await browser.offline();
  await change(page);
  await page.getByText('No network').waitFor();
  await press(page, 'Close');
  await browser.offline(false);
  await page.reload();
  await lockScreen(page).waitFor();
  await type(page, OTHER, 'Open');
  await wrong(page).waitFor();
  await open(page);
  await lines(page, 1);

  // The network ends just before it: once the PIN has opened the list again, the phone knows that it holds.
  await browser.context.route(SHARE, (route) => route.abort('internetdisconnected'));
  await change(page);
  await page.getByText('No network').waitFor();
  await press(page, 'Close');
  await browser.context.unroute(SHARE);
  for (const typed of [PIN, OTHER]) {
    await page.reload();
    await lockScreen(page).waitFor();
    if (typed === PIN) await open(page);
    else await type(page, typed, 'Open');
  }
  await wrong(page).waitFor();
  await open(page);
  await lines(page, 1);
});

scenario('a change of the PIN whose answer was lost is made again, and the list stays', 'fresh', async ({ phone }) => {
  const browser = await phone();
  // A wrong PIN is refused.
  browser.expect(/status of 403/);
  const page = await enrol(browser);
  await setPin(page);
  await press(page, 'Today');
  await contact(page);
  await lines(page, 1);
  await browser.context.route(SHARE, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await change(page);
  await page.getByText('No network').waitFor();
  await press(page, 'Close');
  await browser.context.unroute(SHARE);
  await change(page);
  await page.getByText('The PIN is set.').waitFor();
  await page.reload();
  await lockScreen(page).waitFor();
  await type(page, PIN, 'Open');
  await wrong(page).waitFor();
  await open(page, OTHER);
  await lines(page, 1);
});
