// Pages of the console, one or more per role, from the demonstration programme.

import { Browser, CONSOLE } from '../lib/browser.mjs';
import { login, open, settled } from '../lib/console.mjs';
import { Server } from '../lib/server.mjs';

/** Opens pages one after the other as a member of staff. */
async function staff(server, who, story) {
  const browser = await Browser.open(server, { size: CONSOLE, colorScheme: 'light' });
  try {
    await story(await login(browser, who));
  } finally {
    await browser.remove();
  }
}

/** The board of the team in which a phone's record is missing. */
async function board(server, shoot) {
  for (const one of server.logins.filter(({ role }) => role === 'supervisor')) {
    let found = false;
    await staff(server, one, async (page) => {
      await open(page, 'Today');
      found = (await page.getByRole('main').innerText()).includes('missing');
      if (found) await shoot(page, 'console-board');
    });
    if (found) return;
  }
  throw new Error('no team of the demonstration has a gap');
}

const PAGES = [
  ['supervisor', 'Shifts', 'console-shifts'],
  ['evaluator', 'Indicators', 'console-indicators'],
  ['administrator', 'People', 'console-people'],
  ['administrator', 'All counts', 'console-counts'],
  ['administrator', 'Catalogue', 'console-catalogue'],
];

/** A worker's own page, from the list of people. */
async function person(server, shoot) {
  await staff(server, server.login('supervisor'), async (page) => {
    await open(page, 'People');
    await page.getByRole('main').getByRole('link').first().click();
    await settled(page);
    await shoot(page, 'console-person');
  });
}

/** Takes them all. */
export async function console(shoot) {
  const server = await Server.demo();
  try {
    await board(server, shoot);
    await person(server, shoot);
    for (const [role, name, picture] of PAGES) {
      await staff(server, server.login(role), async (page) => {
        await open(page, name);
        await shoot(page, picture);
      });
    }
  } finally {
    await server.remove();
  }
}
