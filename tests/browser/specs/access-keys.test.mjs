// The phone without a finger or without eyes: by keyboard alone, and as a screen reader is told of it.

import assert from 'node:assert/strict';

import { byKeys, focusRing, ringless } from '../lib/keys.mjs';
import { enrol, openPad, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { staff } from '../lib/staff.mjs';
import { holds } from '../lib/wait.mjs';

/** What has to happen at once, on a machine with other work. */
const A_MOMENT = 5_000;

scenario('the typical contact by keyboard alone, from + to Save', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await page.evaluate(() => addEventListener('pointerdown', () => (globalThis.touched = true), true));
  const keys = byKeys(page);
  await keys.press('Contact');
  await keys.press('Man, 25–34', 'Space');
  await keys.press('Returning');
  await keys.press('Syringe 1 ml: 10', 'Space');
  await keys.press('Given: Naloxone nasal: One more');
  await keys.press('HIV test');
  await keys.press('Save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await queueSays(page, '2 of 2 received');
  assert.equal(await page.evaluate(() => globalThis.touched), undefined);
  for (const tab of ['Referrals', 'Guide', 'Me', 'Today']) {
    await keys.press(tab);
    await page.locator('.bar [aria-current="page"]').getByText(tab).waitFor();
  }
});

const SHEETS = [
  ['More…', 'More'],
  ['Items…', 'Items and kits'],
  ['Refer…', 'Referrals'],
  ['Syringe 1 ml: Type a number', 'Syringe 1 ml'],
];

scenario('each sheet of the pad takes the focus, keeps it, and gives it back', 'fresh', async ({ phone }) => {
  const page = await enrol(await phone());
  const keys = byKeys(page);
  await openPad(page);
  for (const [opener, title] of SHEETS) {
    await keys.press(opener);
    const sheet = page.getByRole('dialog', { name: title, exact: true });
    await sheet.waitFor();
    const inside = () => sheet.evaluate((one) => one.contains(document.activeElement));
    assert.ok(await inside(), `${title} has the focus`);
    const stops = await sheet.locator('button:enabled, input, a[href]').count();
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let n = 0; n <= stops; n += 1) {
        await page.keyboard.press(key);
        assert.ok(await inside(), `${key} number ${n + 1} leaves ${title}`);
      }
    }
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await holds(async () => assert.equal(await keys.focused(), opener, `the focus after ${title}`), A_MOMENT);
  }
});

scenario('a group by keyboard alone', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const [kim] = (await ask('workers')).filter(({ handle }) => handle === 'kim');
  await ask(`workers/${kim.id}/level`, { level: 'facilitation' });
  const browser = await phone();
  const page = await enrol(browser);
  const keys = byKeys(page);
  await keys.press('Group');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await keys.press('By gender and age');
  const sheet = page.getByRole('dialog');
  await keys.press('Woman, 25–34');
  await keys.press('Man, 35–49', 'Space');
  await keys.press('Done');
  await sheet.waitFor({ state: 'detached' });
  await keys.press('Save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await queueSays(page, '2 of 2 received');
});

scenario('what has the focus has a ring that is seen', 'fresh', async ({ phone }) => {
  const page = await enrol(await phone());
  const keys = byKeys(page);
  const found = [];
  const look = async (name) => found.push(...(await ringless(page)).map((line) => `${name}: ${line}`));
  await look('today');
  await openPad(page);
  await look('pad');
  await press(page, 'Code');
  await look('code');
  await press(page, 'Done');
  await press(page, 'More…');
  await look('more');
  await page.keyboard.press('Escape');
  await press(page, 'Close');
  for (const tab of ['Referrals', 'Guide', 'Me']) {
    await press(page, tab);
    await look(tab);
  }
  await keys.press('Today');
  assert.deepEqual(found, []);
  assert.match(await focusRing(page), /3px/);
});

/** The accessibility tree as Chromium tells it, without what it ignores: role, name, and the states that matter here. */
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties = [] }) => ({
      role: role.value,
      name: name?.value ?? '',
      ...Object.fromEntries(properties.filter((one) => ['pressed', 'disabled', 'level', 'live'].includes(one.name)).map((one) => [one.name, one.value.value])),
    }));
}

scenario('a screen reader is told the names and states of the pad', 'fresh', async ({ phone }) => {
  const page = await enrol(await phone());
  await openPad(page);
  const said = async (name, role = 'button') => {
    const [one, ...others] = (await tree(page)).filter((node) => node.role === role && node.name === name);
    assert.ok(one && others.length === 0, `one ${role} "${name}"`);
    return one;
  };
  const before = await tree(page);
  assert.deepEqual(before.filter(({ role, name }) => role === 'button' && name.trim() === ''), [], 'buttons without a name');
  assert.deepEqual(before.filter(({ pressed }) => pressed === 'true'), [], 'nothing is chosen beforehand');
  assert.deepEqual(before.filter(({ role }) => role === 'heading').map(({ name, level }) => [level, name]), [[1, 'Contact 1']]);
  for (const group of ['Gender, Age', 'Met before?', 'Syringe 1 ml', 'Items and kits', 'Referrals', 'Given: Naloxone nasal']) await said(group, 'group');

  for (const name of ['Man, 25–34', 'Returning', 'Syringe 1 ml: 10']) {
    assert.equal((await said(name)).pressed, 'false', name);
    await press(page, name);
    assert.equal((await said(name)).pressed, 'true', name);
  }
  assert.equal((await said('Man, 18–24')).pressed, 'false');
  assert.equal((await said('Given: Naloxone nasal: One less')).disabled, true);
  await press(page, 'Given: Naloxone nasal: One more');
  assert.notEqual((await said('Given: Naloxone nasal: One less')).disabled, true);
  await press(page, 'HIV test');
  const referral = (await tree(page)).find(({ role, name }) => role === 'button' && /HIV test$/.test(name));
  assert.equal(referral.pressed, 'true');
  assert.match(referral.name, /^[0-9A-Z]{3} [0-9A-Z]{3} ?HIV test$/, 'the slip is told with the service');
  assert.notEqual((await said('Save')).disabled, true);
  await press(page, 'Save');
  await page.getByText('Saved', { exact: true }).waitFor();

  const home = await tree(page);
  const status = home.filter(({ role }) => role === 'status');
  assert.ok(status.length >= 2 && status.every(({ live }) => live === 'polite'), 'the queue and what was saved are told as they change');
  await queueSays(page, '2 of 2 received');
  const levels = home.filter(({ role }) => role === 'heading').map(({ level }) => level);
  assert.equal(levels[0], 1);
  assert.ok(levels.every((level, n) => n === 0 || level <= levels[n - 1] + 1), `headings ${levels.join(' ')}`);
});
