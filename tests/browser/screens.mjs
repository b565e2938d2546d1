// The pictures of `docs/screens/`: one per role, from the demonstration programme on the real server.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { Browser, CONSOLE, PHONE } from './lib/browser.mjs';
import { login, open, settled } from './lib/console.mjs';
import { ROOT } from './lib/paths.mjs';
import { contact, enrol, fillTypical, queueSays, typicalContact } from './lib/phone.mjs';
import { Server } from './lib/server.mjs';

const FOLDER = path.join(ROOT, 'docs', 'screens');

async function shoot(page, name) {
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), animations: 'disabled' });
  console.log(`docs/screens/${name}.png`);
}

/** A peer worker's home screen with two contacts that wait, and the pad in mid contact. */
async function phone(server) {
  const browser = await Browser.open(server, { size: PHONE, colorScheme: 'dark' });
  try {
    const page = await enrol(browser);
    for (let n = 0; n < 6; n += 1) await (n % 2 === 0 ? typicalContact(page) : contact(page));
    await queueSays(page, '7 of 7 received');
    await browser.offline();
    await typicalContact(page);
    await contact(page);
    await queueSays(page, '7 of 9 received, 2 waiting');
    await shoot(page, 'phone-today');
    await fillTypical(page);
    await shoot(page, 'phone-pad');
  } finally {
    await browser.remove();
  }
}

/** A page of a member of staff; with `wanted` only when it says that. Answers whether it was taken. */
async function staff(server, who, pageName, name, wanted = '') {
  const browser = await Browser.open(server, { size: CONSOLE, colorScheme: 'light' });
  try {
    const page = await login(browser, who);
    await open(page, pageName);
    await settled(page);
    if (!(await page.getByRole('main').innerText()).includes(wanted)) return false;
    await shoot(page, name);
    return true;
  } finally {
    await browser.remove();
  }
}

/** The board of the team in which a phone's record is missing. */
async function board(server) {
  for (const one of server.logins.filter(({ role }) => role === 'supervisor')) {
    if (await staff(server, one, 'Today', 'console-board', 'missing')) return;
  }
  throw new Error('no team of the demonstration has a gap');
}

await mkdir(FOLDER, { recursive: true });
const server = await Server.demo();
try {
  await phone(server);
  await board(server);
  await staff(server, server.login('evaluator'), 'Indicators', 'console-indicators');
  await staff(server, server.login('administrator'), 'People', 'console-people');
} finally {
  await server.remove();
}
