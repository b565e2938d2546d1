// What a worker puts into a phone on a long day, one story for each kind of record, with quantities that can't stand anywhere by chance.
// A story leaves the home screen open as it found it. Further kinds are added to STORIES.

import { button, openPad, press, queueSays, save } from '../phone.mjs';

/** Client codes that are sealed, taken back, or typed and never saved. */
export const CODES = { sealed: 'QUINCEY-9417-zebra', wide: 'Ötzi-Mornington-77', undone: 'blackbird 20260630', unsent: 'Жара-кедр-5519', unsaved: 'never-saved-8812' };

/** Types a number behind a stepper of the page, or of a sheet on it. */
async function typeNumber(page, name, n, within = page) {
  await within.getByRole('group', { name, exact: true }).locator('.stepper-value').click();
  const pad = page.getByRole('dialog', { name, exact: true });
  for (const digit of String(n)) await press(pad, digit);
  await press(pad, 'Done');
}

async function typeKeys(page, text) {
  for (const key of text) await press(page, key === '.' ? 'Point' : key);
}

/** Opens a form by its tile, or by the sheet behind the last of the tiles. */
async function openForm(page, name, behind = false) {
  if (behind) await page.getByRole('group', { name: 'Record something else' }).getByRole('button', { name: 'More', exact: true }).click();
  await press(page, name);
}

async function answer(page, question, words) {
  await page.getByRole('group', { name: question, exact: true }).getByRole('button', { name: words, exact: true }).click();
}

/** Saves, also what is asked about because it is much. */
async function saveMuch(page) {
  await press(page, 'Save');
  await page.getByText('Saved', { exact: true }).or(button(page, 'Yes, save')).first().waitFor();
  if (await button(page, 'Yes, save').isVisible()) await press(page, 'Yes, save');
  await page.getByText('Saved', { exact: true }).waitFor();
}

async function typeCode(page, code) {
  await press(page, 'Code');
  await page.getByLabel('Client code, if given').pressSequentially(code);
  await press(page, 'Done');
}

/** A contact with everything that the pad and its sheets ask. */
async function contact(page, { code, condoms, syringes, back }) {
  await openPad(page);
  await press(page, 'Woman, 35–49');
  await press(page, 'Returning');
  await typeCode(page, code);
  await press(page, 'Items…');
  const items = page.getByRole('dialog', { name: 'Items and kits' });
  await typeNumber(page, 'Condoms', condoms, items);
  await typeNumber(page, 'Syringe 1 ml', syringes, items);
  await press(items, 'Done');
  await press(page, 'HIV test');
  await press(page, 'More…');
  const more = page.getByRole('dialog', { name: 'More', exact: true });
  await typeNumber(page, 'For other people too', 97);
  await more.getByRole('group', { name: 'Injects' }).getByRole('button', { name: 'Yes', exact: true }).click();
  await more.getByRole('group', { name: 'Talked about' }).getByRole('button').first().click();
  await more.getByRole('group', { name: 'Asked for, had none' }).getByRole('button').last().click();
  await press(more, 'Done');
  await typeNumber(page, 'Returned: Used syringe', back);
  await saveMuch(page);
}

const undo = async (page) => {
  await press(page, 'Undo');
  await page.getByText('Taken back', { exact: true }).waitFor();
};

/** The stories by name. Numbers of five digits are each said in one record only, and are no sum of a day. */
export const STORIES = {
  async 'first contact'(page) {
    await contact(page, { code: CODES.wide, condoms: 31_847, syringes: 5, back: 3 });
  },
  async 'large contact'(page) {
    await contact(page, { code: CODES.sealed, condoms: 73_419, syringes: 61_907, back: 23_509 });
  },
  async 'contact without a network'(page) {
    await contact(page, { code: CODES.unsent, condoms: 66_413, syringes: 2, back: 1 });
  },
  async 'contact taken back'(page) {
    await contact(page, { code: CODES.undone, condoms: 28_643, syringes: 17_389, back: 7 });
    await undo(page);
  },
  async 'hand-out'(page) {
    await openForm(page, 'Hand-out only');
    await press(page, 'Given: Naloxone nasal: One more');
    await save(page);
    await openForm(page, 'Hand-out only');
    await typeNumber(page, 'Given: Naloxone nasal', 43_987);
    await saveMuch(page);
  },
  async unmet(page) {
    await openForm(page, 'Asked for, had none');
    await page.getByRole('group', { name: 'Asked for, had none' }).getByRole('button').first().click();
    await saveMuch(page);
  },
  async 'bulk sheet'(page) {
    await openForm(page, 'Bulk sheet');
    await typeNumber(page, 'Contacts', 4_973);
    await press(page, 'Condoms');
    await typeNumber(page, 'Condoms', 57_911);
    await save(page);
  },
  async overdose(page) {
    await openForm(page, 'Overdose');
    await press(page, 'In public');
    await press(page, 'Participant');
    await answer(page, 'Naloxone given', 'Yes');
    await press(page, 'Naloxone nasal: One more');
    await answer(page, 'Ambulance called', 'No');
    await answer(page, 'Police came', 'Yes');
    await press(page, 'Died');
    await save(page);
  },
  async incident(page) {
    await openForm(page, 'Incident');
    await press(page, 'Theft');
    await press(page, 'Severe');
    await save(page);
  },
  async 'incident taken back'(page) {
    await openForm(page, 'Incident');
    await press(page, 'Theft');
    await press(page, 'Light');
    await save(page);
    await undo(page);
  },
  async group(page) {
    await openForm(page, 'Group');
    await press(page, 'Overdose response');
    await typeNumber(page, 'People', 4_877);
    await press(page, 'Things given');
    const items = page.getByRole('dialog', { name: 'Items and kits' });
    await typeNumber(page, 'Condoms', 38_653, items);
    await press(items, 'Done');
    await save(page);
  },
  async 'clean-up'(page) {
    await openForm(page, 'Clean-up', true);
    await press(page, 'Counted');
    await typeKeys(page, '84731');
    await save(page);
  },
  async expense(page) {
    await openForm(page, 'Expense', true);
    await press(page, 'Transport');
    await typeKeys(page, '5471.29');
    await save(page);
  },
  async stock(page) {
    await openForm(page, 'Stock received', true);
    await press(page, 'Condoms');
    await typeKeys(page.getByRole('dialog'), '52693');
    await press(page, 'Done');
    await save(page);
  },
  async debrief(page) {
    await press(page, 'Talk to sam');
    await press(page, 'Police');
    await press(page, 'This week');
    await save(page);
  },
  async 'referral and its outcome'(page) {
    await press(page, 'Referrals');
    await press(page, 'New referral');
    await press(page, 'Wound care');
    await press(page, 'Save');
    await page.getByRole('button', { name: /^Wound care/ }).first().click();
    await press(page, 'Did not go');
    await page.getByRole('listitem').filter({ hasText: 'Wound care' }).getByText('Did not go').first().waitFor();
    await press(page, 'Today');
    await page.getByTestId('queue').waitFor();
  },
  async 'end of the shift'(page) {
    await press(page, 'Stop shift');
    await press(page, 'Violence');
    await press(page, 'Today');
    await press(page, 'End shift');
    await page.getByText('Your shift is over.').waitFor();
  },
};

/** Tells them all. Those named in `unsent` come last, without a network. */
export async function tellAll(browser, page, unsent) {
  const told = (isUnsent) => Object.entries(STORIES).filter(([name]) => unsent.includes(name) === isUnsent);
  for (const [name, story] of told(false)) await tell(name, story, page);
  await queueSays(page, /^(\d+) of \1 received$/);
  await browser.offline();
  for (const [name, story] of told(true)) await tell(name, story, page);
}

async function tell(name, story, page) {
  try {
    await story(page);
  } catch (error) {
    throw new Error(`the story "${name}"`, { cause: error });
  }
}
