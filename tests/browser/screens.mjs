// The pictures of `docs/screens/`: every screen of the phone in English, light and dark, and in Arabic, and pages of the console; all from the
// demonstration programme on the real server.
//
// `node screens.mjs [light|dark|ar|lock|console]…` takes some of them, all unless told.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { ROOT } from './lib/paths.mjs';
import { small } from './lib/png.mjs';
import { console as consolePages } from './screens/console.mjs';
import { lock } from './screens/lock.mjs';
import { LOOKS, phone } from './screens/phone.mjs';

const FOLDER = path.join(ROOT, 'docs', 'screens');
const wanted = process.argv.slice(2);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

/** Takes a picture of what a page shows into a folder below `docs/screens/`. */
function into(folder) {
  return async (page, name) => {
    const file = path.join(FOLDER, folder, `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, small(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
    console.log(path.relative(ROOT, file));
  };
}

for (const look of LOOKS) if (isWanted(look.name)) await phone(look, into(path.join('phone', look.name)));
if (isWanted('lock')) await lock(into(path.join('phone', 'dark')));
if (isWanted('console')) await consolePages(into('.'));
