// The lock: a PIN with the server's share, locking by itself and at once, and recording behind the lock.

import assert from 'node:assert/strict';

import { kept, leave, lines, lockScreen, open, OTHER, PIN, setPin, type, wrong } from '../lib/lock.mjs';
import { button, contact, enrol, openPad, press, queueSays, setUp } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

scenario('a PIN that is easily guessed is refused, and digits stand nowhere in the page', 'fresh', async ({ phone }) => {
  const browser = await phone();
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
  let page = await enrol(browser);
  await contact(page);
  await setPin(page);
  assert.deepEqual((await kept(page)).sizes, [16, 60, 60]);

  await browser.reopen();
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

  browser.expect(/status of 403/);
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
  let page = await enrol(browser);
  await setPin(page);
  await browser.reopen();
  await browser.offline();
  page = await browser.go('/');
  await lockScreen(page).waitFor();
  await open(page, OTHER);
  await contact(page);
  browser.expect(/status of 403/);
  await browser.offline(false);
  await wrong(page).waitFor();

  // The right one brings the list as soon as there is a network.
  await open(page);
  await contact(page, { syringes: 20 });
  await lines(page, 1);
  await browser.offline();
  await page.reload();
  await lockScreen(page).waitFor();
  await open(page);
  assert.equal(await page.locator('.list').count(), 0);
  await browser.offline(false);
  await lines(page, 1);
});

scenario('a PIN is offered once the phone is set up, until there is one or somebody says no', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
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
      const found = [];
    const look = async (name) => found.push(...(await browser.axe()).map((line) => `${name}: ${line}`));
    const page = await enrol(browser);
    await press(page, 'Me');
    await press(page, 'Set a PIN');
    await page.getByText('New PIN', { exact: true }).waitFor();
    // To the end of the page behind: a button half under the sheet is measured as too small.
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await look('set');
    // On a low phone, too, the whole pad is in sight, and what goes on is not taken for what leaves.
    for (const digit of PIN) await press(page, digit);
    await page.setViewportSize({ width: 360, height: 640 });
    const { below, main } = await page.evaluate(() => {
      const body = document.querySelector('.sheet-body');
      return { below: body.scrollHeight - body.clientHeight, main: [...document.querySelectorAll('.sheet .primary')].map((one) => one.innerText) };
    });
    assert.deepEqual([below, main], [0, ['Next']]);
    await page.setViewportSize({ width: 360, height: 800 });
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
