// Two workers on one phone: each with their own sums and shift, one queue, and of the other a number only.

import assert from 'node:assert/strict';

import { login, onBoard } from '../lib/console.mjs';
import { inviteTo } from '../lib/fresh.mjs';
import { destroyed, keptAll, lines, lockScreen, open, OTHER, PIN, SECOND, setPin, type, wrong } from '../lib/lock.mjs';
import { button, contact, enrol, press, queueSays } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

/** Gives the turn to a person by their number. */
async function turnTo(page, from, to) {
  await press(page, `Person ${from} – change`);
  await press(page.getByRole('dialog'), `Person ${to}`);
  await button(page, `Person ${to} – change`).waitFor();
}

async function startShift(page) {
  await page.getByRole('group', { name: 'Site' }).getByRole('button').first().click();
  await press(page, 'In a pair');
  await press(page, 'Street');
  await press(page, 'Start shift');
  await button(page, 'Contact').waitFor();
}

/** Adds lee by their link, whose turn it is then. */
async function addLee(server, page) {
  const { link, digits } = await inviteTo(server, 'lee');
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await press(page, 'Add this person');
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Six digits').fill(digits);
  await press(sheet, 'Add');
  await press(sheet, 'It is my turn');
  await button(page, 'Person 2 – change').waitFor();
}

scenario('two workers share a phone, and each is credited with their own', 'fresh', async ({ server, phone, desk }) => {
  const browser = await phone();
  let page = await enrol(browser);
  await contact(page);
  await queueSays(page, '2 of 2 received');

  await press(page, 'Me');
  await press(page, 'Add somebody to this phone');
  const sheet = page.getByRole('dialog');
  const { code, digits } = await inviteTo(server, 'lee');
  browser.expect(/status of 40[0-9]/);
  await sheet.getByLabel('Code, 12 characters').fill(code);
  await sheet.getByLabel('Six digits').fill(digits === '000000' ? '000001' : '000000');
  await press(sheet, 'Add');
  await sheet.getByText('The code or the digits are not right').waitFor();
  await sheet.getByLabel('Six digits').fill(digits);
  await press(sheet, 'Add');
  await sheet.getByText('lee is person 2 on this phone.').waitFor();

  // Two records of the first wait when the second begins.
  await press(sheet, 'Close');
  await press(page, 'Today');
  await browser.offline();
  await contact(page, { syringes: 10 });
  await contact(page, { syringes: 20 });
  await queueSays(page, '2 of 4 received, 2 waiting');
  await press(page, 'Person 1 – change');
  await page.getByRole('dialog').getByText('2 records wait on this phone.').waitFor();
  await press(page.getByRole('dialog'), 'Person 2');
  await button(page, 'Person 2 – change').waitFor();
  await queueSays(page, 'Nothing saved yet today, 2 of others waiting');
  await startShift(page);
  await contact(page, { syringes: 1 });
  await queueSays(page, '0 of 2 received, 2 waiting, 2 of others waiting');

  await browser.offline(false);
  await queueSays(page, '2 of 2 received');

  // The first worker comes back to their shift.
  await turnTo(page, 2, 1);
  await queueSays(page, '4 of 4 received');
  await button(page, 'Contact').waitFor();
  await contact(page, { syringes: 50 });
  await queueSays(page, '5 of 5 received');
  await browser.reopen();
  page = await browser.go('/');
  await button(page, 'Person 1 – change').waitFor();
  await queueSays(page, '5 of 5 received');

  const board = await login(await desk(), server.login('supervisor'));
  const [kim, lee] = [await onBoard(board, 'kim'), await onBoard(board, 'lee')];
  assert.deepEqual([kim.today.contacts, kim.today.out], [4, 85]);
  assert.deepEqual([lee.today.contacts, lee.today.out], [1, 1]);
});

scenario('a link that is opened on a phone in use adds its worker, who has a turn at once', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await addLee(server, page);
  await queueSays(page, 'Nothing saved yet today');
  // Their own token: the pull is theirs.
  await press(page, 'Me');
  await page.getByText('Outreach', { exact: true }).waitFor();
});

scenario('who left is out alone; the others of the phone go on', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  browser.expect(/status of 40[13]/);
  const page = await enrol(browser);
  await addLee(server, page);
  await startShift(page);
  await queueSays(page, '1 of 1 received');

  const api = `${server.address}/api/v1`;
  const headers = { authorization: `Bearer ${await server.token('administrator')}`, 'content-type': 'application/json' };
  const workers = await (await fetch(`${api}/workers`, { headers })).json();
  const { id } = workers.find(({ handle }) => handle === 'lee');
  const left = await fetch(`${api}/workers/${id}/status`, { method: 'POST', headers, body: JSON.stringify({ status: 'left' }) });
  assert.equal(left.status, 200, await left.text());

  const out = page.getByText('This phone is out of the programme.');
  await contact(page);
  await out.waitFor();
  await turnTo(page, 2, 1);
  await contact(page, { syringes: 10 });
  await queueSays(page, '2 of 2 received');
  assert.equal(await out.count(), 0);
  await turnTo(page, 1, 2);
  await out.waitFor();
});

const LEES = '570263';

scenario("each worker of a phone has a PIN and a list of their own, which no other's PIN opens", 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  // A wrong PIN is refused.
  browser.expect(/status of 403/);
  const page = await enrol(browser);
  await setPin(page, SECOND);
  await press(page, 'Today');
  await contact(page, { syringes: 10 });
  await lines(page, 1);

  // Who has no PIN yet finds the app open, and nothing of the other's.
  await addLee(server, page);
  await startShift(page);
  await setPin(page, undefined, LEES);
  await press(page, 'Today');
  await contact(page, { syringes: 20 });
  await contact(page, { syringes: 50 });
  const told = async (n) => (await lines(page, n)).map((line) => line.split(' ')[1]);
  assert.deepEqual(await told(2), ['50', '20']);
  const authors = Object.keys((await keptAll(page)).list).map((key) => key.split(',')[0]);
  assert.equal(new Set(authors).size, 2, 'the rows are of two workers');

  // Their turns begin locked; the PIN of one is a wrong one for the other.
  await press(page, 'Person 2 – change');
  await press(page.getByRole('dialog'), 'Person 1');
  await lockScreen(page).waitFor();
  await type(page, LEES, 'Open');
  await wrong(page).waitFor();
  await open(page);
  assert.deepEqual(await told(1), ['10']);
  await press(page, 'Me');
  await press(page, 'Lock');
  await turnTo(page, 1, 2);
  await lockScreen(page).waitFor();
  for (const theirs of [PIN, SECOND]) {
    await type(page, theirs, 'Open');
    await wrong(page).waitFor();
    // The word goes with the next digit's try; typed and erased, nothing was tried.
    await press(page, '1');
    await press(page, 'Erase');
  }
  await open(page, LEES);
  assert.deepEqual(await told(2), ['50', '20']);

  // Without a network it is found out later, and shows nothing until then.
  await browser.offline();
  await turnTo(page, 2, 1);
  await open(page, LEES);
  assert.equal(await page.locator('.list').count(), 0);
  await browser.offline(false);
  await wrong(page).waitFor();

  // The second PIN of one destroys their own list alone.
  await open(page, SECOND);
  assert.deepEqual(await destroyed(server), ['duress']);
  const left = await keptAll(page);
  assert.deepEqual([Object.keys(left.list).length, Object.keys(left.state).filter((key) => key.startsWith('pin:')).length], [2, 2]);
  await turnTo(page, 1, 2);
  await open(page, LEES);
  assert.deepEqual(await told(2), ['50', '20']);
  await press(page, 'Me');
  await press(page, 'Turn the PIN off');
  await type(page, OTHER, 'Next');
  await wrong(page).waitFor();
  await type(page, LEES, 'Next');
  await page.getByText('The PIN is off.').waitFor();
  const { list, state } = await keptAll(page);
  assert.deepEqual([Object.keys(list).length, Object.keys(state).filter((key) => key.startsWith('pin:')).length], [0, 1]);
});
