// A peer worker's day: enrolment, contacts with and without a network, what the phone says about them.

import assert from 'node:assert/strict';

import { button, contact, counted, counting, enrol, fillTypical, openPad, press, queueSays, save, syncEnded, typicalContact } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

scenario('a typical contact takes seven taps and nothing typed', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await counting(page);
  await typicalContact(page);
  assert.deepEqual(await counted(page), [7, 0]);
  await queueSays(page, '2 of 2 received');
});

scenario('the pad fits one screen of 360 by 640', 'fresh', async ({ phone }) => {
  const browser = await phone({ size: { width: 360, height: 640 } });
  const page = await enrol(browser);
  await openPad(page);
  const { inner, scroll, low } = await page.evaluate(() => ({
    inner: innerHeight,
    scroll: document.documentElement.scrollHeight,
    low: Math.max(...[...document.querySelectorAll('button')].map((one) => one.getBoundingClientRect().bottom)),
  }));
  assert.ok(scroll <= inner && low <= inner, `the page is ${scroll} px high, its lowest button ends at ${low} px`);
  const small = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('button')].map((one) => [one.ariaLabel ?? one.innerText, one.getBoundingClientRect()]);
    return boxes.filter(([, box]) => box.width < 44 || box.height < 44).map(([name, box]) => `${name}: ${box.width}×${box.height}`);
  });
  assert.deepEqual(small, [], 'targets under 44 px');
});

scenario('a killed server, no network and a restarted browser lose nothing', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  let page = await enrol(browser);
  for (let n = 0; n < 12; n += 1) await contact(page, { syringes: n % 2 === 0 ? 5 : 10 });
  await queueSays(page, '13 of 13 received');

  await server.kill();
  await browser.offline();
  await contact(page);
  await typicalContact(page);
  await queueSays(page, '13 of 15 received, 2 waiting');

  await browser.reopen();
  await browser.offline();
  page = await browser.go('/');
  await queueSays(page, '13 of 15 received, 2 waiting');

  await server.start();
  await browser.offline(false);
  await queueSays(page, '15 of 15 received');
});

scenario('two tabs send each contact once', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const first = await enrol(browser);
  const second = await browser.tab('/');
  let n = 0;
  for (const page of [first, second, first]) {
    await page.bringToFront();
    await contact(page, { syringes: page === first ? (n += 5) : 1 });
  }
  await queueSays(first, '4 of 4 received');
  await queueSays(second, '4 of 4 received');
});

scenario("a captive portal's page acknowledges nothing", 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  const portal = '**/api/v1/sync/push';
  await browser.context.route(portal, (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome to our Wi-Fi</h1>' }),
  );
  // The sentence says that one is waiting before the phone has asked as well, so it counts only after the portal's answer was dealt with.
  const answered = browser.context.waitForEvent('requestfinished', (request) => request.url().endsWith('/api/v1/sync/push'));
  await contact(page);
  await answered;
  await syncEnded(page);
  await queueSays(page, '1 of 2 received, 1 waiting');
  await browser.context.unroute(portal);
  await press(page, 'Me');
  await press(page, 'Sync now');
  await press(page, 'Today');
  await queueSays(page, '2 of 2 received');
});

scenario('the same as a moment ago is asked about, and one more tap saves it', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  // The clock stands, so that no minute ends between two contacts.
  await page.clock.setFixedTime(Date.now());
  const asked = page.getByText('The same items as a moment ago.');
  await typicalContact(page);
  await contact(page);
  await fillTypical(page);
  await save(page);
  await fillTypical(page);
  await press(page, 'Save');
  await asked.waitFor();
  await press(page, 'Yes, save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await queueSays(page, '5 of 5 received');

  // On purpose it is two taps, and what was taken back is not compared with.
  await press(page, 'Same again');
  await save(page);
  await queueSays(page, '6 of 6 received');
  await fillTypical(page);
  await press(page, 'Save');
  await asked.waitFor();
  await press(page, 'Syringe 1 ml: 20');
  await asked.waitFor({ state: 'hidden' });
  await save(page);
  await press(page, 'Undo');
  await page.getByText('Taken back', { exact: true }).waitFor();
  await openPad(page);
  await press(page, 'Syringe 1 ml: 20');
  await press(page, 'Given: Naloxone nasal: One more');
  await save(page);
  await queueSays(page, '7 of 7 received');
});

scenario('two taps on Save at once save once', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await fillTypical(page);
  await button(page, 'Save').evaluate((save) => {
    save.click();
    save.click();
  });
  await page.getByText('Saved', { exact: true }).waitFor();
  await syncEnded(page);
  await queueSays(page, '2 of 2 received');
  await contact(page);
  await queueSays(page, '3 of 3 received');
});

scenario('undo takes a contact back', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await contact(page);
  await queueSays(page, '2 of 2 received');
  await press(page, 'Undo');
  await page.getByText('Taken back', { exact: true }).waitFor();
  await queueSays(page, '1 of 1 received');
});

for (const colorScheme of ['light', 'dark']) {
  scenario(`axe finds nothing on the phone's screens (${colorScheme})`, 'fresh', async ({ server, phone }) => {
    const browser = await phone({ colorScheme });
    const found = [];
    const look = async (name) => found.push(...(await browser.axe()).map((line) => `${name}: ${line}`));
    await browser.go('/');
    await browser.page.getByLabel('Six digits').waitFor();
    await look('enrol');
    const page = await enrol(browser, server.enrol);
    await look('today');
    await openPad(page);
    await look('pad');
    const dialog = page.getByRole('dialog');
    for (const sheet of ['More…', 'Items…', 'Refer…']) {
      await press(page, sheet);
      await dialog.waitFor();
      await look(sheet);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
    }
    await press(page, 'Close');
    await press(page, 'Me');
    for (const theme of ['Dark', 'Light', 'Sunlight']) {
      await press(page, theme);
      await button(page, theme).and(page.locator('[aria-pressed="true"]')).waitFor();
      // To the end of the page: a button half under the bar is measured as too small.
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await look(`me, ${theme}`);
    }
    assert.deepEqual(found, []);
  });
}
