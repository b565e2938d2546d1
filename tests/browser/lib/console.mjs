// What staff do at the console, in the words of the screen.

import { press } from './phone.mjs';

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
  await page.getByLabel('Login name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Log in');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return page;
}

/** Opens a page of the navigation and waits for its heading and its figures. */
export async function open(page, name) {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await settled(page);
}

/** Waits until nothing on the page says that it is loading. */
export async function settled(page) {
  await page.waitForFunction(() => !/Loading …|Sending …/.test(document.body.innerText));
}
