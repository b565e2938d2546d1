// A supervisor's work: invites, sees, corrects and removes; what somebody else did meanwhile and a session's end lose nothing typed.

import assert from 'node:assert/strict';

import { fact, fillLogin, invite, login, onBoard, open, settled } from '../lib/console.mjs';
import { button, contact, enrol, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

const CODE = 'BLACKBIRD-77';

/** Opens the newest contact of a worker. */
async function newest(page, handle) {
  await open(page, 'Records');
  await page.getByLabel('Worker').selectOption({ label: handle });
  await page.getByLabel('Kind', { exact: true }).selectOption('contact');
  // The list of the whole team stands until the worker's own is here.
  await settled(page);
  await page.getByRole('main').getByRole('listitem').filter({ hasText: handle }).first().getByRole('link').click();
  await button(page, 'Correct').waitFor();
}

/** Waits until facts of the page are as given. */
async function facts(page, expected) {
  const names = Object.keys(expected);
  const shown = async () => Object.fromEntries(await Promise.all(names.map(async (name) => [name, await fact(page, name).innerText()])));
  await holds(async () => assert.deepEqual(await shown(), expected));
}

scenario('a phone is invited, its contact seen, corrected with its code kept, and removed', 'demo', async ({ server, phone, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  const before = await onBoard(page, 'amina');
  const worker = await phone();
  const pad = await enrol(worker, await invite(page, 'amina'));
  await contact(pad, { code: CODE });
  await queueSays(pad, '2 of 2 received');

  const seen = await onBoard(page, 'amina');
  assert.deepEqual([seen.today.contacts, seen.today.out, seen.week.out], [before.today.contacts + 1, before.today.out + 5, before.week.out + 5]);

  await newest(page, 'amina');
  await facts(page, { 'Client code': 'has a code – kept' });
  assert.ok(!(await page.content()).includes(CODE), 'the code is not in the page');
  await press(page, 'Correct');
  await page.getByLabel('How many').first().fill('12');
  await page.getByLabel('Why?').fill('Counted again');
  await page.getByText('You are changing: Items.').waitFor();
  await press(page, 'Save the correction');
  await page.getByText('Corrected.').waitFor();
  await holds(async () => assert.match(await fact(page, 'Items').innerText(), /^12 × Syringe 1 ml/));
  await facts(page, { 'Client code': 'has a code – kept' });
  const corrected = await onBoard(page, 'amina');
  assert.deepEqual([corrected.today.contacts, corrected.today.out], [before.today.contacts + 1, before.today.out + 12]);

  await newest(page, 'amina');
  await press(page, 'Remove');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why?').fill('Was a test');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Removed. It counts nowhere any more.').waitFor();
  assert.deepEqual(await onBoard(page, 'amina'), before);
});

scenario('of two corrections at once the later one sees the earlier and keeps what it typed', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  browser.expect(/status of 409/);
  const mine = await login(browser, server.login('supervisor'));
  await newest(mine, 'amina');
  const theirs = await browser.tab('/console/records');
  await newest(theirs, 'amina');
  await press(mine, 'Correct');
  await mine.getByLabel('For others').fill('3');
  await mine.getByLabel('Why?').fill('Told me later');

  await press(theirs, 'Correct');
  await theirs.getByLabel('Setting').selectOption('event');
  await theirs.getByLabel('Why?').fill('It was at the fair');
  await press(theirs, 'Save the correction');
  await theirs.getByText('Corrected.').waitFor();

  await press(mine, 'Save the correction');
  await mine.getByText('Setting is now: event').waitFor();
  await holds(async () => assert.equal(await mine.getByLabel('Setting').inputValue(), 'event'));
  assert.equal(await mine.getByLabel('For others').inputValue(), '3');
  assert.equal(await mine.getByLabel('Why?').inputValue(), 'Told me later');
  await press(mine, 'Save the correction');
  await mine.getByText('Corrected.').waitFor();
  await facts(mine, { Setting: 'event', 'For others': '3' });
});

scenario('a record far down the list is still open after a reload, also when its date was corrected', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  await open(page, 'Records');
  const lines = page.locator('.record-open');
  const first = await lines.count();
  await press(page, 'Show more');
  await lines.nth(first).waitFor();
  await lines.last().click();
  await button(page, 'Correct').waitFor();
  const shown = await page.getByRole('main').innerText();
  await page.reload();
  await button(page, 'Correct').waitFor();
  assert.equal(await page.getByRole('main').innerText(), shown);

  await press(page, 'Correct');
  const day = await page.getByLabel('Date').inputValue();
  const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('Date').fill(before);
  await page.getByLabel('Why?').fill('It was after midnight');
  await press(page, 'Save the correction');
  await page.getByText('Corrected.').waitFor();
  await page.reload();
  await press(page, 'Correct');
  assert.equal(await page.getByLabel('Date').inputValue(), before);

  await page.goto(`${server.address}/console/records?open=0197a3c0-0000-7000-8000-000000000000`);
  await page.getByText('This record is not among those of your team').waitFor();
  await page.getByRole('link', { name: 'To the records' }).click();
  await lines.first().waitFor();
});

scenario('a session that ends under a form goes on where it was', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  await newest(page, 'brian');
  await press(page, 'Correct');
  await page.getByLabel('For others').fill('4');
  await page.getByLabel('Why?').fill('Forgotten');
  browser.expect(/status of 401 .*\/records\//);
  await browser.context.clearCookies();
  await press(page, 'Save the correction');
  const dialog = page.getByRole('dialog', { name: 'Please log in again' });
  await dialog.waitFor();
  await fillLogin(dialog, server.login('supervisor'));
  await page.getByText('Corrected.').waitFor();
  await facts(page, { 'For others': '4' });
});

scenario('a form that is left by accident asks first', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  await newest(page, 'amina');
  await press(page, 'Correct');
  await page.getByLabel('Why?').fill('half a thought');
  const asked = page.waitForEvent('dialog');
  const click = page.getByRole('link', { name: 'Today', exact: true }).click();
  await (await asked).dismiss();
  await click;
  assert.equal(await page.getByLabel('Why?').inputValue(), 'half a thought');
});

scenario('a bad row of a day sheet is named by line and column, and the good one is in', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  const header = 'record_id,worker,service_date,site,mode,setting,returning,client_code,gender,age_band,injects,for_others,referrals,out:ns_1ml';
  const rows = ['s-1,amina,2026-05-04,market,pair,street,new,,man,25-34,yes,0,,10', 's-2,amina,2026-05-04,market,pair,street,new,,man,25-34,yes,0,,ten'];
  const file = { name: 'sheet.csv', mimeType: 'text/csv', buffer: Buffer.from([header, ...rows, ''].join('\n')) };
  await open(page, 'Paper sheets');
  await page.getByLabel('File (CSV)').setInputFiles(file);
  await press(page, 'Bring in');
  await page.getByText('One row was not taken; all others are in.').waitFor();
  await facts(page, { New: '1', 'As they were': '0' });
  const cells = await page.getByRole('table').getByRole('row').nth(1).getByRole('cell').allInnerTexts();
  assert.deepEqual(cells.slice(0, 2), ['3', 'out:ns_1ml']);
  await press(page, 'Bring in');
  await facts(page, { New: '0', 'As they were': '1' });
});

scenario('on a phone the board, the menu and a correction have their room', 'demo', async ({ server, phone }) => {
  const browser = await phone();
  const page = await login(browser, server.login('supervisor'));
  for (const name of ['Today', 'Records', 'Shifts', 'People', 'Needs repair', 'Exact report', 'Paper sheets', 'Phones']) {
    await open(page, name);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${name} is ${over} px too wide`);
  }
});
