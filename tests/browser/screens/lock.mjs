// The lock's screens and the shift's list, in English and dark: they are the same forms in every look.

import { Browser, PHONE } from '../lib/browser.mjs';
import { lines, lockScreen, open, OTHER, PIN, SECOND, setPin, type, wrong } from '../lib/lock.mjs';
import { contact, enrol, press } from '../lib/phone.mjs';
import { Server } from '../lib/server.mjs';

/** Takes them all. */
export async function lock(shoot) {
  const server = await Server.fresh();
  const browser = await Browser.open(server, { size: PHONE, colorScheme: 'dark' });
  browser.expect(/status of 403/);
  try {
    const page = await enrol(browser);
    await press(page, 'Me');
    await press(page, 'Set a PIN');
    await shoot(page, 'pin-new');
    await press(page, 'Close');
    await setPin(page, SECOND);
    await shoot(page, 'me-lock');
    await press(page, 'Today');
    for (const syringes of [10, 20, 5]) await contact(page, { syringes });
    await lines(page, 3);
    await page.locator('.list').scrollIntoViewIfNeeded();
    await shoot(page, 'list');
    await page.locator('.list li').first().getByRole('button').click();
    await shoot(page, 'list-entry');
    await press(page, 'Close');
    await press(page, 'Me');
    await press(page, 'Lock');
    await lockScreen(page).waitFor();
    await shoot(page, 'lock');
    await type(page, OTHER, 'Open');
    await wrong(page).waitFor();
    await shoot(page, 'lock-wrong');
    await open(page, PIN);
    await press(page, 'Me');
    await page.getByRole('button', { name: 'Save a copy' }).scrollIntoViewIfNeeded();
    await shoot(page, 'me-copy');
  } finally {
    await browser.remove();
    await server.remove();
  }
}
