// Hostile text in every field: on no screen and in no file is it more than the text that it is. Violations of the policies fail every story by
// themselves; here nothing may even try.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { login, open, settled } from '../lib/console.mjs';
import { asker, PAYLOADS, poison, session } from '../lib/hostile.mjs';
import { enrol, openPad, press } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

/** What hostile text would have made of a page; nothing is the aim. */
function made(page) {
  return page.evaluate(() => {
    const lines = globalThis.hasRun ?? [];
    for (const one of document.querySelectorAll('iframe, object, embed, base, form[action], style, [style*="url("], script:not([src])')) lines.push(one.outerHTML);
    for (const one of document.querySelectorAll('img, script, link')) if (new URL(one.src ?? one.href).origin !== location.origin) lines.push(one.outerHTML);
    for (const one of document.querySelectorAll('*')) {
      for (const { name, value } of one.attributes) {
        if (/^on/i.test(name) || /^\s*(?:javascript|data|vbscript):/i.test(value)) lines.push(`${one.tagName} ${name}=${value}`);
      }
      if (one instanceof HTMLAnchorElement && !['http:', 'https:', 'tel:', 'blob:'].includes(one.protocol)) lines.push(one.outerHTML);
    }
    return lines;
  });
}

/** Notes what runs that hostile text would run. */
async function watch(browser) {
  await browser.context.addInitScript(() => {
    globalThis.hasRun = [];
    globalThis.ran = (n) => globalThis.hasRun.push(`script ${n} ran`);
  });
  const dialogs = [];
  browser.page.on('dialog', (dialog) => (dialogs.push(dialog.message()), void dialog.dismiss()));
  const foreign = [];
  browser.context.on('request', (request) => request.url().startsWith(browser.server.address) || /^(?:blob|data):/.test(request.url()) || foreign.push(request.url()));
  return () => [...dialogs, ...foreign];
}

const shows = async (page) => (await page.locator('body').innerText()) + (await page.locator('body').evaluate((body) => [...body.querySelectorAll('input, textarea, option')].map((one) => one.value ?? one.textContent).join('\n')));

/** Which of the texts a page shows as they were written. */
function shown(text) {
  return PAYLOADS.filter((one) => text.includes(one));
}

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
      assert.deepEqual([name, await made(page)], [name, []]);
      for (const one of shown(await shows(page))) seen.add(one);
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
  const look = async (name) => {
    assert.deepEqual([name, await made(page)], [name, []]);
    for (const one of shown(await shows(page))) seen.add(one);
  };
  await look('today');
  await openPad(page);
  await look('pad');
  for (const sheet of ['More…', 'Items…']) {
    await press(page, sheet);
    await page.getByRole('dialog').waitFor();
    await look(sheet);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await press(page, 'Close');
  for (const form of ['Bulk sheet', 'Overdose', 'Incident', 'Group']) {
    await press(page, form);
    await look(form);
    await press(page, 'Close');
  }
  await press(page, 'Guide');
  await look('guide');
  await press(page, 'Cards');
  await page.locator('.cards button').first().click();
  await page.locator('.markdown').waitFor();
  await look('card');
  assert.deepEqual(await page.locator('.markdown a').evaluateAll((links) => links.map((one) => one.protocol).filter((one) => one !== 'tel:')), []);
  await press(page, 'Me');
  await press(page, 'Sync now');
  await page.getByRole('columnheader', { name: 'This month' }).waitFor();
  await look('me');
  assert.ok(seen.size > PAYLOADS.length - 3, `shown: ${[...seen].join(' · ')}`);
  assert.deepEqual(strays(), []);

  // What is looked for would be found.
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('a'), { href: 'javascript:ran(1)' })));
  assert.notDeepEqual(await made(page), []);
});

/** The cells of a file in RFC 4180. */
function cells(text) {
  return [...text.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^,\n\r]*))/g)].map(([, quoted, plain]) => (quoted ?? plain).replaceAll('""', '"'));
}

/** Cells that a spreadsheet would count out; a number is none of them. */
function formulas(text) {
  return cells(text.replace(/^\uFEFF/, '')).filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(?:\.\d+)?$/.test(cell));
}

scenario('no file has a cell that a spreadsheet would count out', 'demo', async ({ server, desk }) => {
  assert.deepEqual(formulas('a,=1\n"@x",-5,"\t"\n'), ['=1', '@x', '\t']);
  await poison(server);
  const evaluator = asker(server, await session(server, server.login('evaluator')));
  const files = { definitions: await evaluator('GET', 'exports/definitions.csv') };
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
