// Hostile text in every field: on no screen and in no file is it more than the text that it is. Violations of the policies fail every story by
// themselves; here nothing may even try.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { login, open, settled } from '../lib/console.mjs';
import { asker, PAYLOADS, poison, session } from '../lib/hostile.mjs';
import { look, made, typeAll, watch } from '../lib/inert.mjs';
import { enrol, openPad, press } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

const PAGES = {
  supervisor: ['Today', 'Records', 'Shifts', 'People', 'Needs repair', 'Exact report', 'All counts', 'Paper sheets', 'Phones'],
  administrator: ['People', 'Catalogue', 'Phones', 'Audit', 'Indicators'],
  evaluator: ['Indicators'],
};

for (const [role, pages] of Object.entries(PAGES)) {
  scenario(`hostile text is text on every page of the console: ${role}`, 'demo', async ({ server, desk }) => {
    const taken = await poison(server);
    for (const kind of ['thanks', 'sites', 'tokens', 'labels', 'reasons', 'sheets']) assert.ok(taken[kind] > 0, `${kind}: ${JSON.stringify(taken)}`);
    // Handles, numbers to call and names of languages are so narrow that nothing of this is any.
    assert.deepEqual([taken.handles, taken.phones, taken.languages], [0, 0, 0]);
    const browser = await desk();
    const strays = await watch(browser);
    const page = await login(browser, server.login(role));
    const seen = new Set();
    for (const name of pages) {
      await open(page, name);
      await look(page, name, seen);
    }
    if (role !== 'evaluator') assert.ok(seen.size >= PAYLOADS.length / 3, `the pages show only ${[...seen].join(' · ')}`);
    assert.deepEqual(strays(), []);
  });
}

scenario("hostile text is text on the phone, in the catalogue's every place and in the address", 'fresh', async ({ server, phone }) => {
  await poison(server);
  const browser = await phone();
  const strays = await watch(browser);
  for (const fragment of PAYLOADS) {
    await browser.page.goto('about:blank');
    const page = await browser.go(`/#${fragment}`);
    await page.getByLabel('Six digits').waitFor();
    assert.deepEqual([fragment, await made(page)], [fragment, []]);
  }
  const page = await enrol(browser);
  const seen = new Set();
  const see = (name) => look(page, name, seen);
  await see('today');
  await openPad(page);
  await see('pad');
  for (const sheet of ['More…', 'Items…']) {
    await press(page, sheet);
    await page.getByRole('dialog').waitFor();
    await see(sheet);
    await press(page.getByRole('dialog'), 'Done');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await press(page, 'Close');
  for (const form of ['Bulk sheet', 'Overdose', 'Incident', 'Group']) {
    await press(page, form);
    await see(form);
    await press(page, 'Close');
  }
  await press(page, 'Guide');
  await see('guide');
  assert.deepEqual(await typeAll(page), ['Search name, service or street']);
  await see('search');
  await press(page, 'Cards');
  await page.locator('.cards button').first().click();
  await page.locator('.markdown').waitFor();
  await see('card');
  assert.deepEqual(await page.locator('.markdown a').evaluateAll((links) => links.map((one) => one.protocol).filter((one) => one !== 'tel:')), []);
  await press(page, 'Me');
  await press(page, 'Sync now');
  await page.getByRole('columnheader', { name: 'This month' }).waitFor();
  await see('me');
  assert.ok(seen.size > PAYLOADS.length - 3, `shown: ${[...seen].join(' · ')}`);
  assert.deepEqual(strays(), []);

  // What is looked for would be found.
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('a'), { href: 'javascript:ran(1)' })));
  assert.notDeepEqual(await made(page), []);
});

/** The cells of a file in RFC 4180, or as spreadsheets of some languages cut it: a quote counts only where a cell begins. */
function cells(text, separator = ',') {
  const cell = new RegExp(`(?:^|${separator}|\\n)(?:"((?:[^"]|"")*)"|([^${separator}\\n\\r]*))`, 'g');
  return [...text.matchAll(cell)].map(([, quoted, plain]) => (quoted ?? plain).replaceAll('""', '"'));
}

/** Cells that a spreadsheet would count out where it cuts; a number is none of them. */
function formulas(text, separators = [',', ';', '\t']) {
  const all = separators.flatMap((separator) => cells(text.replace(/^\uFEFF/, ''), separator));
  return [...new Set(all)].filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(?:\.\d+)?$/.test(cell));
}

/** The published tables, whole and in each cut, as the server makes files of them. */
async function publishedFiles(evaluator) {
  const { releases } = await evaluator('GET', 'indicators/choices');
  const files = { definitions: await evaluator('GET', 'exports/definitions.csv') };
  for (const { period } of releases.slice(0, 2)) {
    for (const by of ['', 'gender', 'age_band', 'setting', 'site']) files[`${period} ${by}`] = await evaluator('GET', `exports/csv?period=${period}${by && `&by=${by}`}`);
  }
  return files;
}

scenario('no file has a cell that a spreadsheet would count out', 'demo', async ({ server, desk }) => {
  assert.deepEqual(formulas('a,=1\n"@x",-5,"\t"\n'), ['=1', '@x', '\t']);
  assert.deepEqual(formulas('a,"b;=1+1;c"\n'), ['=1+1']);
  await poison(server);
  const files = await publishedFiles(asker(server, await session(server, server.login('evaluator'))));
  assert.equal(Object.keys(files).length, 11);
  const admin = asker(server, { authorization: `Bearer ${await server.token('administrator')}` });
  const formulae = PAYLOADS.filter((one) => /(?:^|;)[=+@-]/.test(one));
  const catalogue = await admin('GET', 'catalogue');
  const items = catalogue.items.map((item, n) => ({ ...item, label: { en: formulae[n % formulae.length] } }));
  assert.ok(await admin('PUT', 'catalogue', { ...catalogue, items }), 'every item is a formula');
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  await open(page, 'All counts');
  await settled(page);
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download CSV')]);
  files.counts = await readFile(await download.path(), 'utf8');
  for (const [name, text] of Object.entries(files)) {
    assert.ok(cells(text).length > 10, name);
    assert.deepEqual([name, formulas(text)], [name, []]);
  }
  assert.ok(PAYLOADS.some((one) => files.counts.includes(one.replaceAll('"', '""'))), 'the file has hostile labels at all');
  assert.match(files.counts, /"x;'=1\+1;y"/);
});

const HEADERS = {
  'content-security-policy': /^default-src 'none'; script-src 'self'; style-src 'self';(?!.*unsafe)(?!.*\*).*require-trusted-types-for 'script'; trusted-types rounds$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'permissions-policy': /camera=\(\).*geolocation=\(\).*microphone=\(\)/,
};

scenario('every answer that the browser got has the headers, and no permission is ever asked for', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const answers = [];
  browser.context.on('response', (response) => response.url().startsWith(server.address) && answers.push(response));
  await browser.context.addInitScript(() => {
    globalThis.asked = [];
    const forbid = (object, name) => object && name in object && (object[name] = () => globalThis.asked.push(name));
    for (const name of ['getUserMedia', 'enumerateDevices', 'getDisplayMedia']) forbid(globalThis.MediaDevices?.prototype, name);
    for (const name of ['getCurrentPosition', 'watchPosition']) forbid(globalThis.Geolocation?.prototype, name);
    forbid(globalThis.Notification, 'requestPermission');
    forbid(globalThis.Permissions?.prototype, 'request');
    forbid(globalThis.ContactsManager?.prototype, 'select');
  });
  const page = await enrol(browser);
  for (const tab of ['Referrals', 'Guide', 'Me']) await press(page, tab);
  await press(page, 'Sync now');
  await page.getByRole('columnheader', { name: 'This month' }).waitFor();
  assert.deepEqual(await page.evaluate(() => globalThis.asked), []);
  const titles = new Set(await page.evaluate(() => [document.title, location.pathname]));
  assert.deepEqual([...titles], ['Rounds', '/']);
  assert.deepEqual(await page.locator('input').evaluateAll((all) => all.filter((one) => one.type !== 'file' && one.autocomplete !== 'off').map((one) => one.outerHTML)), []);
  const fromServer = answers.filter((answer) => !answer.fromServiceWorker());
  assert.ok(fromServer.length > 10, 'answers were seen');
  for (const answer of fromServer) {
    const headers = await answer.allHeaders();
    for (const [name, form] of Object.entries(HEADERS)) assert.match(headers[name] ?? 'none', form, `${name} of ${answer.url()}`);
    if (answer.url().includes('/api/')) assert.equal(headers['cache-control'], 'no-store', answer.url());
  }
});
