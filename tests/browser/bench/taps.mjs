// Taps and typed characters of each task, counted while it is really done in the app.

import { Browser, PHONE } from '../lib/browser.mjs';
import { button, counted, counting, fillTypical, openPad, press, save, setUp, typicalContact } from '../lib/phone.mjs';
import { Server } from '../lib/server.mjs';
import { staff } from '../lib/staff.mjs';
import { line } from './table.mjs';

const CODE = 'K7M2P4Q';

/** Taps an answer of a question. */
async function answer(page, question, words) {
  await page.getByRole('group', { name: question, exact: true }).getByRole('button', { name: words, exact: true }).click();
}

async function saved(page) {
  await page.getByText('Saved', { exact: true }).waitFor();
}

/** The tasks in the order of a shift: name, most taps, most typed characters, what is done, and what is done before it is counted. */
const TASKS = [
  {
    name: 'start of a planned shift',
    most: 1,
    async act(page) {
      await page.getByRole('button', { name: /19:30 Market/ }).click();
      await button(page, 'Contact').waitFor();
    },
  },
  { name: 'typical contact', most: 7, act: typicalContact },
  {
    name: 'typical contact with a code',
    most: 8,
    typed: 7,
    async act(page) {
      // Another quantity than the contact before, or the second is asked about.
      await fillTypical(page, { syringes: 20 });
      await press(page, 'Code');
      await page.keyboard.type(CODE);
      await save(page);
    },
  },
  {
    name: 'syringes only',
    most: 5,
    async act(page) {
      await openPad(page);
      await press(page, 'Woman, 35–49');
      await press(page, 'New');
      await press(page, 'Syringe 1 ml: 5');
      await save(page);
    },
  },
  {
    name: 'same again',
    most: 2,
    async act(page) {
      await press(page, 'Same again');
      await save(page);
    },
  },
  {
    name: 'overdose',
    most: 9,
    async act(page) {
      await press(page, 'Overdose');
      await press(page, 'Street');
      await press(page, 'Participant');
      await answer(page, 'Naloxone given', 'Yes');
      await press(page, 'Naloxone nasal: One more');
      await answer(page, 'Ambulance called', 'No');
      await answer(page, 'Police came', 'No');
      await press(page, 'Recovered');
      await save(page);
    },
  },
  {
    name: 'incident, stub',
    most: 4,
    async act(page) {
      await press(page, 'Incident');
      await press(page, 'Theft');
      await press(page, 'Serious');
      await save(page);
    },
  },
  {
    name: 'bulk sheet, two items',
    most: 4,
    before: (page) => press(page, 'Bulk sheet'),
    async act(page) {
      await press(page, 'Syringe 1 ml');
      await press(page, 'Syringe 1 ml: 100');
      await press(page, 'Condoms');
      await press(page, 'Condoms: 50');
    },
    after: save,
  },
  {
    name: 'talk to my supervisor',
    most: 3,
    async act(page) {
      await press(page, 'Talk to sam');
      await press(page, 'Today');
      await press(page, 'Save');
      await saved(page);
    },
  },
  {
    name: '"I went along" on a referral',
    most: 1,
    before: (page) => press(page, 'Referrals'),
    async act(page) {
      await page.getByRole('button', { name: /^I went along: HIV test/ }).first().click();
      await saved(page);
    },
  },
  {
    name: 'outcome of a referral',
    most: 2,
    async act(page) {
      const open = page.getByRole('button', { name: /^HIV test/ });
      const before = await open.count();
      await open.last().click();
      await press(page, 'Went, served');
      await page.waitForFunction((n) => document.querySelectorAll('.slip-card').length === n - 1, before);
    },
    after: (page) => press(page, 'Today'),
  },
  {
    name: 'debrief at the end of a shift',
    most: 3,
    before: (page) => press(page, 'Stop shift'),
    async act(page) {
      await press(page, 'Police');
      await press(page, 'This week');
      await press(page, 'End shift');
      await page.getByText('Your shift is over.').waitFor();
    },
    after: (page) => press(page, 'Start shift'),
  },
  {
    name: 'stop of a shift without a debrief',
    most: 2,
    async act(page) {
      await press(page, 'Stop shift');
      await press(page, 'End shift');
      await page.getByText('Your shift is over.').waitFor();
    },
  },
];

/** Plans a shift of today for the phone's worker, as their supervisor does. */
async function plan(server) {
  const ask = await staff(server, 'supervisor');
  const [kim] = (await ask('workers')).filter(({ handle }) => handle === 'kim');
  const day = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/Berlin' });
  await ask('shifts', { workers: [kim.id], day, from: '19:30:00', until: '23:00:00', site: 'market', mode: 'pair', setting: 'street' });
}

export async function taps() {
  const server = await Server.fresh();
  const lines = [];
  let browser;
  try {
    await plan(server);
    browser = await Browser.open(server, { size: PHONE });
    const page = await setUp(browser);
    for (const { name, most, typed = 0, before, act, after } of TASKS) {
      await before?.(page);
      await counting(page);
      await act(page);
      const [tapped, keys] = await counted(page);
      lines.push(line(name, `${tapped} ${tapped === 1 ? 'tap' : 'taps'}, ${keys} typed`, `≤ ${most}, ${typed} typed`, tapped > most || keys > typed));
      await after?.(page);
    }
  } finally {
    await browser?.remove();
    await server.remove();
  }
  return lines;
}
