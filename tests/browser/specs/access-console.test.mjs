// Every page of the console at its two sizes: what axe finds, and whether the page stays within its width, also from right to left.

import assert from 'node:assert/strict';

import { unfitPage } from '../lib/access.mjs';
import { settled } from '../lib/console.mjs';
import { scenario } from '../lib/scenario.mjs';
import { staff } from '../lib/staff.mjs';

const SIZES = [{ width: 1280, height: 800 }, { width: 360, height: 800 }];

/** Paths below `/console/` that a role opens; `worker` is somebody of the team. */
const PAGES = {
  supervisor: (worker) => ['today', 'records', 'shifts', 'people', `person?worker=${worker}`, 'quarantine', 'reports', 'counts', 'import', 'devices', 'account'],
  evaluator: () => ['indicators', 'indicator?of=contacts', 'account'],
  administrator: () => ['people', 'catalogue', 'devices', 'audit', 'account'],
};

/** Follows the app to a path, without loading it anew. */
async function follow(page, path) {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/console/${path}`);
  await page.locator('main h1').waitFor();
  await settled(page);
}

/** Walks over all pages of a role and says what is wrong. */
async function walk(browser, role, worker) {
  const { page, server } = browser;
  browser.expect(/status of 401 .*\/auth\/session\)/);
  await browser.go('/console');
  await page.locator('input[type="password"]').waitFor();
  const found = (await unfitPage(browser)).map((line) => `the door: ${line}`);
  // In whatever language: without its words.
  await page.locator('form input').first().fill(server.login(role).login);
  await page.locator('input[type="password"]').fill(server.login(role).password);
  await page.keyboard.press('Enter');
  await page.locator('nav.nav').waitFor();
  for (const path of PAGES[role](worker)) {
    await follow(page, path);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      found.push(...(await unfitPage(browser)).map((line) => `${path} at ${size.width}: ${line}`));
    }
  }
  return found;
}

for (const options of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', locale: 'ar' }]) {
  const name = options.locale === undefined ? options.colorScheme : 'from right to left';
  scenario(`every page of the console is fit for everybody (${name})`, 'demo', async ({ server, desk }) => {
    const ask = await staff(server, 'supervisor');
    const amina = (await ask('workers')).find(({ handle }) => handle === 'amina');
    const found = [];
    for (const role of Object.keys(PAGES)) found.push(...(await walk(await desk(options), role, amina.id)).map((line) => `${role}: ${line}`));
    assert.deepEqual(found, []);
  });
}
