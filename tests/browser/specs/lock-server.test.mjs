// The lock against the real server: what it counts, gives and destroys.

import assert from 'node:assert/strict';

import { kept, lines, lockScreen, open, OTHER, PIN, SECOND, setPin, type, wrong } from '../lib/lock.mjs';
import { contact, enrol, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

scenario('the server gives the share for the PIN, counts wrong ones, and destroys it for the second', 'fresh', async ({ phone }) => {
  const browser = await phone();
  // A wrong PIN is refused.
  browser.expect(/status of 403/);
  const page = await enrol(browser);
  await setPin(page, SECOND);
  await press(page, 'Today');
  await contact(page, { code: 'QUINCEY-9417', syringes: 10 });
  await queueSays(page, '2 of 2 received');
  await lines(page, 1);

  // A cold start has nothing of it; a wrong PIN opens nothing, the right one the list.
  await page.reload();
  await lockScreen(page).waitFor();
  await type(page, OTHER, 'Open');
  await wrong(page).waitFor();
  await open(page, PIN);
  await lines(page, 1);

  // The second PIN opens the app and ends the list, for the right PIN too; nothing that was recorded is lost.
  await page.reload();
  await lockScreen(page).waitFor();
  await open(page, SECOND);
  assert.equal(await page.locator('.list').count(), 0);
  assert.equal((await kept(page)).rows, 0);
  await contact(page, { syringes: 20 });
  await queueSays(page, '3 of 3 received');
});
