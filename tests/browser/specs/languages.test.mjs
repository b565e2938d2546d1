// Languages: chosen before anything else, there without a network, and kept over a new version of the app.

import assert from 'node:assert/strict';

import { Browser, CONSOLE, PHONE } from '../lib/browser.mjs';
import { login } from '../lib/console.mjs';
import { enrol, press } from '../lib/phone.mjs';
import { newVersion, relay } from '../lib/relay.mjs';
import { scenario } from '../lib/scenario.mjs';

/** Languages whose texts each set of the app's files holds, the oldest set first. */
function held(page) {
  return page.evaluate(async () => {
    const sets = (await caches.keys()).filter((name) => name.startsWith('assets-'));
    const addresses = await Promise.all(sets.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return addresses.map((urls) => urls.flatMap((url) => /text-phone-([a-z]+)-/.exec(url)?.[1] ?? []).sort());
  });
}

/** Waits until the page speaks a language. */
async function speaks(page, tag, direction = 'ltr') {
  await page.locator(`html[lang="${tag}"][dir="${direction}"]`).waitFor({ state: 'attached' });
}

scenario('the language of the phone is the first thing to choose, and is asked for only once', 'fresh', async ({ phone }) => {
  const browser = await phone({ locale: 'sw-KE' });
  const page = await browser.go('/');
  await speaks(page, 'sw');
  await browser.controlled(page);
  assert.deepEqual(await held(page), [['sw']]);
  await press(page, 'العربية');
  await speaks(page, 'ar', 'rtl');
  assert.deepEqual(await browser.axe(page), []);
  await page.reload();
  await speaks(page, 'ar', 'rtl');
});

scenario('a language that was chosen is there without a network, and after an update', 'fresh', async ({ server }) => {
  const between = await relay(server);
  const browser = await Browser.open(between, { size: PHONE });
  try {
    let page = await enrol(browser);
    await press(page, 'Me');
    await press(page, 'Kiswahili');
    await speaks(page, 'sw');
    await browser.offline();
    // One that this phone does not have changes nothing and says so.
    await press(page, 'Français');
    await page.locator('.choices + .banner.warn').waitFor();
    await speaks(page, 'sw');
    await server.kill();
    await browser.reopen();
    page = await browser.go('/');
    await speaks(page, 'sw');
    await server.start();
    between.update();
    await newVersion(page);
    assert.deepEqual(await held(page), [['en', 'sw'], ['en', 'sw']]);
    await page.evaluate(() => (globalThis.samePage = true));
    await page.locator('.notice').getByRole('button').click();
    await page.waitForFunction(() => globalThis.samePage === undefined);
    await browser.offline();
    await page.reload();
    await speaks(page, 'sw');
    assert.deepEqual(browser.problems, []);
  } finally {
    await browser.remove();
    between.close();
  }
});

scenario('the console speaks the language that is chosen at its door and remembers it', 'fresh', async ({ desk }) => {
  const browser = await desk({ size: CONSOLE });
  const page = await browser.go('/console');
  const list = page.locator('select');
  await list.selectOption('ar');
  await speaks(page, 'ar', 'rtl');
  assert.deepEqual(await browser.axe(page), []);
  await page.reload();
  await speaks(page, 'ar', 'rtl');
  await list.selectOption('en');
  await login(browser, browser.server.login('administrator'));
  await list.selectOption('fr');
  await speaks(page, 'fr');
});
