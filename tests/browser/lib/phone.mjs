// What a peer worker does on the phone, in the words of the screen.

/** Opens the enrolment link, says the digits, and sets the day's place. */
export async function enrol(browser, { link, digits } = browser.server.enrol) {
  const { pathname, hash } = new URL(link);
  // From another page, as out of a message: within the app, a link that differs after the # alone loads nothing.
  await browser.page.goto('about:blank');
  const page = await browser.go(pathname + hash);
  await page.getByLabel('Six digits').fill(digits);
  await press(page, 'Set up');
  await press(page, 'Start');
  await page.getByRole('group', { name: 'Site' }).getByRole('button').first().click();
  await press(page, 'In a pair');
  await press(page, 'Street');
  await press(page, 'Start the day');
  await button(page, 'Contact').waitFor();
  await browser.controlled(page);
  return page;
}

/** A button by its whole name. */
export function button(page, name) {
  return page.getByRole('button', { name, exact: true });
}

/** Taps a button. */
export async function press(page, name) {
  await button(page, name).click();
}

/** The typical contact: a returning man, ten syringes, one naloxone, one referral. Seven taps. */
export async function typicalContact(page) {
  await press(page, 'Contact');
  await press(page, 'Man, 25–34');
  await press(page, 'Returning');
  await press(page, 'Syringe 1 ml: 10');
  await press(page, 'Given: Naloxone nasal: One more');
  await press(page, 'HIV test');
  await press(page, 'Save');
  await page.getByText('Saved', { exact: true }).waitFor();
}

/** A contact with few taps, and with a client code when one is given. */
export async function contact(page, { code } = {}) {
  await press(page, 'Contact');
  await press(page, 'Woman, 35–49');
  await press(page, 'New');
  await press(page, 'Syringe 1 ml: 5');
  if (code) {
    await press(page, 'Code');
    await page.getByLabel('Client code, if given').fill(code);
    await press(page, 'Done');
  }
  await press(page, 'Save');
  await page.getByText('Saved', { exact: true }).waitFor();
}

/** Waits until the sentence on the queue says exactly this. */
export async function queueSays(page, sentence, timeout = 15_000) {
  const shown = page.getByTestId('queue');
  try {
    await shown.getByText(sentence, { exact: true }).waitFor({ timeout });
  } catch {
    throw new Error(`the queue says "${await shown.innerText()}", not "${sentence}"`);
  }
}
