// An evaluator's reading: published figures with their definitions and limits, nothing of a worker or a record.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { login, settled } from '../lib/console.mjs';
import { press } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

const WORKERS = ['amina', 'brian', 'chidi', 'eshe', 'farid', 'grace'];

/** What the API gives to the page that is open. */
const asked = (page, path) => page.evaluate((url) => fetch(url).then((answer) => answer.json()), `/api/v1/${path}`);

/** Rows of the big table: name to its cells as they are written. */
async function rows(page) {
  const lines = await page.locator('.figures-table tbody tr').all();
  const read = async (line) => [await line.getByRole('rowheader').getByRole('link').innerText(), await line.getByRole('cell').allInnerTexts()];
  return Object.fromEntries(await Promise.all(lines.map(read)));
}

const number = (value) => new Intl.NumberFormat('en-GB').format(value);

scenario('figures on the screen are the published cells, and a hidden one says why', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('evaluator'));
  const { releases, genders } = await asked(page, 'indicators/choices');
  const quarter = releases.find(({ period }) => period.includes('Q')).period;
  await page.getByLabel('Period').selectOption(quarter);
  await page.getByLabel('Broken down by').selectOption('gender');
  await page.getByRole('columnheader', { name: 'Trans woman' }).waitFor();
  await settled(page);

  const { cells, release } = await asked(page, `indicators?period=${quarter}&by=gender`);
  const totals = await asked(page, `indicators?period=${quarter}`);
  const shown = await rows(page);
  const written = (cell) => (cell.value === undefined || cell.value === null ? cell.display || { withheld: 'withheld', not_computable: 'not computable' }[cell.flag] : number(cell.value));
  for (const [id, name] of [['contacts', 'Contacts'], ['people', 'Unique codes'], ['syringes_out', 'Syringes handed out'], ['naloxone_kits', 'Naloxone kits']]) {
    const expected = genders.map(({ code }) => written(cells.find((cell) => cell.indicator === id && cell.group === code)));
    assert.deepEqual(shown[name], [written(totals.cells.find((cell) => cell.indicator === id)), ...expected], name);
  }
  await page.getByText(`${release.devices_reported} of ${release.devices_total} phones have reported.`).waitFor();
  await page.getByText('Codes are not people').waitFor();
  const hidden = cells.some((cell) => cell.flag === 'below_threshold');
  assert.equal(await page.getByText('more than none, but so few').isVisible(), hidden);
});

scenario('one indicator has its figure, definition, months and breakdown', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('evaluator'));
  await page.getByRole('link', { name: 'Syringes handed out', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Syringes handed out' }).waitFor();
  await settled(page);
  const { releases, sites } = await asked(page, 'indicators/choices');
  const totals = await asked(page, `indicators?period=${releases[0].period}`);
  const total = totals.cells.find((cell) => cell.indicator === 'syringes_out');
  assert.equal(await page.locator('.headline-big').innerText(), number(total.value));

  await press(page, 'Definition');
  const definition = totals.indicators.find(({ id }) => id === 'syringes_out');
  for (const words of [definition.formula, definition.standard, definition.protection]) await page.getByText(words, { exact: true }).waitFor();

  const { points } = await asked(page, 'indicators/trend?indicator=syringes_out');
  const months = page.getByRole('region', { name: 'Months: Syringes handed out' }).getByRole('row');
  assert.equal(await months.count(), points.length + 1);
  assert.equal(await page.locator('.chart .bar-ink').count(), points.length);

  await page.getByLabel('Broken down by').selectOption('site');
  const places = page.getByRole('region', { name: 'By place' });
  for (const { label } of sites) await places.getByRole('rowheader', { name: label }).waitFor();
  await page.reload();
  await places.waitFor();
});

scenario('the file has the cells of the screen, and nobody is named anywhere', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  browser.expect(/status of 403/);
  const page = await login(browser, server.login('evaluator'));
  await page.getByText('have reported.').waitFor();
  await settled(page);
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  const file = await readFile(await (await waiting).path(), 'utf8');
  const [header, ...lines] = file.trim().split(/\r?\n/).map((line) => line.split(','));
  const at = (name) => header.indexOf(name);
  const inFile = Object.fromEntries(lines.map((line) => [line[at('indicator')], line[at('value')]]));
  const { releases } = await asked(page, 'indicators/choices');
  const { cells } = await asked(page, `indicators?period=${releases[0].period}`);
  for (const { indicator, value } of cells.filter((cell) => typeof cell.value === 'number' && Number.isInteger(cell.value))) {
    assert.equal(Number(inFile[indicator]), value, indicator);
  }

  const text = `${await page.innerText('body')}\n${file}`.toLowerCase();
  assert.deepEqual(WORKERS.filter((handle) => text.includes(handle)), []);
  for (const route of ['board', 'records', 'workers', 'reports?from=2026-01-01&to=2026-12-31', 'audit']) {
    const status = await page.evaluate((url) => fetch(url).then((answer) => answer.status), `/api/v1/${route}`);
    assert.equal(status, 403, route);
  }
  await page.goto(`${server.address}/console/records`);
  await page.getByText('There is nothing here for you').waitFor();
});
