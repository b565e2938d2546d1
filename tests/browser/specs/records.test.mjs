// What a person does twice, in a hurry or on a full phone: a record is taken back once or not at all, and what is deleted is gone for good.

import assert from 'node:assert/strict';

import { lines, lockScreen, OTHER, setPin, sums, type } from '../lib/lock.mjs';
import { inviteTo } from '../lib/fresh.mjs';
import { button, contact, enrol, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

const spoken = async (page, n) => (await lines(page, n)).map((line) => line.replace(/^\d\d:\d\d /, ''));

scenario('two quick taps take nothing back, and a full phone says that it did not', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await setPin(page);
  await press(page, 'Today');
  await contact(page, { syringes: 10 });
  await contact(page, { syringes: 20 });
  await lines(page, 2);
  const before = await sums(page);
  await page.locator('.list li').first().getByRole('button').click();
  const sheet = page.getByRole('dialog');
  const { x, y, width, height } = await button(sheet, 'Take back').boundingBox();
  // Two taps of a cold finger at one spot.
  for (let taps = 0; taps < 2; taps += 1) await page.mouse.click(x + width / 2, y + height / 2);
  await button(sheet, 'Take back').waitFor();
  assert.deepEqual(await sums(page), before);

  await page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    globalThis.full = true;
    IDBObjectStore.prototype.add = function (...given) {
      if (globalThis.full) throw new DOMException('no room', 'QuotaExceededError');
      return add.apply(this, given);
    };
  });
  await press(sheet, 'Take back');
  await press(sheet, 'Yes, take it back for good');
  await sheet.getByText('Not saved: this phone is full.').waitFor();
  await button(sheet, 'Save a copy').waitFor();
  await press(sheet, 'Close');
  // An undo that fails says so on the home screen.
  await page.getByText('Not saved: this phone is full.').waitFor();
  assert.deepEqual(await sums(page), before);
  await page.evaluate(() => (globalThis.full = false));
  await page.locator('.list li').first().getByRole('button').click();
  await press(sheet, 'Take back');
  await button(sheet, 'Yes, take it back for good').dblclick();
  await page.getByText('Taken back', { exact: true }).waitFor();
  await lines(page, 1);
  assert.deepEqual((await sums(page))[0], '1');
  assert.equal(await page.getByText('Not saved').count(), 0);
});

/** Deletes what waits, as Me offers it. */
async function discard(page, n) {
  await press(page, 'Me');
  await press(page, 'Delete unsent records…');
  const sheet = page.getByRole('dialog');
  await press(sheet, String(n));
  await button(sheet, new RegExp(`^Delete ${n} records? for good$`)).click();
  await page.getByText(new RegExp(`^${n} records? (?:was|were) deleted`)).waitFor();
  await press(page, 'Today');
}

scenario('unsent records that are deleted leave list and figures, and nothing is called received', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await setPin(page);
  await press(page, 'Today');
  await contact(page, { syringes: 10 });
  await queueSays(page, '2 of 2 received');
  await browser.offline();
  await contact(page, { syringes: 20 });
  await contact(page, { syringes: 50 });
  assert.deepEqual(await spoken(page, 3), ['50 Waiting to be sent', '20 Waiting to be sent', '10 Received']);
  await discard(page, 2);
  assert.deepEqual(await spoken(page, 1), ['10 Received']);
  assert.deepEqual(await sums(page), ['1', '1', '10', '0', '0']);
  await queueSays(page, '2 of 2 received');
});

scenario('a worker of a shared phone deletes their own records and not those of another', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  const { link, digits } = await inviteTo(server, 'lee');
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await press(page, 'Add this person');
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Six digits').fill(digits);
  await press(sheet, 'Add');
  await button(sheet, 'It is my turn').waitFor();
  await press(sheet, 'Close');
  await browser.offline();
  await contact(page, { syringes: 10 });
  await press(page, 'Person 1 – change');
  await press(page.getByRole('dialog'), 'Person 2');
  await button(page, 'Person 2 – change').waitFor();
  await page.getByRole('group', { name: 'Site' }).getByRole('button').first().click();
  await press(page, 'In a pair');
  await press(page, 'Street');
  await press(page, 'Start shift');
  await contact(page, { syringes: 20 });
  await queueSays(page, '0 of 2 received, 2 waiting, 1 of others waiting');
  await press(page, 'Me');
  await press(page, 'Delete unsent records…');
  await page.getByText('1 record of others on this phone stays.').waitFor();
  await press(page.getByRole('dialog'), 'Close');
  await discard(page, 2);
  await queueSays(page, 'Nothing saved yet today, 1 of others waiting');
  await browser.offline(false);
  await press(page, 'Person 2 – change');
  await press(page.getByRole('dialog'), 'Person 1');
  await queueSays(page, '2 of 2 received');
});

scenario('who has not proven the PIN is not offered to delete what was not sent', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await setPin(page);
  await press(page, 'Today');
  await browser.offline();
  await contact(page, { syringes: 10 });
  await press(page, 'Me');
  await button(page, 'Delete unsent records…').waitFor();
  await page.reload();
  await lockScreen(page).waitFor();
  await type(page, OTHER, 'Open');
  await button(page, 'Contact').waitFor();
  await press(page, 'Me');
  await button(page, 'Change the PIN').waitFor();
  assert.equal(await button(page, 'Delete unsent records…').count(), 0);
});
