// The forms of what is no contact: how many taps each takes, that its record arrives, that it can be taken back, and for whom it opens.

import assert from 'node:assert/strict';

import { button, enrol, press, queueSays, save, syncEnded } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

const SMALL = { width: 360, height: 640 };

/** Opens a form by its tile, or by the sheet behind the last of the tiles. */
async function openForm(page, name, behind = false) {
  if (behind) await page.getByRole('group', { name: 'Record something else' }).getByRole('button', { name: 'More', exact: true }).click();
  await press(page, name);
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** Taps an answer of a question. */
async function answer(page, question, words) {
  await page.getByRole('group', { name: question, exact: true }).getByRole('button', { name: words, exact: true }).click();
}

/** Counts what is tapped and typed from now on. */
async function counted(page) {
  await page.evaluate(() => {
    globalThis.taps = 0;
    globalThis.keys = 0;
    addEventListener('click', (event) => (globalThis.taps += event.isTrusted ? 1 : 0), true);
    addEventListener('keydown', () => (globalThis.keys += 1), true);
  });
}

const taps = (page) => page.evaluate(() => [globalThis.taps, globalThis.keys]);

/** What the server has of a kind, and how to change something there as the administrator. */
async function atServer(server) {
  const headers = { authorization: `Bearer ${await server.token('administrator')}`, 'content-type': 'application/json' };
  const ask = async (path, body) => {
    const answered = await fetch(`${server.address}/api/v1/${path}`, { headers, ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}) });
    if (!answered.ok) throw new Error(`${path}: ${answered.status} ${await answered.text()}`);
    return answered.status === 204 ? undefined : answered.json().catch(() => undefined);
  };
  return { ask, records: async (kind) => (await ask(`records?kind=${kind}`)).records };
}

scenario('an overdose takes nine taps, arrives, and can be taken back', 'fresh', async ({ server, phone }) => {
  const browser = await phone({ size: SMALL });
  const page = await enrol(browser);
  const { records } = await atServer(server);
  await counted(page);
  await openForm(page, 'Overdose');
  assert.ok(await button(page, 'Save').isDisabled(), 'nothing is saved by accident');
  await press(page, 'Street');
  await press(page, 'Participant');
  await answer(page, 'Naloxone given', 'Yes');
  await press(page, 'Naloxone nasal: One more');
  await answer(page, 'Ambulance called', 'No');
  await answer(page, 'Police came', 'No');
  await press(page, 'Recovered');
  await save(page);
  assert.deepEqual(await taps(page), [9, 0]);
  await queueSays(page, '2 of 2 received');
  const [{ record }] = await records('overdose');
  const { place, reported_by: by, naloxone, doses, ambulance, police, outcome, precision } = record.body;
  assert.deepEqual(
    { place, by, naloxone, doses, ambulance, police, outcome, precision },
    {
      place: 'street',
      by: 'participant',
      naloxone: 'yes',
      doses: [{ item: 'naloxone_nasal', n: 1 }],
      ambulance: 'no',
      police: 'no',
      outcome: 'recovered',
      precision: 'day',
    },
  );

  await press(page, 'Undo');
  await page.getByText('Taken back', { exact: true }).waitFor();
  await syncEnded(page);
  const left = await records('overdose');
  assert.ok(left.every((one) => one.void), 'the overdose still counts');
});

scenario('an incident takes four taps and arrives open', 'fresh', async ({ server, phone }) => {
  const browser = await phone({ size: SMALL });
  const page = await enrol(browser);
  const { records } = await atServer(server);
  await counted(page);
  await openForm(page, 'Incident');
  await press(page, 'Theft');
  await press(page, 'Serious');
  await save(page);
  assert.deepEqual(await taps(page), [4, 0]);
  await queueSays(page, '2 of 2 received');
  const [{ record }] = await records('incident');
  assert.deepEqual([record.body.kinds, record.body.severity, record.body.status], [['theft'], 2, 'open']);
});

scenario('a group is kindly closed until facilitation is unlocked', 'fresh', async ({ server, phone }) => {
  const browser = await phone({ size: SMALL });
  const page = await enrol(browser);
  const { ask, records } = await atServer(server);
  await openForm(page, 'Group');
  await page.getByText('Groups open for you when your supervisor has unlocked facilitation. Ask sam about it.').waitFor();
  assert.equal(await button(page, 'Save').count(), 0);
  await press(page, 'Close');

  const kim = (await ask('workers')).find(({ handle }) => handle === 'kim');
  await ask(`workers/${kim.id}/level`, { level: 'facilitation' });
  await press(page, 'Me');
  await press(page, 'Sync now');
  await syncEnded(page);

  await openForm(page, 'Group');
  assert.ok(await button(page, 'Mentoring').isDisabled(), 'mentoring needs more');
  await press(page, 'Overdose response');
  await press(page, 'By gender and age');
  await press(page, 'Man, 25–34');
  await press(page, 'Man, 25–34: 1');
  await press(page, 'Woman, 35–49');
  await press(page, 'Take the last one back');
  await press(page, 'Done');
  await press(page, 'People: One more');
  await press(page, 'Things given');
  await press(page, 'Naloxone nasal: 2');
  await press(page, 'Done');
  await save(page);
  await queueSays(page, '2 of 2 received');
  const [{ record }] = await records('group_session');
  const { session, topics, attendees, groups, lines } = record.body;
  assert.deepEqual([session, topics, attendees, groups], ['group', ['overdose'], 3, [{ gender: 'man', age_band: '25-34', n: 2 }]]);
  assert.deepEqual(lines, [{ item: 'naloxone_nasal', direction: 'out', quantity: 2, reason: 'not_asked' }]);
});

scenario('clean-up, expense and stock arrive as they were tapped', 'fresh', async ({ server, phone }) => {
  const browser = await phone({ size: SMALL });
  const page = await enrol(browser);
  const { records } = await atServer(server);
  const body = async (kind) => (await records(kind))[0].record.body;

  await openForm(page, 'Clean-up', true);
  await press(page, 'Weighed');
  for (const key of ['1', 'Point', '5']) await press(page, key);
  await page.getByText('≈ 929 pieces', { exact: true }).waitFor();
  await save(page);
  await queueSays(page, '2 of 2 received');
  const { item, quantity, method, measured } = await body('collection');
  assert.deepEqual([item, quantity, method, measured], ['used_syringe', 929, 'weighed', { value: 1.5, unit: 'kg', factor: 619 }]);

  await openForm(page, 'Expense', true);
  await press(page, 'Transport');
  for (const key of ['2', 'Point', '5']) await press(page, key);
  await save(page);
  await queueSays(page, '3 of 3 received');
  const { kind, amount, currency, status } = await body('expense');
  assert.deepEqual([kind, amount, currency, status], ['transport', 250, 'EUR', 'submitted']);

  await openForm(page, 'Stock received', true);
  await press(page, 'Syringe 1 ml');
  await press(page, 'Syringe 1 ml: 100');
  await press(page, 'Condoms');
  for (const key of '36') await press(page, key);
  await press(page, 'Done');
  await save(page);
  await queueSays(page, '4 of 4 received');
  const { lines, from, to, reason } = await body('stock_move');
  const moved = [
    { item: 'ns_1ml', quantity: 100 },
    { item: 'condom', quantity: 36 },
  ];
  assert.deepEqual([lines, from, to, reason], [moved, 'store', 'bag', 'issue']);
});

scenario('every form fits 360 pixels, with targets for cold fingers and nothing for axe to find', 'fresh', async ({ phone }) => {
  const browser = await phone({ size: SMALL });
  const page = await enrol(browser);
  const forms = [['Overdose'], ['Incident'], ['Group'], ['Clean-up', true], ['Expense', true], ['Stock received', true]];
  for (const [name, behind] of forms) {
    await openForm(page, name, behind);
    const { wide, small } = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('button')].map((one) => [one.ariaLabel ?? one.innerText, one.getBoundingClientRect()]);
      return {
        wide: document.documentElement.scrollWidth - innerWidth,
        small: boxes.filter(([, box]) => box.width < 44 || box.height < 44).map(([label, box]) => `${label}: ${box.width}×${box.height}`),
      };
    });
    assert.deepEqual([name, wide, small], [name, 0, []]);
    assert.deepEqual([name, await browser.axe(page)], [name, []]);
    // All but the list of the incident's further questions stand on one screen.
    const hidden = await page.evaluate(() => {
      const body = document.querySelector('.form-body');
      return body.scrollHeight - body.clientHeight;
    });
    if (name !== 'Incident') assert.deepEqual([name, hidden], [name, 0]);
    const sideways = await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
      const body = document.querySelector('.form-body');
      const over = [document.documentElement.scrollWidth - innerWidth, body.scrollWidth - body.clientWidth];
      document.documentElement.style.fontSize = '';
      return over;
    });
    assert.deepEqual([name, sideways], [name, [0, 0]], 'letters twice as large');
    await press(page, 'Close');
    await button(page, 'Contact').waitFor();
  }
});
