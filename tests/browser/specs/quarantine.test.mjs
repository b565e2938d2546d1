// What a phone that was taken out still sends waits for the supervisor, who takes it as it stands, corrects it, or sets it aside.

import assert from 'node:assert/strict';

import { fact, login, open, settled } from '../lib/console.mjs';
import { inviteTo } from '../lib/fresh.mjs';
import { button, contact, enrol, press } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

/** Lines of the list of what waits. */
const lines = (page) => page.getByRole('main').locator('.record-open');

/** Opens the list of what waits, which has as many lines as given. */
async function waiting(page, n) {
  await open(page, 'Needs repair');
  await holds(async () => assert.equal(await lines(page).count(), n));
}

/** Opens the first line that waits. */
async function first(page) {
  await lines(page).first().click();
  await page.getByRole('heading', { level: 1, name: 'Waiting: a record of kim' }).waitFor();
}

/** Decides in the dialog, with a reason. */
async function decide(page, way, yes, reason) {
  await press(page, way);
  const dialog = page.getByRole('dialog');
  assert.ok(await button(dialog, yes).isDisabled(), 'nothing is decided without a reason');
  await dialog.getByLabel('Why?').fill(reason);
  await press(dialog, yes);
}

/** How many contacts of kim the list of records has. */
async function contacts(page) {
  await open(page, 'Records');
  await page.getByLabel('Kind', { exact: true }).selectOption('contact');
  await settled(page);
  return lines(page).count();
}

scenario('records of a phone that was taken out are taken, corrected and set aside by the supervisor', 'fresh', async ({ server, phone, desk }) => {
  const worker = await phone();
  const pad = await enrol(worker, await inviteTo(server, 'kim'));
  await worker.offline();
  for (const syringes of [5, 10, 20]) await contact(pad, { syringes });

  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  await open(page, 'Phones');
  await button(page, 'Take out the phone of kim').click();
  await press(page.getByRole('dialog'), 'Take it out');
  await page.getByText('taken out', { exact: true }).waitFor();
  await worker.offline(false);
  await holds(async () => {
    await page.reload();
    await open(page, 'Needs repair');
    assert.equal(await lines(page).count(), 3);
  });
  assert.equal(await contacts(page), 0);

  await waiting(page, 3);
  await first(page);
  const address = page.url();
  await page.getByText('The phone was taken out of the programme.').waitFor();
  await holds(async () => assert.match(await fact(page, 'Items').innerText(), /× Syringe 1 ml/));
  // Somebody else sets it aside meanwhile.
  const theirs = await browser.tab(new URL(address).pathname);
  await button(theirs, 'Set it aside').waitFor();
  await decide(page, 'Take it as it stands', 'Take it', 'Kim still had the phone');
  await page.getByText('Taken. It counts from now on').waitFor();
  browser.expect(/status of 409/);
  await decide(theirs, 'Set it aside', 'Set it aside', 'Not ours');
  await theirs.getByText('Somebody has dealt with this record meanwhile.').waitFor();
  await theirs.reload();
  await theirs.getByText('This was dealt with: taken as it stood.').waitFor();
  assert.equal(await contacts(page), 1);

  await waiting(page, 2);
  await first(page);
  await press(page, 'Correct and take it');
  await page.getByLabel('How many').first().fill('17');
  await press(page, 'Correct and take it');
  await page.getByText('One field needs another look').waitFor();
  await page.getByLabel('Why?').fill('Kim said so');
  await press(page, 'Correct and take it');
  await page.getByText('Taken as you corrected it.').waitFor();
  await open(page, 'Records');
  await page.getByText('17 × Syringe 1 ml').first().waitFor();

  await waiting(page, 1);
  await first(page);
  await press(page, 'Set it aside');
  await page.getByRole('dialog').getByText('Nothing is deleted').waitFor();
  await press(page.getByRole('dialog'), 'Cancel');
  await decide(page, 'Set it aside', 'Set it aside', 'Recorded twice');
  await page.getByText('Set aside. Nothing was deleted').waitFor();
  await page.getByRole('link', { name: 'To what waits' }).click();
  await page.getByText('Nothing waits.').waitFor();
  assert.equal(await contacts(page), 2);
});
