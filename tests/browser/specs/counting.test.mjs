// Counting without questions: hand-out only, asked for and had none, the bulk sheet, returns by weight, and the pad on which nothing was tapped.

import assert from 'node:assert/strict';

import { button, counted, counting, enrol, openPad, press, queueSays, save } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { recordsOf, staff } from '../lib/staff.mjs';

scenario('a hand-out takes three taps and asks nothing', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const page = await enrol(await phone());
  await press(page, 'Hand-out only');
  assert.ok(await button(page, 'Save').isDisabled(), 'nothing is saved by accident');
  await press(page, 'Close');
  await counting(page);
  await press(page, 'Hand-out only');
  await press(page, 'Syringe 1 ml: 10');
  await save(page);
  assert.deepEqual(await counted(page), [3, 0]);
  await queueSays(page, '2 of 2 received');
  const [contact] = await recordsOf(ask, 'contact');
  assert.deepEqual(
    [contact.gender, contact.age_band, contact.returning, contact.injects, contact.lines],
    ['unknown', 'unknown', 'not_asked', 'assumed', [{ item: 'ns_1ml', direction: 'out', quantity: 10 }]],
  );
});

scenario('a hand-out that is left can be brought back, and asks about too much', 'fresh', async ({ phone }) => {
  const page = await enrol(await phone());
  await press(page, 'Hand-out only');
  await press(page, 'Syringe 1 ml: Type a number');
  for (const key of ['2', '5', '0']) await press(page, key);
  await press(page, 'Done');
  await page.goBack();
  await press(page, 'Bring back');
  await page.getByRole('heading', { name: 'Hand-out only' }).waitFor();
  await press(page, 'Save');
  await page.getByText('More than 200 syringes out. Right?').waitFor();
  await press(page, 'Yes, save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await queueSays(page, '2 of 2 received');
});

scenario('what was asked for and not to be had is a tap each', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const page = await enrol(await phone());
  await counting(page);
  await press(page, 'Asked for, had none');
  await press(page, 'Cooker');
  await press(page, 'Pipe');
  await save(page);
  assert.deepEqual(await counted(page), [4, 0]);
  await queueSays(page, '2 of 2 received');
  assert.deepEqual((await recordsOf(ask, 'contact'))[0].unmet, ['cooker', 'pipe']);
});

scenario('a bulk sheet takes two taps for each thing', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const page = await enrol(await phone());
  await counting(page);
  await press(page, 'Bulk sheet');
  await press(page, 'Syringe 1 ml');
  await press(page, 'Syringe 1 ml: 100');
  await press(page, 'Condoms');
  await press(page, 'Condoms: 50');
  assert.deepEqual(await counted(page), [5, 0]);
  for (let n = 0; n < 3; n += 1) await press(page, 'Contacts: One more');
  await press(page, 'By gender and age');
  await press(page, 'Man, 25–34');
  await press(page, 'Woman, 35–49');
  await press(page, 'Done');
  await save(page);
  await queueSays(page, '2 of 2 received');
  const [sheet] = await recordsOf(ask, 'tally_sheet');
  assert.equal(sheet.contacts, 3);
  assert.deepEqual(sheet.groups.map(({ gender, age_band, n }) => `${gender} ${age_band} ${n}`).sort(), ['man 25-34 1', 'woman 35-49 1']);
  assert.deepEqual(sheet.lines.map(({ item, quantity }) => `${item} ${quantity}`).sort(), ['condom 50', 'ns_1ml 100']);
});

scenario('returns by weight give the pieces, and the record says what was weighed', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const page = await enrol(await phone());
  await openPad(page);
  await press(page, 'More…');
  await press(page, 'Weighed');
  await press(page, 'Type the kg');
  for (const key of ['3', 'Point', '5']) await press(page, key);
  await page.getByText('≈ 2,167 pieces').waitFor();
  await press(page.getByRole('dialog', { name: 'Weighed' }), 'Done');
  await press(page, 'Done');
  await press(page, 'Save');
  await page.getByText('More than 1,000 syringes back. Right?').waitFor();
  await press(page, 'Yes, save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await queueSays(page, '2 of 2 received');
  assert.deepEqual((await recordsOf(ask, 'contact'))[0].lines, [
    { item: 'used_syringe', direction: 'in', quantity: 2167, method: 'weighed', measured: { value: 3.5, unit: 'kg', factor: 619 } },
  ]);
});

scenario('a pad on which nothing was tapped asks once and then saves', 'fresh', async ({ phone }) => {
  const page = await enrol(await phone());
  await openPad(page);
  await press(page, 'Save');
  await page.getByText('Nothing tapped. Save a talk?').waitFor();
  await press(page, 'Yes, save');
  await page.getByText('Saved', { exact: true }).waitFor();
  await queueSays(page, '2 of 2 received');
});
