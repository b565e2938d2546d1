// A supervisor asks about a record; the worker answers with one tap; the answer stands on the board and on the record's page until it is closed.

import assert from 'node:assert/strict';

import { login, open, settled } from '../lib/console.mjs';
import { inviteTo } from '../lib/fresh.mjs';
import { button, contact, enrol, press, queueSays, syncEnded } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

const WORDS = 'Were these ten or a hundred syringes?';

scenario('a worker is asked about a record and the supervisor sees the answer', 'fresh', async ({ server, phone, desk }) => {
  const worker = await phone();
  const pad = await enrol(worker, await inviteTo(server, 'kim'));
  await contact(pad, { syringes: 10 });
  await queueSays(pad, '2 of 2 received');

  const page = await login(await desk(), server.login('supervisor'));
  await open(page, 'Records');
  await page.getByLabel('Kind', { exact: true }).selectOption('contact');
  await settled(page);
  await page.getByRole('main').locator('.record-open').first().click();
  await press(page, 'Ask the worker');
  const words = page.getByLabel('Your question to kim');
  await words.fill('?');
  assert.ok(await button(page, 'Send the question').isDisabled(), 'a question has at least three characters');
  await words.fill(WORDS);
  await press(page, 'Send the question');
  await page.getByText('Asked. kim sees it').waitFor();
  await page.getByText(WORDS).waitFor();
  await page.getByText('no answer yet').waitFor();
  await open(page, 'Today');
  assert.equal(await page.getByText('kim answered').count(), 0);

  await syncEnded(pad);
  await press(pad, 'Me');
  await press(pad, 'Sync now');
  await press(pad, 'Today');
  await pad.getByRole('button', { name: /A question from sam/ }).click();
  await pad.getByText(WORDS).waitFor();
  // What closes a sheet answers nothing, whatever was typed.
  await press(pad, 'A number');
  await press(pad, '7');
  await pad.keyboard.press('Escape');
  await pad.getByText(WORDS).waitFor();
  await press(pad, 'A number');
  for (const digit of '10') await press(pad, digit);
  await press(pad, 'Done');
  await queueSays(pad, '3 of 3 received');

  await press(page, 'Refresh');
  const link = page.getByRole('link', { name: 'kim answered: 10' });
  await link.waitFor();
  await link.click();
  await page.getByText(/kim answered 10 \(/).waitFor();
  await press(page, 'Close');
  await page.getByText('closed', { exact: true }).waitFor();
  await open(page, 'Today');
  await settled(page);
  assert.equal(await page.getByText('kim answered').count(), 0);
});
