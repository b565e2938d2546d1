// Whoever takes a phone on which several people work, a question was answered, a second PIN was used, or a copy of another phone was delivered.
// Each story ends by planting what it looked for, which must then be found.

import assert from 'node:assert/strict';
import path from 'node:path';

import { inviteTo } from '../lib/fresh.mjs';
import { notListed } from '../lib/forensic/allowed.mjs';
import { overhear } from '../lib/forensic/overhear.mjs';
import { pieces } from '../lib/forensic/pieces.mjs';
import { byteHits } from '../lib/forensic/text.mjs';
import { published, told } from '../lib/forensic/verdict.mjs';
import { lines, lockScreen, open, SECOND, setPin } from '../lib/lock.mjs';
import { scratch } from '../lib/paths.mjs';
import { button, contact, enrol, openPad, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { staff } from '../lib/staff.mjs';

const CODES = ['QUINCEY-9417-zebra', 'Mornington-7731-kelp'];
const ASKED = 'Were these harbinger-4417 or a hundred?';
const ANSWER = 48_613;

/** Waits for other seconds: the browser keeps when a page was opened or a file saved, from which a contact at the same time could not be told. */
async function later(page) {
  const since = Date.now();
  await page.waitForFunction((ms) => Date.now() > ms, since + 3_000);
}

/** Makes the step of the browser's history that all forms share, whose time the browser keeps as well. */
async function makeStep(page) {
  await openPad(page);
  await press(page, 'Close');
  await later(page);
}

/** Sets a phone up, and listens to it from then on; what its profile holds by then everybody may read. */
async function seizable(browser, invite) {
  await enrol(browser, invite);
  await browser.context.close();
  const before = await published(browser.profile);
  await browser.reopen();
  const heard = { plaintexts: new Set(), keys: new Set() };
  await overhear(browser.context, heard);
  const page = await browser.go('/');
  await makeStep(page);
  return { before, heard, page };
}

/** Kills the browser and looks; then plants a record and what was typed where the app keeps its own, kills it again, and must find them. */
async function seize(browser, { before, heard }, typed) {
  await browser.kill();
  assert.deepEqual(told(await pieces(browser.profile), before, heard, typed), []);
  await browser.reopen();
  const page = await browser.go('/');
  await page.evaluate(
    (rows) =>
      new Promise((resolve, reject) => {
        const opened = indexedDB.open('rounds');
        opened.onsuccess = () => {
          const tx = opened.result.transaction('state', 'readwrite', { durability: 'strict' });
          for (const [n, row] of rows.entries()) tx.objectStore('state').put(row, `planted:${n}`);
          tx.oncomplete = () => (opened.result.close(), resolve());
          tx.onerror = () => reject(tx.error);
        };
      }),
    [...[...heard.plaintexts].map((text) => JSON.parse(text)), ...typed],
  );
  assert.notDeepEqual(await notListed(page), []);
  await browser.kill();
  const found = told(await pieces(browser.profile), before, heard, typed).join('\n');
  for (const text of typed) assert.ok(found.includes(text), `${text} was planted and not found`);
  return found;
}

scenario('a seized phone of two people says nothing of what either recorded or answered', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const phone1 = await seizable(browser);
  const { page, heard } = phone1;
  await contact(page, { code: CODES[0], syringes: 5 });
  await queueSays(page, '2 of 2 received');
  const ask = await staff(server, 'supervisor');
  const { records } = await ask('records?kind=contact');
  await ask(`records/${records[0].id}/questions`, { words: ASKED });
  await press(page, 'Me');
  await press(page, 'Sync now');
  await press(page, 'Today');
  await page.getByRole('button', { name: /A question from sam/ }).click();
  await page.getByText(ASKED).waitFor();
  await press(page, 'A number');
  for (const digit of String(ANSWER)) await press(page, digit);
  await press(page, 'Done');
  await queueSays(page, '3 of 3 received');

  await press(page, 'Me');
  await press(page, 'Add somebody to this phone');
  const sheet = page.getByRole('dialog');
  const { code, digits } = await inviteTo(server, 'lee');
  await sheet.getByLabel('Code, 12 characters').fill(code);
  await sheet.getByLabel('Six digits').fill(digits);
  await press(sheet, 'Add');
  await sheet.getByText('lee is person 2 on this phone.').waitFor();
  await press(sheet, 'Close');
  await press(page, 'Today');
  await browser.offline();
  await later(page);
  await press(page, 'Person 1 – change');
  await press(page.getByRole('dialog'), 'Person 2');
  await button(page, 'Person 2 – change').waitFor();
  // Their turn opened the page anew, with a step of its own; the start of their shift is a record too.
  await later(page);
  await page.getByRole('group', { name: 'Site' }).getByRole('button').first().click();
  await press(page, 'In a pair');
  await press(page, 'Street');
  await press(page, 'Start shift');
  await button(page, 'Contact').waitFor();
  await later(page);
  await contact(page, { code: CODES[1], syringes: 10 });

  const bodies = [...heard.plaintexts].map((text) => JSON.parse(text));
  assert.ok(bodies.some(({ kind, body }) => kind === 'answer' && body.number === ANSWER), 'the answer was overheard');
  assert.equal(new Set(bodies.map(({ body }) => body.worker)).size, 2, 'both have recorded');
  assert.deepEqual(await notListed(page), []);
  const found = await seize(browser, phone1, [...CODES, ASKED]);
  assert.match(found, new RegExp(String(ANSWER)));
});

scenario('a phone that was opened by the second PIN and seized says nothing of what was recorded before it or after', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const phone1 = await seizable(browser);
  const { page } = phone1;
  await setPin(page, SECOND);
  await press(page, 'Today');
  await contact(page, { code: CODES[0], syringes: 10 });
  await queueSays(page, '2 of 2 received');
  await lines(page, 1);
  await later(page);
  await page.reload();
  await lockScreen(page).waitFor();
  await open(page, SECOND);
  await makeStep(page);
  assert.equal(await page.locator('.list').count(), 0);
  await browser.offline();
  await contact(page, { code: CODES[1], syringes: 20 });
  assert.deepEqual(await notListed(page), []);
  await seize(browser, phone1, CODES);
});

scenario('a copy that was made and delivered leaves nothing of its records on either phone', 'fresh', async ({ server, phone }) => {
  const { folder, remove } = await scratch('copy');
  try {
    const maker = await phone();
    const made = await seizable(maker);
    await maker.offline();
    await contact(made.page, { code: CODES[0], syringes: 10 });
    await later(made.page);
    await press(made.page, 'Me');
    const download = made.page.waitForEvent('download');
    await press(made.page, 'Save a copy');
    const file = path.join(folder, 'copy.txt');
    await (await download).saveAs(file);
    const sealed = await made.page.evaluate(
      () =>
        new Promise((resolve) => {
          const opened = indexedDB.open('rounds');
          opened.onsuccess = () => {
            const all = opened.result.transaction('ops').objectStore('ops').getAll();
            all.onsuccess = () => (opened.result.close(), resolve(all.result.filter(({ state }) => state === 'waiting').map(({ ct }) => ct)));
          };
        }),
    );
    assert.equal(sealed.length, 1);

    const bearer = await phone();
    const carried = await seizable(bearer, await inviteTo(server, 'lee'));
    await press(carried.page, 'Me');
    await press(carried.page, 'Deliver a copy');
    const chooser = carried.page.waitForEvent('filechooser');
    await press(carried.page, 'Pick the file');
    await (await chooser).setFiles(file);
    await carried.page.getByText('1 record received').waitFor();

    // What one phone sealed is on the other neither open nor sealed.
    carried.heard.plaintexts = new Set([...made.heard.plaintexts, ...carried.heard.plaintexts]);
    await seize(maker, made, [CODES[0]]);
    await bearer.kill();
    const left = await pieces(bearer.profile);
    for (const ct of sealed) assert.deepEqual(byteHits(Buffer.from(ct, 'base64url'), left), []);
    await bearer.reopen();
    await bearer.go('/');
    await seize(bearer, carried, [CODES[0]]);
  } finally {
    await remove();
  }
});
