// A supervisor and every kind of record: found by kind, told in words, corrected and removed; shifts planned and called off; a worker
// unlocked, trained and thanked; all counts in tables and as a file. On a laptop, on a phone, and by keyboard alone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { fact, login, open, settled } from '../lib/console.mjs';
import { button, press } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

/** What the demonstration has, by kind: the words of the kind, and what a list says of it. */
const KINDS = {
  group_session: ['Group', /group of participants|mentoring of other peers/],
  overdose: ['Overdose', /Naloxone given: (yes|no|not known)/],
  incident: ['Incident', /[123] – (light|serious|severe)/],
  referral_event: ['Outcome of a referral', /slip \w{6}/],
  shift: ['Shift', /planned|done|under way/],
  debrief: ['Debrief', /Wants to talk: (no|this week|today)/],
  expense: ['Expense', /[A-Z]{3}\s[\d,]+\.\d\d/],
  stock_move: ['Stock', /To where: worker's bag/],
};

/** Opens the newest record of a kind and answers what the list said of it. */
async function newestOf(page, server, kind) {
  await page.goto(`${server.address}/console/records?kind=${kind}`);
  const line = page.locator('.record-open').first();
  await line.waitFor();
  await settled(page);
  const said = await line.innerText();
  await line.click();
  await button(page, 'Correct').waitFor();
  return said;
}

/** Waits until a fact of the page is as given. */
async function factIs(page, name, expected) {
  await holds(async () => assert.equal(await fact(page, name).innerText(), expected));
}

async function save(page, reason) {
  await page.getByLabel('Why?').fill(reason);
  await press(page, 'Save the correction');
  await page.getByText('Corrected.').waitFor();
}

/** Asks the API within the session of the page. */
function asked(page, route) {
  return page.evaluate((path) => fetch(`/api/v1/${path}`).then((answer) => answer.json()), route);
}

for (const [kind, [words, summary]] of Object.entries(KINDS)) {
  scenario(`a record of the kind ${kind} is found, told in words, corrected and removed`, 'demo', async ({ server, desk }) => {
    const browser = await desk();
    const page = await login(browser, server.login('supervisor'));
    const said = await newestOf(page, server, kind);
    assert.ok(said.startsWith(words), said);
    assert.match(said, summary);
    const shown = await page.locator('.facts').innerText();
    assert.doesNotMatch(shown, /undefined|null|_/, 'every field is in words');
    await press(page, 'Correct');
    await page.getByLabel('Setting', { exact: true }).selectOption('event');
    await page.getByText('You are changing: Setting.').waitFor();
    await save(page, 'It was at the fair');
    await factIs(page, 'Setting', 'event');
    assert.equal((await page.locator('.facts').innerText()).split('\n').length, shown.split('\n').length, 'nothing else was lost');
    await press(page, 'Remove');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why?').fill('Was a test');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Removed. It counts nowhere any more.').waitFor();
    await open(page, 'Records');
    await page.getByLabel('Kind', { exact: true }).selectOption(kind);
    await settled(page);
    await page.locator('.record-open.void').first().waitFor();
    const kinds = await page.locator('.record-open .row-head strong').allInnerTexts();
    assert.deepEqual([...new Set(kinds)], [words]);
  });
}

scenario('a correction asks only what its other answers leave open, and the figures follow', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  await newestOf(page, server, 'overdose');
  const day = await page.evaluate(() => new URLSearchParams(location.search).get('on'));
  const of = () => asked(page, `tallies?from=${day}&to=${day}`).then(({ measures }) => [measures['overdose.ambulance.no'] ?? 0, measures['overdose.outcome.died'] ?? 0]);
  await press(page, 'Correct');
  await page.getByLabel('Ambulance called').selectOption('no');
  await page.getByLabel('Why no ambulance').selectOption('police');
  await page.getByLabel('Naloxone given').selectOption('no');
  await page.getByRole('group', { name: 'Doses given' }).waitFor({ state: 'detached' });
  await page.getByLabel('Naloxone given').selectOption('yes');
  await press(page, 'Add naloxone');
  await page.getByLabel('Doses', { exact: true }).last().fill('0');
  await page.getByLabel('Outcome').selectOption('recovered');
  await page.getByLabel('Why?').fill('Told me more');
  await press(page, 'Save the correction');
  await page.getByText('The number is not in the range that is taken.').waitFor();
  await page.getByLabel('Doses', { exact: true }).last().fill('3');
  await save(page, 'Told me more');
  await factIs(page, 'Why no ambulance', 'fear of police');
  const before = await of();
  await press(page, 'Correct');
  await page.getByLabel('Ambulance called').selectOption('yes');
  await page.getByLabel('Outcome').selectOption('died');
  await save(page, 'Heard of it later');
  assert.equal(await fact(page, 'Why no ambulance').count(), 0);
  assert.deepEqual(await of(), [before[0] - 1, before[1] + 1]);
});

scenario('what the server refuses stands at its field', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  browser.expect(/status of 422|status of 400/);
  const page = await login(browser, server.login('supervisor'));
  await newestOf(page, server, 'stock_move');
  await press(page, 'Correct');
  await page.getByLabel('To where').selectOption('store');
  await page.getByLabel('From where').selectOption('store');
  await page.getByLabel('Why?').fill('Wrong way');
  await press(page, 'Save the correction');
  await page.getByText("It can't stay where it was.").waitFor();
  assert.equal(await page.getByLabel('To where').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.getByLabel('From where').getAttribute('aria-invalid'), 'false');
  assert.equal(await page.getByLabel('Why?').inputValue(), 'Wrong way');
});

scenario('a shift is planned for two by keyboard alone, seen by both, and one is called off', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  await open(page, 'Shifts');
  const ahead = new Date(Date.now() + 21 * 86_400_000).toISOString().slice(0, 10);
  await button(page, 'Plan a shift').focus();
  await page.keyboard.press('Enter');
  const form = page.getByRole('form', { name: 'Plan a shift' });
  await form.getByRole('button', { name: 'Plan it' }).focus();
  await page.keyboard.press('Enter');
  await form.getByText('This is needed.').waitFor();
  for (const handle of ['amina', 'chidi']) {
    await form.getByLabel(handle).focus();
    await page.keyboard.press('Space');
  }
  assert.equal(await form.getByLabel('Out', { exact: true }).inputValue(), 'pair');
  await form.getByLabel('Day').fill(ahead);
  await form.getByLabel('From').fill('19:30');
  await form.getByLabel('To', { exact: true }).fill('01:00');
  await form.getByLabel('To', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Planned for 2 workers.').waitFor();
  await settled(page);
  const lines = page.locator('.plan-shift');
  await holds(async () => assert.equal(await lines.count(), 2));
  assert.match(await lines.first().innerText(), /amina 19:30–01:00[\s\S]*planned[\s\S]*in a pair, with chidi/);

  await button(page, /^Call off the shift of amina/).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Call off' }).click();
  await holds(async () => assert.match(await lines.first().innerText(), /called off/));
  assert.match(await lines.nth(1).innerText(), /planned/);
  await lines.nth(1).getByRole('link', { name: 'chidi' }).click();
  await factIs(page, 'Planned from', '19:30');
  await factIs(page, 'Out together with', 'amina');
});

scenario('a worker is unlocked with a warning that blocks nothing, trained and thanked', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  await page.getByRole('table').getByRole('link', { name: 'chidi' }).click();
  await page.getByRole('heading', { level: 1, name: 'chidi' }).waitFor();
  await page.getByRole('radio', { name: /^mentoring/ }).check();
  await page.getByText(/^Not among the trainings passed: .*Mentoring/).waitFor();
  await press(page, 'Change to mentoring');
  await page.getByText('Changed. The phone of chidi follows').waitFor();
  const training = page.getByRole('region', { name: 'Training' });
  await training.getByLabel('Training', { exact: true }).selectOption('mentoring');
  await press(training, 'Add a training');
  await training.getByRole('listitem').filter({ hasText: 'Mentoring' }).filter({ hasText: 'confirmed by dora' }).waitFor();
  const thanks = page.getByRole('region', { name: 'Thanks' });
  await thanks.getByText('name nobody').waitFor();
  await thanks.getByLabel('Thank chidi for something').fill('Stayed until everybody was home');
  await press(thanks, 'Send thanks');
  await thanks.getByText('Sent. chidi reads it').waitFor();
  await thanks.getByRole('listitem').filter({ hasText: 'Stayed until everybody was home' }).waitFor();
  await page.reload();
  await page.getByRole('radio', { name: /^mentoring/, checked: true }).waitFor();
  assert.equal(await page.getByText(/^Not among the trainings/).count(), 0);
});

scenario('all counts stand in tables as the server has them, and the file says the same', 'demo', async ({ server, desk }) => {
  const browser = await desk();
  const page = await login(browser, server.login('supervisor'));
  await open(page, 'All counts');
  const from = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
  const to = new Date().toISOString().slice(0, 10);
  await page.getByLabel('From', { exact: true }).fill(from);
  await page.getByLabel('To', { exact: true }).fill(to);
  await settled(page);
  const { measures } = await asked(page, `tallies?from=${from}&to=${to}`);
  const row = (table, name) => page.getByRole('region', { name: table, exact: true }).getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }).getByRole('cell');
  const number = async (table, name, n = 0) => Number((await row(table, name).nth(n).innerText()).replaceAll(',', ''));
  await holds(async () => assert.equal(await number('Contacts', 'Contacts'), measures.contacts));
  assert.equal(await number('Overdoses', 'Overdoses'), measures.overdose);
  assert.equal(await number('Shifts', 'Held'), measures['shift.done']);
  assert.equal(await number('Referrals', 'HIV test', 3), measures['referral.completed.hiv_test']);
  assert.equal(await row('Referrals', 'HIV test').nth(4).innerText(), `${Math.round((100 * measures['referral.completed.hiv_test']) / measures['referral.issued.hiv_test'])}%`);

  const waiting = page.waitForEvent('download');
  await press(page, 'Download CSV');
  const file = await readFile(await (await waiting).path(), 'utf8');
  const lines = file.replace('\ufeff', '').trim().split('\r\n');
  assert.equal(lines[0], 'Table,What,Column,Figure');
  assert.ok(lines.includes(`Contacts,Contacts,Number,${measures.contacts}`), file.slice(0, 400));
  assert.ok(lines.includes(`Referrals,HIV test,Completed,${measures['referral.completed.hiv_test']}`));
  assert.ok(lines.some((line) => line.startsWith('Expenses,Expenses,Amount,')), 'money is there');
  assert.equal(measures['debrief.heavy'], undefined);
  assert.ok(!file.includes('With something heavy'), 'what is withheld is no nought');
});

scenario('on a phone and at 200 % the pages of the team have their room, and axe finds nothing', 'demo', async ({ server, desk }) => {
  for (const size of [{ width: 360, height: 800 }, { width: 640, height: 400 }]) {
    const browser = await desk({ size });
    const page = await login(browser, server.login('supervisor'));
    const fits = async (name) => {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${name} is ${over} px too wide at ${size.width}`);
      assert.deepEqual(await browser.axe(), [], name);
    };
    for (const name of ['Today', 'Shifts', 'All counts', 'Records']) {
      await open(page, name);
      await fits(name);
    }
    for (const kind of ['overdose', 'shift', 'stock_move']) {
      await newestOf(page, server, kind);
      await fits(kind);
      await press(page, 'Correct');
      await fits(`correct ${kind}`);
    }
    await open(page, 'People');
    await page.getByRole('link', { name: 'amina' }).click();
    await page.getByRole('heading', { level: 1, name: 'amina' }).waitFor();
    await fits('amina');
  }
});
