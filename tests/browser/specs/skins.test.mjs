// Neutral skins: another name and icon for a deployment, also for phones that are in use already.

import assert from 'node:assert/strict';

import { login } from '../lib/console.mjs';
import { contact, enrol, press, queueSays } from '../lib/phone.mjs';
import { newVersion } from '../lib/relay.mjs';
import { scenario } from '../lib/scenario.mjs';

const ICONS = ['/icon.svg', '/icon-192.png', '/icon-512.png', '/icon-maskable-512.png', '/apple-touch-icon.png'];

/** What the page, as it is served to it, says of the app's name, and its icons' bytes. */
function looks(page) {
  return page.evaluate(async (icons) => {
    const texts = await Promise.all(['/', '/manifest.webmanifest', '/canary/index.html'].map(async (path) => (await fetch(path)).text()));
    const drawings = await Promise.all(icons.map(async (path) => [...new Uint8Array(await (await fetch(path)).arrayBuffer())].join()));
    return { title: document.title, name: JSON.parse(texts[1]).name, short: JSON.parse(texts[1]).short_name, texts: texts.join(), drawings };
  }, ICONS);
}

scenario('a deployment has the name and icon that it chose, and a phone in use takes another with a yes', ['--skin', 'notes'], async ({ server, phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  const notes = await looks(page);
  assert.deepEqual([notes.title, notes.name, notes.short], ['Notes', 'Notes', 'Notes']);
  assert.doesNotMatch(notes.texts, /rounds/i);
  await contact(page);
  await queueSays(page, '2 of 2 received');

  await server.stop();
  server.options = ['--skin', 'garden'];
  await server.start();
  await newVersion(page);
  assert.equal((await looks(page)).name, 'Notes', 'the app in use stays whole until the yes');
  await press(page, 'Use it now');
  await page.waitForFunction(() => document.title === 'Garden');
  await queueSays(page, '2 of 2 received');
  const garden = await looks(page);
  assert.deepEqual([garden.name, garden.short], ['Garden', 'Garden']);
  for (const [n, drawing] of garden.drawings.entries()) assert.notEqual(drawing, notes.drawings[n], `${ICONS[n]} is another`);
  await browser.offline();
  await page.reload();
  await queueSays(page, '2 of 2 received');
  assert.equal(await page.title(), 'Garden', 'without a network too');
});

scenario('the console bears the name too, and no address leads to the other skins', ['--skin', 'timer'], async ({ server, desk }) => {
  const page = await login(await desk(), server.login('administrator'));
  await page.waitForFunction(() => document.title.endsWith(' – Timer'));
  assert.equal(await page.getByText('Rounds').count(), 0);
  for (const address of ['/skins/notes/icon.svg', '/skins/timer/icon.svg', '/skins/']) {
    assert.equal((await fetch(server.address + address)).headers.get('content-type')?.startsWith('image/') ?? false, false, address);
  }
});
