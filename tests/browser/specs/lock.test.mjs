// The lock: a PIN with the server's share, locking by itself and at once, recording behind the lock, the second PIN, and what is left when the
// share is gone.

import assert from 'node:assert/strict';

import { button, contact, enrol, openPad, press, queueSays, setUp } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { standIn } from '../lib/share.mjs';

const PIN = '704918';
const SECOND = '385027';
const OTHER = '916403';

/** Types digits on the page's keys. */
async function type(page, digits, then) {
  for (const digit of digits) await press(page, digit);
  await press(page, then);
}

/** Sets a PIN, and a second one if told. */
async function setPin(page, second) {
  await press(page, 'Me');
  await press(page, 'Set a PIN');
  await type(page, PIN, 'Next');
  await page.getByText('The same again').waitFor();
  await type(page, PIN, 'Next');
  await page.getByText('The PIN is set.').waitFor();
  if (second === undefined) return;
  await press(page, 'Second PIN');
  await type(page, PIN, 'Next');
  await page.getByText('For when somebody makes you').waitFor();
  await type(page, second, 'Next');
  await page.getByText('The same again').waitFor();
  await type(page, second, 'Next');
  await page.getByText('The second PIN is set.').waitFor();
}

const lockScreen = (page) => page.getByText('Enter your PIN', { exact: true });
const wrong = (page) => page.getByText('That is not right.', { exact: true });

async function open(page, pin = PIN) {
  await type(page, pin, 'Open');
  await button(page, 'Contact').waitFor();
}

/** Does as if the page were left or seen again: a browser without a window is always seen. */
function leave(page, hidden) {
  return page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (now ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** What the phone keeps of the lock. */
function kept(page) {
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

scenario('a PIN that is easily guessed is refused, and digits stand nowhere in the page', 'fresh', async ({ phone }) => {
  const browser = await phone();
  await standIn(browser);
  const page = await enrol(browser);
  await press(page, 'Me');
  await press(page, 'Set a PIN');
  for (const easy of ['123456', '121212', '150688']) {
    await type(page, easy, 'Next');
    await page.getByText('too easy to guess').waitFor();
  }
  for (const digit of PIN.slice(0, 5)) await press(page, digit);
  assert.ok(await button(page, 'Next').isDisabled(), 'five digits are not enough');
  await page.getByRole('img', { name: '5 digits typed' }).waitFor();
  const { text, fields } = await page.evaluate(() => ({
    text: document.documentElement.outerHTML,
    fields: document.querySelectorAll('.sheet input').length,
  }));
  assert.ok(!text.includes(PIN.slice(0, 4)) && fields === 0, 'the digits stand in the page');
});

scenario('a PIN locks at the start and by itself, and behind the lock recording and sending go on', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const share = await standIn(browser);
  let page = await enrol(browser);
  await contact(page);
  await setPin(page);
  assert.deepEqual((await kept(page)).sizes, [16, 60, 60]);

  await browser.reopen();
  await standIn(browser, share);
  page = await browser.go('/');
  await lockScreen(page).waitFor();
  assert.doesNotMatch(await page.locator('body').innerText(), /contact|syringe|received|Market|Rounds/i);

  // Behind the lock: a record, without any figure, and back to the lock.
  await press(page, 'Record');
  await button(page, 'Save').waitFor();
  assert.doesNotMatch(await page.locator('.pad-title').innerText(), /\d/);
  await press(page, 'Man, 25–34');
  await press(page, 'Save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await lockScreen(page).waitFor();
  assert.equal(await button(page, 'Undo').count(), 0);
  await press(page, 'Record');
  await press(page, 'Woman, 35–49');
  await press(page, 'Close');
  await lockScreen(page).waitFor();
  assert.equal(await button(page, 'Bring back').count(), 0);

  browser.expect(/403/);
  await type(page, OTHER, 'Open');
  await wrong(page).waitFor();
  await open(page);
  await queueSays(page, '3 of 3 received');

  // Two minutes without a touch, or one out of sight.
  await page.clock.install();
  await page.reload();
  await lockScreen(page).waitFor();
  await open(page);
  await openPad(page);
  await press(page, 'Man, 25–34');
  await page.clock.runFor(110_000);
  assert.equal(await lockScreen(page).count(), 0, 'locked too early');
  await page.clock.runFor(20_000);
  await lockScreen(page).waitFor();
  await open(page);
  assert.equal(await button(page, 'Same again').count(), 0, 'the last contact outlived the lock');
  await leave(page, true);
  await page.locator('#app').waitFor({ state: 'hidden' });
  await page.clock.runFor(30_000);
  await leave(page, false);
  await button(page, 'Contact').waitFor();
  await leave(page, true);
  await page.clock.runFor(61_000);
  await leave(page, false);
  await lockScreen(page).waitFor();
});

scenario('out of sight and on paper the page is blank, with a PIN or without', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await leave(page, true);
  await page.locator('#app').waitFor({ state: 'hidden' });
  await leave(page, false);
  await button(page, 'Contact').waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.locator('#app').waitFor({ state: 'hidden' });
});

scenario('the quick exit leaves a clock, from any screen, and the step back leads nowhere', 'fresh', async ({ phone }) => {
  const browser = await phone();
  await standIn(browser);
  const page = await enrol(browser);
  const clock = button(page, 'Open again');
  // Without a PIN it hides; what was begun is there again.
  await openPad(page);
  await press(page, 'Man, 25–34');
  await press(page, 'Quick exit');
  await clock.waitFor();
  await page.goBack();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
  assert.equal(await clock.count(), 1, 'the step back opened it');
  await clock.click();
  await button(page, 'Man, 25–34').and(page.locator('[aria-pressed="true"]')).waitFor();
  await press(page, 'Close');
  await setPin(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await clock.click();
  await lockScreen(page).waitFor();
  await open(page);
  const other = await browser.tab('/');
  await lockScreen(other).waitFor();
  await type(other, PIN, 'Open');
  await button(other, 'Contact').waitFor();
  await page.evaluate(() => {
    const touches = [0, 1, 2].map((identifier) => new Touch({ identifier, target: document.body }));
    dispatchEvent(new TouchEvent('touchstart', { touches }));
  });
  await clock.waitFor();
  await button(other, 'Open again').waitFor();
  await clock.click();
  await lockScreen(page).waitFor();
});

scenario('without a network the app opens for recording, and a wrong PIN is found out as soon as there is one', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const share = await standIn(browser);
  let page = await enrol(browser);
  await setPin(page);
  share.down = true;
  await browser.reopen();
  await standIn(browser, share);
  page = await browser.go('/');
  await lockScreen(page).waitFor();
  await open(page, OTHER);
  await contact(page);
  browser.expect(/403/);
  share.down = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await wrong(page).waitFor();

  // The right one brings the list as soon as there is a network.
  await open(page);
  await contact(page, { syringes: 20 });
  await lines(page, 1);
  share.down = true;
  await page.reload();
  await lockScreen(page).waitFor();
  await open(page);
  assert.equal(await page.locator('.list').count(), 0);
  share.down = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await lines(page, 1);
});

/** The lines of the list, newest first, as somebody reads or hears them; times as they are. */
async function lines(page, n) {
  const list = page.getByRole('region', { name: 'This shift' });
  await page.waitForFunction((many) => document.querySelectorAll('.list li').length === many, n);
  return n === 0 ? [] : (await list.locator('li').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** The five sums on the home screen. */
const sums = (page) => page.locator('.sums .figure').allInnerTexts();

scenario('the list of the shift corrects and takes back, and ends with the shift', 'fresh', async ({ phone }) => {
  const browser = await phone();
  await standIn(browser);
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

  // Take the other back: asked once more.
  await page.locator('.list li').first().getByRole('button').click();
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

scenario('the second PIN opens the app as always and destroys the list; what waits is sent', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const share = await standIn(browser);
  const page = await enrol(browser);
  await setPin(page, SECOND);
  const before = await kept(page);
  await press(page, 'Today');
  await browser.context.route('**/api/v1/sync/push', (route) => route.abort('internetdisconnected'));
  await contact(page);
  await lines(page, 1);
  const look = async () => (await page.locator('body').innerText()).replaceAll(/\d\d:\d\d/g, '');

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
  assert.notEqual(share.share, undefined);

  // It goes on looking like any phone with a PIN: locks, refuses a wrong one, opens with this one, records, sends.
  await press(page, 'Me');
  await press(page, 'Lock');
  await type(page, OTHER, 'Open');
  await wrong(page).waitFor();
  await open(page, SECOND);
  assert.equal(await look(), opened);
  await contact(page, { syringes: 20 });
  assert.equal((await kept(page)).rows, 0);
  await browser.context.unroute('**/api/v1/sync/push');
  await press(page, 'Me');
  await press(page, 'Sync now');
  await press(page, 'Today');
  await queueSays(page, '3 of 3 received');
});

scenario('the second PIN works without the server while the share is in memory, and the server hears of it', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const share = await standIn(browser);
  const page = await enrol(browser);
  await setPin(page, SECOND);
  await press(page, 'Today');
  await contact(page);
  await lines(page, 1);
  const given = share.share;
  share.down = true;
  await press(page, 'Me');
  await press(page, 'Lock');
  // The right PIN opens the list without a network.
  await open(page);
  await lines(page, 1);
  await press(page, 'Me');
  await press(page, 'Lock');
  await open(page, SECOND);
  assert.equal((await kept(page)).rows, 0);
  assert.equal(share.share, given);
  share.down = false;
  const heard = page.waitForResponse('**/phone/share/open');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await heard;
  assert.notEqual(share.share, given);
});

scenario('a share that is gone loses the list, says so once, and records on', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const share = await standIn(browser);
  const page = await enrol(browser);
  await setPin(page);
  await press(page, 'Today');
  await contact(page);
  await lines(page, 1);
  await page.reload();
  await lockScreen(page).waitFor();
  browser.expect(/4(?:03|10|29)/);
  for (let n = 0; n < 5; n += 1) {
    await type(page, OTHER, 'Open');
    await wrong(page).waitFor();
    await press(page, '1');
    await press(page, 'Erase');
  }
  await type(page, OTHER, 'Open');
  await page.getByText('Not right too often. Try again in 2 minutes.').waitFor();
  share.share = undefined;
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

scenario('a PIN is changed and turned off only by who knows it, and the list stays through a change', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const share = await standIn(browser);
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
  assert.equal(share.calls.at(-1), 'DELETE');
  await page.reload();
  await button(page, 'Contact').waitFor();
});

scenario('a PIN is offered once the phone is set up, until there is one or somebody says no', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  await standIn(browser);
  const page = await setUp(browser, server.enrol);
  await press(page, 'Not now');
  await page.reload();
  await button(page, 'Start shift').waitFor();
  assert.equal(await button(page, 'Set a PIN').count(), 0);
});

scenario('what was not sent is deleted only by typing how many records it is', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await press(page, 'Me');
  await page.getByRole('heading', { name: 'Lock' }).waitFor();
  assert.equal(await button(page, 'Delete unsent records…').count(), 0);
  await press(page, 'Today');
  await browser.context.route('**/api/v1/sync/push', (route) => route.abort('internetdisconnected'));
  await contact(page);
  await contact(page, { syringes: 20 });
  await queueSays(page, '1 of 3 received, 2 waiting');
  await press(page, 'Me');
  await press(page, 'Delete unsent records…');
  const confirm = button(page, 'Delete 2 records for good');
  assert.ok(await confirm.isDisabled());
  await press(page, '3');
  assert.ok(await confirm.isDisabled());
  await press(page, 'Erase');
  await press(page, '2');
  await confirm.click();
  await page.getByText('2 records were deleted.').waitFor();
  await press(page, 'Today');
  await queueSays(page, '1 of 1 received');
  // The server misses the numbers, and the phone says what that means.
  await browser.context.unroute('**/api/v1/sync/push');
  await contact(page, { syringes: 1 });
  await page.getByText('2 records never reached the server').waitFor();
});

for (const colorScheme of ['light', 'dark']) {
  scenario(`the lock is fit for everybody (${colorScheme})`, 'fresh', async ({ phone }) => {
    const browser = await phone({ colorScheme });
    await standIn(browser);
    const found = [];
    const look = async (name) => found.push(...(await browser.axe()).map((line) => `${name}: ${line}`));
    const page = await enrol(browser);
    await press(page, 'Me');
    await press(page, 'Set a PIN');
    await page.getByText('New PIN', { exact: true }).waitFor();
    // To the end of the page behind: a button half under the sheet is measured as too small.
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await look('set');
    await press(page, 'Close');
    await setPin(page);
    await press(page, 'Today');
    await contact(page);
    await lines(page, 1);
    await page.locator('.list li').scrollIntoViewIfNeeded();
    await look('list');
    await page.locator('.list li button').click();
    await look('entry');
    await press(page, 'Close');
    await press(page, 'Quick exit');
    await press(page, 'Open again');
    await lockScreen(page).waitFor();
    await look('lock');
    const { inner, scroll, small } = await page.evaluate(() => ({
      inner: innerHeight,
      scroll: document.documentElement.scrollHeight,
      small: [...document.querySelectorAll('button')].map((one) => one.getBoundingClientRect()).filter((box) => box.width < 44 || box.height < 44).length,
    }));
    assert.ok(scroll <= inner && small === 0, `the lock is ${scroll} px high, ${small} small targets`);
    assert.deepEqual(found, []);
  });
}
