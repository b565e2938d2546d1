// Every screen of the phone is for everybody: in each theme and from right to left, at twice its size, without motion, for any finger.

import assert from 'node:assert/strict';

import { SMALL, THEMES, unfit } from '../lib/access.mjs';
import { button } from '../lib/phone.mjs';
import { SCREENS, texts, Way } from '../lib/screens.mjs';
import { scenario } from '../lib/scenario.mjs';
import { staff } from '../lib/staff.mjs';

/** Sets up a phone and looks at each screen on the way to a shift. */
async function begin(browser, { code, digits, link }, look) {
  const { page } = browser;
  await browser.go('/');
  await page.locator('form.stack').waitFor();
  await look('enrolment');
  await page.goto('about:blank');
  const { pathname, hash } = new URL(link);
  await browser.go(pathname + hash);
  await page.locator('input[name="digits"]').fill(digits);
  const t = await texts(page);
  await button(page, t('enrol_button')).click();
  await button(page, t('welcome_start')).waitFor();
  await look('welcome');
  await button(page, t('welcome_start')).click();
  for (const group of await page.locator('.start .choices').all()) await group.getByRole('button').first().click();
  await look('start of a shift');
  await button(page, t('shift_start')).click();
  await page.locator('.contact-button').waitFor();
  return new Way(page, t);
}

/** Asks the server and waits for its answer. */
async function synced(way) {
  await way.tab(4);
  const answered = way.page.waitForResponse(/\/sync\/pull/);
  await way.tap('sync_now');
  await answered;
  await way.page.getByRole('button', { name: way.t('sync_now'), exact: true, disabled: false }).waitFor();
}

/** Walks over every screen in the given themes and fails with everything that is wrong anywhere. */
async function walk({ server, phone }, options, themes) {
  const ask = await staff(server, 'supervisor');
  const amina = (await ask('workers')).find(({ handle }) => handle === 'amina');
  const browser = await phone({ size: SMALL, ...options });
  const found = [];
  const look = async (name) => found.push(...(await unfit(browser, themes)).map((line) => `${name}: ${line}`));
  const way = await begin(browser, await ask('invites', { worker: amina.id }), look);
  for (const [name, open] of SCREENS) {
    await way.home();
    await open(way);
    await look(name);
  }
  await way.home();
  await ask(`workers/${amina.id}/level`, { level: 'outreach' });
  await synced(way);
  await way.home();
  await way.form('group');
  await look('group, not unlocked');
  assert.deepEqual(found, []);
}

scenario('every screen is fit for everybody, in every theme', 'demo', (stage) => walk(stage, {}, THEMES));

scenario('every screen is fit for everybody, from right to left', 'demo', (stage) => walk(stage, { locale: 'ar' }, ['dark']));
