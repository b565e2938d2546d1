// Hostile text typed into every form that there is, and the inner pages on which it stands afterwards. Violations of the policies fail every
// story by themselves; here nothing may even try.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { door, invite, login, open, settled } from '../lib/console.mjs';
import { inviteTo } from '../lib/fresh.mjs';
import { PAYLOADS, poison } from '../lib/hostile.mjs';
import { look, typeAll, watch } from '../lib/inert.mjs';
import { ROOT } from '../lib/paths.mjs';
import { button, contact, enrol, openPad, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { recordsOf, staff } from '../lib/staff.mjs';
import { holds } from '../lib/wait.mjs';

/** Fragments of a link that was cut, or made up. */
const FRAGMENTS = [...PAYLOADS, '%', '%E0%A4%A', '.', 'ABCD-EFGH-JKMN.<b>'];

/** What is tried in addresses: a tag, the end of an attribute, an expression, links. */
const IN_ADDRESSES = [1, 2, 3, 4, 15].map((n) => PAYLOADS[n]);

/** The heading of the page that is open. */
const heading = (page) => page.getByRole('heading', { level: 1 });

scenario('what is typed on the phone is text', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  browser.expect(/status of 4\d\d/);
  const strays = await watch(browser);
  let page = await browser.go('/');
  assert.deepEqual(await typeAll(page), ['Code, 12 characters', 'Six digits']);
  await press(page, 'Set up');
  await page.getByRole('alert').waitFor();
  await look(page, 'enrolment');
  page = await enrol(browser);

  await openPad(page);
  await press(page, 'Code');
  assert.deepEqual(await typeAll(page), ['Client code, if given']);
  await press(page, 'Done');
  await press(page, 'Close');
  for (const [n, code] of PAYLOADS.entries()) await contact(page, { code, syringes: n % 2 === 0 ? 5 : 10 });
  await queueSays(page, `${PAYLOADS.length + 1} of ${PAYLOADS.length + 1} received`);
  const records = await recordsOf(await staff(server, 'supervisor'), 'contact');
  assert.deepEqual(records.map(({ code }) => code), PAYLOADS.map(() => 'keep'), 'no code comes back');
  assert.deepEqual(strays(), []);
});

scenario("what is typed at the console's door is text", 'fresh', async ({ server, desk }) => {
  const browser = await desk();
  browser.expect(/status of 4\d\d/);
  const strays = await watch(browser);
  for (const fragment of FRAGMENTS) {
    await browser.page.goto('about:blank');
    const page = await browser.go(`/console/join#${fragment}`);
    await page.getByLabel('Six digits').waitFor();
    await look(page, fragment);
    assert.equal(new URL(page.url()).hash, '');
  }
  let page = browser.page;
  const { link } = await inviteTo(server, 'sam');
  await page.goto(new URL(link).origin + '/console/join');
  await page.getByLabel('Six digits').waitFor();
  assert.deepEqual(await typeAll(page), ['Code of the invite', 'Six digits', 'Login name', 'Password']);
  for (const text of PAYLOADS) {
    await page.getByLabel('Login name').fill(text);
    await press(page, 'Start');
    await look(page, text);
  }
  page = await door(browser);
  assert.deepEqual(await typeAll(page), ['Login name', 'Password']);
  for (const text of PAYLOADS) {
    await page.getByLabel('Login name').fill(text);
    await press(page, 'Log in');
    await page.getByRole('alert').first().waitFor();
    await button(page, 'Log in').and(page.locator(':enabled')).waitFor();
    await look(page, text);
  }
  assert.deepEqual(strays(), []);
});

/** Opens the first line of the list of records. */
async function firstRecord(page) {
  await open(page, 'Records');
  await page.getByLabel('Kind', { exact: true }).selectOption('contact');
  await settled(page);
  await page.getByRole('main').locator('.record-open').first().click();
  await button(page, 'Correct').waitFor();
}

scenario('what a supervisor types is text, and so is what stands on inner pages, and on the phone that is asked', 'demo', async ({ server, phone, desk }) => {
  const taken = await poison(server);
  for (const kind of ['thanks', 'questions', 'corrections', 'reasons', 'sites', 'labels']) assert.ok(taken[kind] > PAYLOADS.length / 2, `${kind}: ${JSON.stringify(taken)}`);
  assert.equal(taken.codes, 1, 'of these a code is only what begins with a minus and has small letters');
  const browser = await desk();
  browser.expect(/status of 4\d\d/);
  const strays = await watch(browser);
  const page = await login(browser, server.login('supervisor'));
  const seen = new Set();

  // A record, the form that corrects it, the dialog that removes it, the form of a question.
  await firstRecord(page);
  await look(page, 'record', seen);
  await press(page, 'Correct');
  assert.ok((await typeAll(page)).includes('Why?'));
  await look(page, 'correction', seen);
  await press(page, 'Cancel');
  await press(page, 'Remove');
  assert.deepEqual(await typeAll(page, page.getByRole('dialog')), ['Why?']);
  await press(page.getByRole('dialog'), 'Cancel');
  await press(page, 'Ask the worker');
  assert.equal((await typeAll(page)).length, 1);
  await press(page, 'Send the question');
  await page.getByText('Asked. ').waitFor();
  await look(page, 'question', seen);

  // A shift that was held, and the form that plans one.
  await open(page, 'Shifts');
  await page.getByRole('main').locator('.plan-shift a').first().click();
  await button(page, 'Correct').waitFor();
  await look(page, 'shift', seen);
  await open(page, 'Shifts');
  await page.getByRole('button', { name: /^Plan/ }).first().click();
  await look(page, 'plan', seen);

  // A worker's page with thanks, another person, the counts of one worker.
  await open(page, 'People');
  await press(page, 'Add a peer worker');
  assert.deepEqual(await typeAll(page), ['Handle']);
  await press(page, 'Cancel');
  await page.getByRole('main').getByRole('link', { name: 'amina', exact: true }).click();
  await heading(page).getByText('amina').waitFor();
  await look(page, 'worker', seen);
  assert.equal((await typeAll(page)).length, 1);
  // A page is not left without a word while something stands in its form.
  await page.getByRole('main').locator('textarea').fill('');
  await page.getByRole('main').getByRole('link', { name: 'All counts' }).click();
  await settled(page);
  await look(page, 'counts', seen);
  assert.ok(seen.size > PAYLOADS.length - 3, `shown: ${[...seen].join(' · ')}`);
  assert.deepEqual(strays(), []);

  const worker = await phone();
  const onPhone = await watch(worker);
  const pad = await enrol(worker);
  await press(pad, 'Me');
  await press(pad, 'Sync now');
  await press(pad, 'Today');
  const asked = new Set();
  await pad.getByRole('button', { name: /A question from/ }).click();
  const sheet = pad.getByRole('dialog');
  // One after the other: the next stands there once the one before is answered.
  for (let n = 0; n <= taken.questions; n += 1) {
    await look(pad, 'question on the phone', asked);
    const words = await sheet.locator('.question-words').elementHandle();
    await press(sheet, 'Yes');
    await words.waitForElementState('hidden');
  }
  await sheet.waitFor({ state: 'hidden' });
  assert.ok(asked.size > PAYLOADS.length - 3, `asked: ${[...asked].join(' · ')}`);
  assert.deepEqual(onPhone(), []);
});

scenario('what an administrator types is text, in the catalogue, in dialogs, on cards for print and in the audit', 'demo', async ({ server, desk }) => {
  await poison(server);
  const browser = await desk();
  browser.expect(/status of 4\d\d/);
  const strays = await watch(browser);
  const page = await login(browser, server.login('administrator'));
  const seen = new Set();

  await open(page, 'Audit');
  for (const more = button(page, 'Show more'); await more.isVisible(); await settled(page)) await more.click();
  await look(page, 'audit', seen);
  assert.equal(seen.size, PAYLOADS.length, `reasons in the audit: ${[...seen].join(' · ')}`);

  await open(page, 'Phones');
  await page.getByRole('button', { name: /^Take out the phone of/ }).first().click();
  await look(page, 'dialog');
  await press(page.getByRole('dialog'), 'Cancel');
  await invite(page, 'amina');
  await look(page, 'invite');
  await press(page, 'Done');

  await page.getByRole('link', { name: 'Your log-in' }).click();
  assert.deepEqual(await typeAll(page), ['Password']);
  await press(page, 'Turn on');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(server.login('administrator').password);
  await press(page, 'Turn on');
  await page.getByLabel('Code of the authenticator app').waitFor();
  assert.deepEqual(await typeAll(page), ['Code of the authenticator app']);
  await press(page, 'Confirm');
  await page.getByRole('alert').first().waitFor();
  await look(page, 'authenticator');
  await press(page, 'Cancel');

  await open(page, 'Catalogue');
  await button(page, 'Add').first().waitFor();
  const parts = page.getByRole('navigation', { name: 'Section' }).getByRole('button');
  for (const part of await parts.all()) {
    const name = await part.innerText();
    await part.click();
    const row = page.locator('button.cat-row-open').first();
    if (await row.isVisible()) await row.click();
    if ((await page.getByRole('main').locator('input[type="text"], input:not([type]), textarea').count()) > 0) await typeAll(page, page.getByRole('main'));
    await look(page, name);
  }
  assert.deepEqual(strays(), []);
});

scenario('the inner pages of the indicators, and addresses that somebody made up, show text', 'demo', async ({ server, desk }) => {
  await poison(server);
  const browser = await desk();
  browser.expect(/status of 4\d\d/);
  const strays = await watch(browser);
  const page = await login(browser, server.login('evaluator'));
  const seen = new Set();
  await open(page, 'Indicators');
  await page.getByLabel('Broken down by', { exact: true }).selectOption('site');
  await settled(page);
  await look(page, 'indicators by site', seen);
  await page.locator('a.tap-row, a.headline').first().click();
  await settled(page);
  await look(page, 'indicator', seen);
  assert.ok(seen.size > 1, `shown: ${[...seen].join(' · ')}`);
  for (const text of IN_ADDRESSES) {
    const value = encodeURIComponent(text);
    for (const address of [`indicators?period=${value}&by=${value}&site=${value}`, `indicator?of=${value}&site=${value}`, value.replaceAll('.', ''), `records?open=${value}`]) {
      await page.goto(`${server.address}/console/${address}`);
      await page.getByRole('navigation', { name: 'Pages' }).waitFor();
      await settled(page);
      await look(page, address);
    }
  }
  assert.deepEqual(strays(), []);

  const team = await desk();
  team.expect(/status of 4\d\d/);
  const others = await watch(team);
  const board = await login(team, server.login('supervisor'));
  for (const text of IN_ADDRESSES) {
    for (const address of ['records?worker=@&kind=@&from=@&to=@', 'records?open=@&on=@', 'person?worker=@', 'quarantine/@', 'reports?by=@&from=@', 'counts?worker=@&site=@&from=@', 'shifts?week=@']) {
      await board.goto(`${server.address}/console/${address.replaceAll('@', encodeURIComponent(text))}`);
      await board.getByRole('navigation', { name: 'Pages' }).waitFor();
      await settled(board);
      await look(board, address);
    }
  }
  assert.deepEqual(others(), []);
});

scenario('why something in quarantine was decided is text, in the dialog and in the audit', 'fresh', async ({ server, phone, desk }) => {
  const worker = await phone();
  const pad = await enrol(worker, await inviteTo(server, 'kim'));
  await worker.offline();
  for (const syringes of [5, 10, 20]) await contact(pad, { syringes });
  const ask = await staff(server, 'supervisor');
  const [{ id }] = await ask('devices');
  await ask(`devices/${id}/revoke`, {});
  await worker.offline(false);
  await holds(async () => assert.equal((await ask('quarantine')).ops.length, 3));

  const browser = await desk();
  const strays = await watch(browser);
  const page = await login(browser, server.login('supervisor'));
  const reasons = [PAYLOADS[0], PAYLOADS[2], PAYLOADS.at(-1)];
  for (const [n, way] of ['Take it as it stands', 'Set it aside', 'Correct and take it'].entries()) {
    await open(page, 'Needs repair');
    await page.getByRole('main').locator('.record-open').first().click();
    await press(page, way);
    const form = n === 2 ? page : page.getByRole('dialog');
    assert.ok((await typeAll(page, form)).includes('Why?'));
    await form.getByLabel('Why?').fill(reasons[n]);
    for (const field of await form.getByLabel(/^(?:How many|For others)$/).all()) await field.fill('3');
    await press(form, way === 'Take it as it stands' ? 'Take it' : way);
    await page.getByText(/^(?:Taken\. It counts|Set aside\. |Taken as you)/).waitFor();
    await look(page, way);
  }
  const office = await desk();
  const other = await watch(office);
  const audit = await login(office, server.login('administrator'));
  await open(audit, 'Audit');
  const seen = new Set();
  await look(audit, 'audit', seen);
  assert.deepEqual([...seen].sort(), [...reasons].sort());
  assert.deepEqual([...strays(), ...other()], []);
});

/** Every file of the app with a field for text, and the story that types into it; the catalogue's are typed into section by section. */
const TOLD = {
  'capture/EnrolForm.tsx': 'phone',
  'capture/Guide.tsx': 'phone, in hostile.test.mjs',
  'capture/Pad.tsx': 'phone',
  'console/Join.tsx': 'door',
  'console/Login.tsx': 'door',
  'setup/Account.tsx': 'administrator',
  'setup/Invite.tsx': 'a link to be copied',
  'setup/People.tsx': 'supervisor',
  'setup/catalogue/EntryFields.tsx': 'administrator',
  'setup/catalogue/ListPart.tsx': 'administrator',
  'setup/catalogue/PadPart.tsx': 'administrator',
  'setup/catalogue/ProgrammePart.tsx': 'administrator',
  'setup/catalogue/fields.tsx': 'administrator',
  'team/Decide.tsx': 'quarantine',
  'team/FieldInput.tsx': 'supervisor',
  'team/Questions.tsx': 'supervisor',
  'team/RecordForm.tsx': 'supervisor',
  'team/Thanks.tsx': 'supervisor',
};
/** Fields themselves, of which the files above make use. */
const MADE_OF = ['console/Code.tsx', 'console/inputs.tsx', 'kit/Field.tsx'];

test('every field of the app that takes text has its story', async () => {
  const ui = path.join(ROOT, 'pwa', 'src', 'ui');
  const found = [];
  for (const name of (await readdir(ui, { recursive: true })).filter((one) => one.endsWith('.tsx'))) {
    const tags = (await readFile(path.join(ui, name), 'utf8')).match(/<(?:Field|Words|Reason|Password|input|textarea)\b[^]*?\/>/g) ?? [];
    if (tags.some((tag) => !/type="(?:date|time|file|radio|checkbox)"/.test(tag))) found.push(name);
  }
  assert.deepEqual(found.sort(), [...Object.keys(TOLD), ...MADE_OF].sort());
});
