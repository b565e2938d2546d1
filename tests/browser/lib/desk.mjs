// What staff do in the console, in the words of the screen.

import { button, press } from './phone.mjs';

// Before a login the page asks who is logged in; the browser notes the 401.
const NOBODY = /the server responded with a status of 401/;

/** Logs in with a printed login, and waits for the first page. */
export async function logIn(browser, { login, password }) {
  browser.expect(NOBODY);
  const page = await browser.go('/console');
  await fillLogin(page, { login, password });
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return page;
}

/** Fills and sends the login form that is open. */
export async function fillLogin(page, { login, password }) {
  await page.getByLabel('Login name').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Log in');
}

/** Opens a page by its link in the navigation. */
export async function turnTo(page, name) {
  const navigation = page.getByRole('navigation', { name: 'Pages' });
  await navigation.waitFor();
  const link = navigation.getByRole('link', { name, exact: true });
  if (!(await link.isVisible())) await navigation.getByRole('button', { name: 'More', exact: true }).click();
  await link.click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** Invites somebody of the list, and returns what the card says. */
export async function invite(page, handle) {
  await turnTo(page, 'People');
  await button(page, `Invite ${handle}`).last().click();
  const card = page.getByRole('region', { name: `Invite for ${handle}` });
  const link = await card.getByRole('textbox', { name: 'Link' }).inputValue();
  const [code] = /\b\w{4}[ -]\w{4}[ -]\w{4}\b/.exec(await card.innerText());
  const digits = (await card.locator('.invite-digits').innerText()).replaceAll(/\s/g, '');
  await button(page, 'Done').waitFor();
  return { link, code, digits };
}

/** The sums of a worker on the board, as the screen shows them. */
export async function onBoard(page, handle) {
  await turnTo(page, 'Today');
  const rows = page.getByRole('table').locator('tbody', { hasText: handle }).getByRole('row');
  await rows.first().waitFor();
  const numbers = async (row) => (await row.locator('td.number').allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
  const names = ['contacts', 'new', 'out', 'back', 'naloxone', 'referrals'];
  const named = (values) => Object.fromEntries(names.map((name, n) => [name, values[n]]));
  return { today: named(await numbers(rows.nth(0))), week: named(await numbers(rows.nth(1))) };
}
