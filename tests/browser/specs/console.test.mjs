// Staff at the console: a supervisor sees and corrects, an evaluator reads published figures, an administrator invites.

import assert from 'node:assert/strict';

import { door, login, open, settled } from '../lib/console.mjs';
import { enrol, press, queueSays, typicalContact } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

/** The supervisor in whose team the worker of the enrolment link is, logged in. */
async function supervisorOf(server, desk, handle) {
  for (const one of server.logins.filter(({ role }) => role === 'supervisor')) {
    const browser = await desk();
    const page = await login(browser, one);
    await open(page, 'Today');
    const row = page.getByRole('link', { name: handle });
    if ((await row.count()) > 0) return page;
  }
  throw new Error(`${handle} is in nobody's team`);
}

/** The board's figures of the team, today and this week. */
async function teamFigures(page) {
  await press(page, 'Refresh');
  await settled(page);
  const [figures] = /Team\tToday[\s\S]*/.exec(await page.getByRole('main').innerText()) ?? [];
  assert.ok(figures, 'the board shows the sums of the team');
  return figures;
}

scenario('a supervisor sees a contact arrive, corrects and removes it', 'fresh', async ({ server, phone, desk }) => {
  const worker = await phone();
  const pad = await enrol(worker);
  await press(pad, 'Me');
  const handle = await pad.getByRole('heading', { level: 1 }).innerText();
  await press(pad, 'Today');
  const page = await supervisorOf(server, desk, handle);
  const before = await teamFigures(page);
  await typicalContact(pad);
  await queueSays(pad, '1 of 1 received');
  assert.notEqual(await teamFigures(page), before, 'the board shows the new contact');

  await page.getByRole('link', { name: handle }).first().click();
  await settled(page);
  await page.locator('.record-open').first().click();
  await press(page, 'Correct');
  const quantity = page.getByRole('group', { name: 'Item 1' }).getByLabel('How many');
  await quantity.fill('12');
  await page.getByLabel('Why?').fill('Two more were handed out');
  await press(page, 'Save the correction');
  await page.getByText(/12 × Syringe 1 ml/).first().waitFor();

  await press(page, 'Remove');
  await page.getByRole('dialog').getByLabel('Why?').fill('Recorded twice');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('This record was removed').waitFor();
  await open(page, 'Today');
  assert.equal(await teamFigures(page), before, 'the removed contact counts nowhere');
});

scenario('an evaluator reads published figures and takes them along', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('evaluator'));
  await open(page, 'Indicators');
  const contacts = page.getByRole('row', { name: /I1\b/ }).first();
  assert.match(await contacts.innerText(), /\d{2,}/, 'there is a figure of contacts');
  await page.getByLabel('Broken down by').selectOption({ label: 'Place' });
  await settled(page);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /CSV/ }).first().click()]);
  assert.match(file.suggestedFilename(), /\.csv$/);
  assert.deepEqual(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts(), ['Indicators']);
});

scenario('a wrong password says so and tells nothing more', 'fresh', async ({ server, desk }) => {
  const browser = await desk();
  browser.expect(/status of 401 .*\/auth\/login\)/);
  const page = await door(browser);
  await page.getByLabel('Login name').fill(server.login('supervisor').login);
  await page.getByLabel('Password', { exact: true }).fill('not the password at all');
  await press(page, 'Log in');
  await page.getByText("don't go together").waitFor();
});

for (const role of ['supervisor', 'evaluator', 'administrator']) {
  for (const device of ['desk', 'phone']) {
    scenario(`axe finds nothing on the pages of a role: ${role}, ${device}`, 'demo', async (stage) => {
      const browser = await stage[device]();
      const found = [];
      await door(browser);
      found.push(...(await browser.axe()).map((line) => `login: ${line}`));
      const page = await login(browser, stage.server.login(role));
      const links = await page.getByRole('navigation', { name: 'Pages' }).locator('a[href^="/console/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
      for (const link of links) {
        await browser.go(link);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await settled(page);
        found.push(...(await browser.axe()).map((line) => `${link}: ${line}`));
      }
      assert.deepEqual(found, []);
    });
  }
}
