// What a peer worker does on the phone, in the words of the screen.

/** Opens the enrolment link and says the digits: the phone is the worker's, and no shift runs. */
export async function setUp(browser, { link, digits } = browser.server.enrol) {
  const { pathname, hash } = new URL(link);
  // From another page, as out of a message: within the app, a link that differs after the # alone loads nothing.
  await browser.page.goto('about:blank');
  const page = await browser.go(pathname + hash);
  await page.getByLabel('Six digits').fill(digits);
  await press(page, 'Set up');
  await press(page, 'Start');
  return page;
}

/** Sets a phone up and starts a shift that was not planned. */
export async function enrol(browser, invite) {
  const page = await setUp(browser, invite);
  await page.getByRole('group', { name: 'Site' }).getByRole('button').first().click();
  await press(page, 'In a pair');
  await press(page, 'Street');
  await press(page, 'Start shift');
  await button(page, 'Contact').waitFor();
  // The shift's start is a record too.
  await queueSays(page, '1 of 1 received');
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

/** Opens the pad and waits until it is there. */
export async function openPad(page) {
  await press(page, 'Contact');
  await button(page, 'Save').waitFor();
}

/** Saves the pad that is open and waits for the word. It stands on the home screen only, so it is not that of a contact before. */
export async function save(page) {
  await press(page, 'Save');
  await page.getByText('Saved', { exact: true }).waitFor();
}

/** The typical contact on the pad, without its Save: a returning man, ten syringes, one naloxone, one referral. Six taps. */
export async function fillTypical(page, { syringes = 10 } = {}) {
  await openPad(page);
  await press(page, 'Man, 25–34');
  await press(page, 'Returning');
  await press(page, `Syringe 1 ml: ${syringes}`);
  await press(page, 'Given: Naloxone nasal: One more');
  await press(page, 'HIV test');
}

/** The typical contact, saved. Seven taps. */
export async function typicalContact(page, choice) {
  await fillTypical(page, choice);
  await save(page);
}

/**
 * A contact with few taps, and with a client code when one is given. Two that follow each other on one page need different quantities, or
 * the second is asked about.
 */
export async function contact(page, { code, syringes = 5 } = {}) {
  await openPad(page);
  await press(page, 'Woman, 35–49');
  await press(page, 'New');
  await press(page, `Syringe 1 ml: ${syringes}`);
  if (code) {
    await press(page, 'Code');
    await page.getByLabel('Client code, if given').fill(code);
    await press(page, 'Done');
  }
  await save(page);
}

/** Counts taps and keys from now on. */
export async function counting(page) {
  await page.evaluate(() => {
    const before = globalThis.taps !== undefined;
    globalThis.taps = 0;
    globalThis.keys = 0;
    if (before) return;
    addEventListener('click', () => (globalThis.taps += 1), true);
    addEventListener('keydown', () => (globalThis.keys += 1), true);
  });
}

/** Taps and keys since then. */
export function counted(page) {
  return page.evaluate(() => [globalThis.taps, globalThis.keys]);
}

/** Waits until the sentence on the queue says exactly this. Make sure that it does not say so before the step that it is about. */
export async function queueSays(page, sentence) {
  const shown = page.getByTestId('queue');
  try {
    await shown.getByText(sentence, { exact: true }).waitFor();
  } catch {
    throw new Error(`the queue says "${await shown.innerText()}", not "${sentence}"`);
  }
}

/** Waits until the phone has nothing under way: whatever an answer was, it has been dealt with. */
export async function syncEnded(page) {
  await press(page, 'Me');
  // Its words are others while something is being sent.
  await page.getByRole('button', { name: 'Sync now', exact: true, disabled: false }).waitFor();
  await press(page, 'Today');
  await page.getByTestId('queue').waitFor();
}
