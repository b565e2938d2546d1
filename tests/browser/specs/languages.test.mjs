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
  // A new phone asks the canary page first and comes back; only then are there words to press.
  await page.getByRole('button', { name: 'العربية' }).waitFor();
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

/** Words of the page's buttons that are broken in the middle, and buttons whose words do not fit. */
function squeezed(page) {
  return page.evaluate(() => {
    const found = [];
    for (const button of document.querySelectorAll('button')) {
      if (button.scrollWidth > button.clientWidth + 1 || button.scrollHeight > button.clientHeight + 1) found.push(button.textContent);
      const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{M}’']+/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top / 6)));
          if (lines.size > 1) found.push(word);
        }
      }
    }
    return found;
  });
}

scenario('the words of every language fit the home screen and the pad of 360 by 640', 'fresh', async ({ phone }) => {
  const browser = await phone({ size: { width: 360, height: 640 } });
  const page = await enrol(browser);
  const tab = (n) => page.getByRole('navigation').getByRole('button').nth(n);
  for (const [tag, name] of [['en', 'English'], ['sw', 'Kiswahili'], ['fr', 'Français'], ['pt', 'Português'], ['ar', 'العربية']]) {
    await tab(3).click();
    await press(page, name);
    await speaks(page, tag, tag === 'ar' ? 'rtl' : 'ltr');
    await tab(0).click();
    await page.getByTestId('queue').waitFor();
    assert.deepEqual(await squeezed(page), [], `the home screen in ${tag}`);
    await page.locator('.contact-button').click();
    await page.locator('.pad-foot').waitFor();
    assert.deepEqual(await squeezed(page), [], `the pad in ${tag}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), `the pad in ${tag} is one screen`);
    if (tag === 'ar') break;
    await page.goBack();
    await page.getByTestId('queue').waitFor();
  }
  // In a page from right to left the number pad stands as on every telephone.
  await page.getByRole('button').filter({ hasText: /^#$/ }).click();
  const [one, three] = await Promise.all(['1', '3'].map((digit) => page.locator('.numbers').getByRole('button', { name: digit, exact: true }).boundingBox()));
  assert.ok(one.x < three.x, 'the 1 is left of the 3');
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
