// The pictures of `docs/screens/`: one per role, from the demonstration programme on the real server.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { Browser, CONSOLE, PHONE } from './lib/browser.mjs';
import { login, open, settled } from './lib/console.mjs';
import { ROOT } from './lib/paths.mjs';
import { contact, enrol, press, queueSays, typicalContact } from './lib/phone.mjs';
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
    await queueSays(page, '6 of 6 received');
    await browser.offline();
    await contact(page);
    await typicalContact(page);
    await queueSays(page, '6 of 8 received, 2 waiting');
    await shoot(page, 'phone-today');
    await press(page, 'Contact');
    await press(page, 'Man, 25–34');
    await press(page, 'Returning');
    await press(page, 'Syringe 1 ml: 10');
    await press(page, 'Given: Naloxone nasal: One more');
    await press(page, 'HIV test');
    await shoot(page, 'phone-contact');
  } finally {
    await browser.remove();
  }
}

/** A page of a staff role. */
async function staff(server, role, pageName, name, size = CONSOLE) {
  const browser = await Browser.open(server, { size, colorScheme: 'light' });
  try {
    const page = await login(browser, server.login(role));
    await open(page, pageName);
    await settled(page);
    await shoot(page, name);
  } finally {
    await browser.remove();
  }
}

await mkdir(FOLDER, { recursive: true });
const server = await Server.demo();
try {
  await phone(server);
  await staff(server, 'supervisor', 'Today', 'team-board');
  await staff(server, 'evaluator', 'Indicators', 'indicators');
  await staff(server, 'administrator', 'People', 'people');
} finally {
  await server.remove();
}
