// An administrator's work: people, invites for staff, phones, places, audit; and axe on every page of the console.

import assert from 'node:assert/strict';

import { door, fillLogin, invite, login, open, settled } from '../lib/console.mjs';
import { button, contact, enrol, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

scenario('somebody is added, invited and joins with a password of their own', 'demo', async ({ server, desk }) => {
  const office = await desk();
  const page = await login(office, server.login('administrator'));
  await open(page, 'People');
  await press(page, 'Add a person');
  await page.getByLabel('Handle').fill('hana');
  await page.getByLabel('Role').selectOption('supervisor');
  await press(page, 'Add');
  await page.getByText('hana is in the list.').waitFor();
  const { link, digits } = await invite(page, 'hana');

  const home = await desk();
  home.expect(/status of 4\d\d/);
  const fresh = await home.go(new URL(link).pathname + new URL(link).hash);
  await fresh.getByRole('heading', { name: 'Welcome to Rounds' }).waitFor();
  assert.equal(await fresh.evaluate(() => location.hash), '', 'the code is out of the address');
  await fresh.getByLabel('Six digits').fill(digits === '000000' ? '000001' : '000000');
  await fresh.getByLabel('Login name').fill('hana');
  await fresh.getByLabel('Password', { exact: true }).fill('short');
  await press(fresh, 'Start');
  await fresh.getByText('The password needs 12 characters or more.').waitFor();
  await fresh.getByLabel('Password', { exact: true }).fill('four-random-words-here');
  await press(fresh, 'Start');
  await fresh.getByText('This invite does not hold').waitFor();
  assert.equal(await fresh.getByLabel('Login name').inputValue(), 'hana', 'what was typed stays');
  await fresh.getByLabel('Six digits').fill(digits);
  await press(fresh, 'Start');
  await fresh.getByText('Nobody is in your team yet.').waitFor();
});

scenario('a phone that is taken out is asked about first, and what it still sends waits for repair', 'demo', async ({ server, phone, desk }) => {
  const office = await desk();
  const page = await login(office, server.login('administrator'));
  const worker = await phone();
  // A phone that was taken out gets no token any more.
  worker.expect(/status of 40[13]/);
  const pad = await enrol(worker, await invite(page, 'grace'));
  await contact(pad);
  await queueSays(pad, '2 of 2 received');
  await open(page, 'Phones');
  const phones = page.getByRole('main').getByRole('listitem').filter({ hasText: 'grace' });
  await phones.first().waitFor();
  const out = phones.getByRole('button', { name: 'Take out the phone of grace' });
  const count = await out.count();
  assert.ok(count > 0, 'grace has a phone');
  await out.first().click();
  const dialog = page.getByRole('dialog', { name: 'Take out the phone of grace?' });
  await dialog.getByText("This can't be taken back.").waitFor();
  await dialog.getByText('then clears itself').waitFor();
  await dialog.getByRole('button', { name: 'Take it out' }).click();
  await phones.getByText('taken out', { exact: true }).waitFor();
  await holds(async () => assert.equal(await out.count(), count - 1));
  await page.getByText('Next: invite grace for a new phone').waitFor();

  const pushed = pad.waitForResponse(/\/sync\/push$/);
  await contact(pad, { syringes: 10 });
  await pushed;
  await open(page, 'Needs repair');
  const waiting = page.getByRole('main').getByRole('listitem').filter({ hasText: 'grace' });
  await waiting.getByText('The phone was taken out of the programme.').waitFor();
  await setsUpAnew(worker, await invite(page, 'grace'));
});

scenario('a phone is asked to send everything again, which the audit tells', 'demo', async ({ server, desk }) => {
  const page = await login(await desk(), server.login('administrator'));
  await open(page, 'Phones');
  await page.getByRole('button', { name: /^Ask the phone to send everything again: \w+$/ }).first().click();
  await page.getByText('sends everything that it still has').waitFor();
  await open(page, 'Audit');
  await page.getByText('phone asked to send everything again').first().waitFor();
});

scenario('a supervisor notes a break and a leaving, and whoever left has no way in', 'demo', async ({ server, phone, desk }) => {
  const office = await desk();
  const page = await login(office, server.login('supervisor'));
  await open(page, 'People');
  const people = page.getByRole('main').getByRole('listitem');
  await people.first().waitFor();
  const handle = await people.first().getByRole('heading').innerText();
  const entry = people.filter({ has: page.getByRole('heading', { name: handle, exact: true }) });
  const worker = await phone();
  // Whoever has left gets no token any more.
  worker.expect(/status of 401/);
  const pad = await enrol(worker, await invite(page, handle));
  await contact(pad);
  await queueSays(pad, '2 of 2 received');

  await press(page, `${handle} takes a break`);
  await entry.getByText('on a break', { exact: true }).waitFor();
  await press(page, `${handle} leaves`);
  const dialog = page.getByRole('dialog', { name: `Does ${handle} leave?` });
  await dialog.getByText('What they recorded stays and counts.').waitFor();
  await dialog.getByRole('button', { name: 'Yes, leaves' }).click();
  await entry.getByText('left', { exact: true }).waitFor();
  await holds(async () => assert.equal(await button(page, `Invite ${handle}`).count(), 0));

  const pushed = pad.waitForResponse(/\/sync\/push$/);
  await contact(pad, { syringes: 10 });
  await pushed;
  await open(page, 'Needs repair');
  const waiting = page.getByRole('main').getByRole('listitem').filter({ hasText: handle });
  await waiting.getByText('The worker was not active any more.').first().waitFor();

  await open(page, 'People');
  await press(page, `${handle} is back`);
  await holds(async () => assert.equal(await entry.getByText('left', { exact: true }).count(), 0));
  await setsUpAnew(worker, await invite(page, handle));
});

/** Opens an invite on a phone that is out, sets it up anew, and sees that what it records counts again. */
async function setsUpAnew(worker, { link, digits }) {
  await worker.page.getByRole('heading', { name: 'This phone is no longer set up' }).waitFor();
  await worker.page.goto('about:blank');
  const { pathname, hash } = new URL(link);
  const pad = await worker.go(pathname + hash);
  const accepted = [];
  pad.on('response', async (answer) => {
    if (!answer.url().endsWith('/sync/push') || !answer.ok()) return;
    const { results } = await answer.json();
    accepted.push(...results.filter((one) => one.code === 'accepted'));
  });
  await pad.getByLabel('Six digits').fill(digits);
  await press(pad, 'Set up');
  await pad.getByRole('group', { name: 'Site' }).getByRole('button').first().click();
  for (const tap of ['In a pair', 'Street', 'Start shift']) await press(pad, tap);
  await contact(pad, { syringes: 5 });
  // The start of the shift, and the contact.
  await holds(async () => assert.equal(accepted.length, 2));
}

scenario('a place is added and the audit tells of it', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('administrator'));
  await open(page, 'Catalogue');
  await press(page, 'Places');
  await page.getByLabel('New place').fill('North bridge');
  await page.keyboard.press('Enter');
  await button(page, 'North bridge new').waitFor();
  await press(page, 'Save');
  await page.getByText('Saved. Phones follow at their next sync.').waitFor();
  await button(page, 'North bridge').waitFor();
  await open(page, 'Audit');
  await page.getByRole('row').filter({ hasText: 'catalogue changed' }).first().waitFor();
});

scenario('a wrong password says so and tells nothing more', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  browser.expect(/status of 401 .*\/auth\/login\)/);
  const page = await door(browser);
  await fillLogin(page, { ...server.login('supervisor'), password: 'not the password at all' });
  await page.getByText("don't go together").waitFor();
});

const PAGES = {
  supervisor: ['Today', 'Records', 'Shifts', 'People', 'Needs repair', 'Exact report', 'All counts', 'Paper sheets', 'Phones'],
  evaluator: ['Indicators'],
  administrator: ['People', 'Catalogue', 'Phones', 'Audit', 'Indicators'],
};

for (const size of [{ width: 360, height: 800 }, { width: 1280, height: 800 }]) {
  for (const colorScheme of ['light', 'dark']) {
    scenario(`axe finds nothing at ${size.width}, ${colorScheme}`, 'demo', async ({ server, desk }) => {
      for (const [role, names] of Object.entries(PAGES)) {
        const browser = await desk({ size, colorScheme });
        await door(browser);
        assert.deepEqual(await browser.axe(), [], 'the login');
        const page = await login(browser, server.login(role));
        for (const name of names) {
          await open(page, name);
          assert.deepEqual(await browser.axe(), [], `${role}: ${name}`);
        }
        if (role === 'supervisor') await recordPages(browser, page);
        if (role === 'evaluator') await indicatorPage(browser, page);
      }
    });
  }
}

async function recordPages(browser, page) {
  await open(page, 'Records');
  await page.locator('.record-open').first().click();
  await press(page, 'Remove');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.deepEqual(await browser.axe(), [], 'asking before removal');
  await press(page, 'Cancel');
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(await browser.axe(), [], 'a record');
  await press(page, 'Correct');
  await press(page, 'Save the correction');
  await page.getByRole('alert').first().waitFor();
  assert.deepEqual(await browser.axe(), [], 'the correction');
  await open(page, 'People');
  await press(page, 'Invite amina');
  await page.getByRole('heading', { name: 'Invite for amina' }).waitFor();
  assert.deepEqual(await browser.axe(), [], 'an invite');
}

async function indicatorPage(browser, page) {
  await page.getByLabel('Broken down by').selectOption('gender');
  await page.getByRole('link', { name: 'Contacts', exact: true }).click();
  await page.getByRole('region', { name: 'By gender' }).waitFor();
  await settled(page);
  await press(page, 'Definition');
  await button(page, 'Definition').and(page.locator('[aria-expanded="true"]')).waitFor();
  assert.deepEqual(await browser.axe(), [], 'an indicator');
}
