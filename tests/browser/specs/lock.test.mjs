// The lock: a PIN with the server's share, locking by itself and at once, recording behind the lock, the second PIN, and what is left when the
// share is gone.

import assert from 'node:assert/strict';

import { button, contact, enrol, openPad, press, queueSays, save } from '../lib/phone.mjs';
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
  await standIn(browser).then((fresh) => Object.assign(fresh, share));
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
  const again = async () => {
    await browser.reopen();
    const fresh = await standIn(browser);
    Object.assign(fresh, { ...share, calls: fresh.calls });
    await browser.context.route('**/api/v1/phone/share/open', (route) => route.abort('internetdisconnected'));
    page = await browser.go('/');
    await lockScreen(page).waitFor();
    return fresh;
  };
  const back = async () => {
    await browser.context.unroute('**/api/v1/phone/share/open');
    await standIn(browser).then((fresh) => Object.assign(fresh, { ...share, calls: [] }));
    await page.evaluate(() => dispatchEvent(new Event('online')));
  };
  await again();
  await open(page, OTHER);
  await contact(page);
  browser.expect(/403/);
  await back();
  await wrong(page).waitFor();
  assert.equal((await kept(page)).sizes.length, 3);
  await open(page);
});
