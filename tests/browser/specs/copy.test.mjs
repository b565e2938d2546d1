// Rescue by file: what a phone could not send leaves it as a copy, and another phone or the console delivers it.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { Browser, PHONE } from '../lib/browser.mjs';
import { fact, login, onBoard, open } from '../lib/console.mjs';
import { inviteTo } from '../lib/fresh.mjs';
import { scratch } from '../lib/paths.mjs';
import { button, contact, enrol, openPad, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

/** Saves a copy on the phone's page "Me" into a folder and returns the file. */
async function saveCopy(page, folder) {
  await press(page, 'Me');
  const download = page.waitForEvent('download');
  await press(page, 'Save a copy');
  const file = await download;
  const name = file.suggestedFilename();
  const saved = path.join(folder, name);
  await file.saveAs(saved);
  return { saved, name };
}

/** Picks a file where the page asks for one. */
async function pick(page, name, file) {
  const chooser = page.waitForEvent('filechooser');
  await press(page, name);
  await (await chooser).setFiles(file);
}

/** Two contacts without a network leave a phone as a copy; then the phone is gone, with its profile. Returns the copy's text. */
async function lostPhone(server, folder) {
  const browser = await Browser.open(server, { size: PHONE });
  try {
    const page = await enrol(browser);
    await browser.offline();
    await contact(page, { code: 'QUINCEY-9417' });
    await contact(page, { syringes: 10 });
    await queueSays(page, '1 of 3 received, 2 waiting');
    const { saved, name } = await saveCopy(page, folder);
    await page.getByText('is in the downloads, with 2 records').waitFor();
    assert.equal(name, 'copy-1.txt');
    const text = await readFile(saved, 'utf8');
    assert.doesNotMatch(text, /QUINCEY|syringe|contact/i, 'the file says nothing of what is in it');
    // The copy changes nothing on the phone.
    await press(page, 'Today');
    await queueSays(page, '1 of 3 received, 2 waiting');
    return { saved, text };
  } finally {
    await browser.remove();
  }
}

scenario('a copy of a phone that is gone is delivered by another phone', 'fresh', async ({ server, phone, desk }) => {
  const { folder, remove } = await scratch('copy');
  try {
    const { saved, text } = await lostPhone(server, folder);
    const other = await phone();
    other.expect(/status of 40[01]/);
    const page = await enrol(other, await inviteTo(server, 'lee'));
    await press(page, 'Me');
    await press(page, 'Deliver a copy');
    const sheet = page.getByRole('dialog');

    const broken = path.join(folder, 'broken.txt');
    await writeFile(broken, text.slice(0, text.length / 2));
    await pick(page, 'Pick the file', broken);
    await sheet.getByText('This file is no copy, or it is damaged.').waitFor();

    // One bit of a body: the signature no longer fits.
    const forged = path.join(folder, 'forged.txt');
    await writeFile(forged, text.replace(/("signature":")(.)/, (_all, before, one) => before + (one === 'A' ? 'B' : 'A')));
    await pick(page, 'Another file', forged);
    await sheet.getByText('The server does not know the phone that the copy is from, or the file was changed.').waitFor();
    await sheet.getByText('2 records not delivered').waitFor();

    await other.offline();
    await pick(page, 'Another file', saved);
    await sheet.getByText('No network. Keep the file').waitFor();
    await other.offline(false);
    await button(sheet, 'Try again').click();
    await sheet.getByText('2 records received').waitFor();

    await pick(page, 'Another file', saved);
    await sheet.getByText('2 records were there already').waitFor();
    await press(sheet, 'Done');
    await press(page, 'Today');
    await queueSays(page, '1 of 1 received');

    const board = await login(await desk(), server.login('supervisor'));
    const { today } = await onBoard(board, 'kim');
    assert.deepEqual([today.contacts, today.out], [2, 15], 'the contacts are those of the phone that is gone');
    assert.equal((await onBoard(board, 'lee')).today.contacts, 0);
  } finally {
    await remove();
  }
});

scenario('the console delivers a copy, and the phone that made it sends only duplicates', 'fresh', async ({ server, phone, desk }) => {
  const { folder, remove } = await scratch('copy');
  try {
    const browser = await phone();
    const page = await enrol(browser);
    await browser.offline();
    await contact(page);
    await contact(page, { syringes: 10 });
    await press(page, 'Undo');
    await page.getByText('Taken back', { exact: true }).waitFor();
    const { saved } = await saveCopy(page, folder);

    const board = await login(await desk(), server.login('supervisor'));
    await open(board, 'Phones');
    await pick(board, 'Pick the file', saved);
    await board.getByText('Received', { exact: true }).waitFor();
    assert.equal(await fact(board, 'Received').innerText(), '2');
    assert.deepEqual((await onBoard(board, 'kim')).today.contacts, 1, 'what was taken back does not count');

    await browser.offline(false);
    await press(page, 'Today');
    await queueSays(page, '2 of 2 received');
    await open(board, 'Records');
    assert.deepEqual((await onBoard(board, 'kim')).today.contacts, 1);
  } finally {
    await remove();
  }
});

scenario('a full phone offers a copy where it says that nothing was saved', 'fresh', async ({ phone }) => {
  const { folder, remove } = await scratch('copy');
  try {
    const browser = await phone();
    const page = await enrol(browser);
    await browser.offline();
    await contact(page);
    await page.evaluate(() => {
      IDBObjectStore.prototype.add = function () {
        throw new DOMException('no room', 'QuotaExceededError');
      };
    });
    await openPad(page);
    await press(page, 'Man, 25–34');
    await press(page, 'Save');
    await page.getByText('Not saved: this phone is full.').waitFor();
    const download = page.waitForEvent('download');
    await press(page, 'Save a copy');
    const file = path.join(folder, 'copy.txt');
    await (await download).saveAs(file);
    assert.equal(JSON.parse(await readFile(file, 'utf8')).batches.length, 1);
    // The form is as it was.
    await button(page, 'Man, 25–34').and(page.locator('[aria-pressed="true"]')).waitFor();
  } finally {
    await remove();
  }
});
