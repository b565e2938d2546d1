// What staff do at the console, in the words of the screen.

import { button, press } from './phone.mjs';

/** Opens the console's door. It asks who is logged in; that nobody is, the browser reports as an error. */
export async function door(browser) {
  browser.expect(/status of 401 .*\/auth\/session\)/);
  const page = await browser.go('/console');
  await page.getByLabel('Login name').waitFor();
  return page;
}

/** Logs in and waits for the role's first page. */
export async function login(browser, { login: name, password }) {
  const page = await door(browser);
  await fillLogin(page, { login: name, password });
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return page;
}

/** Fills and sends the login form that is open, on its own page or over another. */
export async function fillLogin(page, { login: name, password }) {
  await page.getByLabel('Login name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Log in');
}

/** Opens a page of the navigation, on a phone perhaps behind "More", and waits for its heading and its figures. */
export async function open(page, name) {
  const navigation = page.getByRole('navigation', { name: 'Pages' });
  await navigation.waitFor();
  const link = navigation.getByRole('link', { name, exact: true });
  if (!(await link.isVisible())) await press(navigation, 'More');
  await link.click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  await settled(page);
}

/** Waits until nothing on the page is on its way. The words for it are hidden at first, but they stand in the page. */
export async function settled(page) {
  await page.waitForFunction(() => {
    const { body } = document;
    return body.querySelector('[aria-busy="true"], progress') === null && !/Loading …|Sending …/.test(body.textContent);
  });
}

/** A fact of a page's list of facts, by its name. */
export function fact(page, name) {
  return page.locator('.facts > div', { has: page.getByText(name, { exact: true }) }).locator('dd');
}

/** Invites somebody of the list, and returns what the card says. */
export async function invite(page, handle) {
  await open(page, 'People');
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
  await open(page, 'Today');
  const rows = page.getByRole('table').locator('tbody', { hasText: handle }).getByRole('row');
  await rows.first().waitFor();
  const numbers = async (row) => (await row.locator('td.number').allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
  const names = ['contacts', 'new', 'out', 'back', 'naloxone', 'referrals'];
  const named = (values) => Object.fromEntries(names.map((name, n) => [name, values[n]]));
  return { today: named(await numbers(rows.nth(0))), week: named(await numbers(rows.nth(1))) };
}
