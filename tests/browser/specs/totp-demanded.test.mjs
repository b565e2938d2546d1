// A server that demands an authenticator app: it leads to the set-up and lets nobody past it; an invite replaces the password and not the app. Each
// step is looked at by axe at both sizes.

import assert from 'node:assert/strict';

import { unfitPage } from '../lib/access.mjs';
import { CONSOLE, PHONE } from '../lib/browser.mjs';
import { fillLogin, login } from '../lib/console.mjs';
import { inviteTo } from '../lib/fresh.mjs';
import { press } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { APP, code, turnOn, wrongCode } from '../lib/totp.mjs';
import { holds } from '../lib/wait.mjs';

const DEMAND = '--require-totp';
const PASSWORD = 'four-random-words-here';

/** What is wrong with a step, noted into `found`, at the sizes of a laptop and of a phone. */
async function fit(browser, step, found) {
  const { page } = browser;
  for (const size of [CONSOLE, PHONE]) {
    await page.setViewportSize(size);
    found.push(...(await unfitPage(browser)).map((line) => `${step} at ${size.width}: ${line}`));
  }
  await page.setViewportSize(CONSOLE);
}

/** The pages that the navigation offers, but for the own log-in. */
function offered(page) {
  return page.getByRole('navigation', { name: 'Pages' }).locator('.tabs, .rest').getByRole('link').allInnerTexts();
}

async function demanded(page) {
  await page.getByRole('heading', { level: 1, name: 'Your log-in' }).waitFor();
  await page.getByText('Set up an authenticator app first.').waitFor();
}

scenario('a demand that is newer than an open page leads from it to the set-up, and nowhere else until it is done', 'fresh', async ({ server, desk }) => {
  const office = await desk();
  // The restarted server, or the demand, refuses what is asked before.
  office.expect(/status of 403/);
  const person = server.login('supervisor');
  const page = await login(office, person);
  await server.restart(DEMAND);
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await demanded(page);
  assert.deepEqual(await offered(page), []);
  for (const path of ['/console/records', '/console', '/console/people']) {
    await office.go(path);
    await demanded(page);
    assert.equal(new URL(page.url()).pathname, '/console/account');
  }

  await turnOn(page, person.password);
  await press(page, 'I have kept them');
  await page.getByText('Log-in asks for a code of your app.').waitFor();
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await page.getByText('kim', { exact: true }).first().waitFor();
  assert.equal(await page.getByText('Set up an authenticator app first.').count(), 0);
});

/** Opens an invite as out of a message. */
async function openInvite(browser, { link }) {
  await browser.page.goto('about:blank');
  const { pathname, hash } = new URL(link);
  const page = await browser.go(pathname + hash);
  await page.getByLabel('Six digits').waitFor();
  return page;
}

/** Fills the form of an invite and sends it. */
async function take(page, { digits }, password) {
  await page.getByLabel('Six digits').fill(digits);
  await page.getByLabel('Login name').fill('eva');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Start');
}

for (const colorScheme of ['light', 'dark']) {
  scenario(`who takes an invite sets up an app first, and a later invite asks for it (${colorScheme})`, 'fresh', async ({ server, desk }) => {
    const browser = await desk({ colorScheme });
    browser.expect(/status of 40[013]/);
    const found = [];
    const look = (step) => fit(browser, step, found);
    await server.restart(DEMAND);
    const first = await inviteTo(server, 'eva');
    const page = await openInvite(browser, first);
    await look('the invite');
    await take(page, first, PASSWORD);
    await demanded(page);
    await look('the demand');
    const { secret, recovery } = await turnOn(page, PASSWORD, () => look('the set-up'));
    await look('the recovery codes');
    await press(page, 'I have kept them');
    await press(page, 'Turn off');
    await page.getByRole('dialog').getByText('you set up a new one right after').waitFor();
    await look('turning off');
    await press(page, 'Cancel');

    // From now on name and password are not enough.
    await press(page, 'Log out');
    await page.getByLabel('Login name').waitFor();
    await fillLogin(page, { login: 'eva', password: PASSWORD });
    await page.getByLabel(APP).waitFor();
    await look('the code');
    await page.getByLabel(APP).fill(code(secret, 1));
    await press(page, 'Log in');
    await page.getByRole('heading', { level: 1, name: 'Indicators' }).waitFor();
    await press(page, 'Log out');
    await page.getByLabel('Login name').waitFor();

    // Whoever lost the password has the app still: the new invite asks for it, where the eye and the keyboard are.
    const again = await inviteTo(server, 'eva');
    await openInvite(browser, again);
    await take(page, again, `${PASSWORD}-2`);
    const field = page.getByLabel(APP);
    await field.waitFor();
    await holds(async () => assert.ok(await field.evaluate((input) => input === document.activeElement), 'the code can be typed at once'));
    await look('the invite with a code');
    await field.fill(wrongCode(secret));
    await page.setViewportSize(PHONE);
    await press(page, 'Start');
    const problem = page.getByText('This code is wrong or was used already.');
    await problem.waitFor();
    assert.ok(await problem.evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight), 'what is wrong is out of sight');
    await press(page, 'Use a recovery code');
    await page.getByLabel('Recovery code').fill(recovery[0]);
    await press(page, 'Start');
    await page.getByRole('heading', { level: 1, name: 'Indicators' }).waitFor();
    assert.deepEqual(found, []);
  });
}
