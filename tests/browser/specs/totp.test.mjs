// An authenticator app beside the password: turned on, asked for at log-in, replaced by a recovery code once, turned off.

import assert from 'node:assert/strict';

import { fillLogin, login } from '../lib/console.mjs';
import { press } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { APP, code, wrongCode } from '../lib/totp.mjs';

/** Opens the page of the own log-in. */
async function account(page) {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Your log-in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your log-in' }).waitFor();
}

/** Logs out and fills the first step of the log-in again. */
async function backToTheDoor(page, person) {
  await press(page, 'Log out');
  await page.getByLabel('Login name').waitFor();
  await fillLogin(page, person);
}

/** Sends a code in the second step. */
async function sendCode(page, label, text) {
  await page.getByLabel(label).fill(text);
  await press(page, 'Log in');
}

const WRONG = 'This code is wrong or was used already.';

scenario('an authenticator app is turned on, asked for, replaced by a recovery code once, and turned off', 'demo', async ({ server, desk }) => {
  const office = await desk();
  office.expect(/status of 40[13]/);
  const person = server.login('evaluator');
  const page = await login(office, person);
  const inside = page.getByRole('navigation', { name: 'Pages' });

  await account(page);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await press(page, 'Turn on');
  await page.getByText('The password is wrong.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await press(page, 'Turn on');
  await page.getByRole('img', { name: 'QR code of the secret' }).waitFor();
  const grouped = await page.locator('.secret').innerText();
  assert.match(grouped, /^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/);
  const secret = grouped.replaceAll(' ', '');
  assert.ok((await page.getByRole('link', { name: 'Open the app on this device' }).getAttribute('href')).includes(`secret=${secret}`));
  await page.getByLabel(APP).fill(wrongCode(secret));
  await press(page, 'Confirm');
  await page.getByText('This code is wrong. Type what the app shows now.').waitFor();
  await page.getByLabel(APP).fill(code(secret));
  await press(page, 'Confirm');
  const card = page.getByRole('region', { name: /^Recovery codes of / });
  await card.waitFor();
  const recovery = await card.getByRole('listitem').allInnerTexts();
  assert.equal(new Set(recovery).size, 10);
  await press(page, 'I have kept them');
  await page.getByText('Log-in asks for a code of your app.').waitFor();
  await page.reload();
  await page.getByText('Log-in asks for a code of your app.').waitFor();
  assert.ok(!(await page.content()).includes(recovery[0]), 'the codes were shown once');

  await backToTheDoor(page, person);
  const field = page.getByLabel(APP);
  await field.waitFor();
  assert.deepEqual([await field.getAttribute('autocomplete'), await field.getAttribute('inputmode')], ['one-time-code', 'numeric']);
  assert.ok(await field.evaluate((input) => input === document.activeElement), 'the code can be typed at once');
  await sendCode(page, APP, wrongCode(secret));
  await page.getByText(WRONG).waitFor();
  // The code of the set-up is used up; the next one holds already, because clocks differ.
  const next = code(secret, 1);
  await sendCode(page, APP, `${next.slice(0, 3)} ${next.slice(3)}`);
  await inside.waitFor();
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href]));
  for (const word of [person.password, next, secret]) assert.ok(!kept.includes(word), 'nothing of it is kept');

  await backToTheDoor(page, person);
  await press(page, 'Use a recovery code');
  await sendCode(page, 'Recovery code', recovery[0].toLowerCase());
  await inside.waitFor();
  await backToTheDoor(page, person);
  await press(page, 'Use a recovery code');
  await sendCode(page, 'Recovery code', recovery[0]);
  await page.getByText(WRONG).waitFor();
  await press(page, 'Back to name and password');
  await fillLogin(page, person);
  await press(page, 'Use a recovery code');
  await sendCode(page, 'Recovery code', recovery[1]);
  await inside.waitFor();

  await account(page);
  await press(page, 'Turn off');
  const dialog = page.getByRole('dialog', { name: 'Turn off the authenticator app?' });
  await dialog.getByLabel('Password', { exact: true }).fill(person.password);
  await dialog.getByLabel(APP).fill(wrongCode(secret));
  await dialog.getByRole('button', { name: 'Turn it off' }).click();
  await dialog.getByText(WRONG).waitFor();
  await dialog.getByRole('button', { name: 'Use a recovery code' }).click();
  await dialog.getByLabel('Recovery code').fill(recovery[2]);
  await dialog.getByRole('button', { name: 'Turn it off' }).click();
  await page.getByRole('button', { name: 'Turn on' }).waitFor();
  await backToTheDoor(page, person);
  await inside.waitFor();
});
