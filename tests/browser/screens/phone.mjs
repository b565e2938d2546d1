// Every screen of the phone, in one walk through the app that goes by the places of things and not by their words, so that it is the same
// in every language.

import { Browser, PHONE } from '../lib/browser.mjs';
import { Server } from '../lib/server.mjs';
import { staff } from '../lib/staff.mjs';

const PEER = 'amina';
const TABS = { today: 1, referrals: 2, guide: 3, me: 4 };

/** The three looks in which each screen is taken. */
export const LOOKS = [
  { name: 'light', colorScheme: 'light', locale: 'en-GB' },
  { name: 'dark', colorScheme: 'dark', locale: 'en-GB' },
  { name: 'ar', colorScheme: 'light', locale: 'ar' },
];

/** What a supervisor has done for the worker before: a shift, thanks, a course. */
async function prepare(server) {
  const ask = await staff(server, 'supervisor');
  const worker = (await ask('workers')).find(({ handle }) => handle === PEER);
  const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  await ask(`workers/${worker.id}/thanks`, { words: 'You stayed calm with the ambulance. Thank you.' });
  return { ask, worker, day };
}

class Walk {
  constructor(page, shoot) {
    this.page = page;
    this.shoot = shoot;
  }

  async tap(...selectors) {
    for (const selector of selectors) await this.page.locator(selector).first().click();
  }

  tab(name) {
    return this.tap(`.bar .button:nth-child(${TABS[name]})`);
  }

  tile(name) {
    return this.tap(`.form-tile.tile-${name}`);
  }

  close() {
    return this.tap('.pad-head .button:first-child');
  }

  done() {
    return this.tap('.sheet > footer .button');
  }

  async save() {
    await this.tap('.pad-foot .button');
    await this.page.locator('.bar').waitFor();
  }

  /** Waits until everything is sent and nothing is said of what was done before. */
  async calm() {
    await this.page.locator('.queue:not(.waits)').waitFor();
    await this.page.locator('.notice').waitFor({ state: 'detached' });
  }

  /** A cell of the grid, both counted from one. */
  cell(row, column) {
    return this.tap(`.grid-row:nth-child(${row + 1}) .button:nth-child(${column + 1})`);
  }

  /** A contact: cell, whether new or returning, chip. */
  async contact(row, column, met, chip) {
    await this.tap('.contact-button');
    await this.cell(row, column);
    await this.tap(`.returning .button:nth-child(${met})`, `.chips > .button:nth-of-type(${chip})`);
  }
}

async function enrol(walk, { digits }) {
  const { page } = walk;
  await page.locator('input[name=digits]').waitFor();
  await walk.shoot('enrol');
  await page.locator('input[name=digits]').fill(digits);
  await walk.tap('form .button.primary');
  await page.locator('main.page > .button.primary').waitFor();
  await walk.shoot('welcome');
  await walk.tap('main.page > .button.primary');
}

async function shift(walk) {
  await walk.page.locator('.plan').waitFor();
  await walk.shoot('start');
  await walk.tap('.plan');
  await walk.page.locator('.contact-button').waitFor();
  await walk.calm();
  await walk.shoot('today-empty');
}

async function pad(walk) {
  const { page } = walk;
  for (const [row, column, met, chip] of [[1, 2, 1, 2], [1, 3, 2, 3], [2, 2, 2, 4], [2, 4, 1, 2]]) {
    await walk.contact(row, column, met, chip);
    await walk.save();
  }
  await page.locator('.queue:not(.waits)').waitFor();
  await walk.shoot('today');
  await walk.contact(1, 3, 2, 3);
  await walk.tap('.pad-row.steppers > .stepper:nth-child(2) > .button:last-child', '.pad-row.tiles:nth-of-type(6) .tile:first-child');
  await walk.shoot('pad');
  await walk.tap('.pad-head > .button:nth-last-child(2)');
  await walk.shoot('pad-code');
  await walk.tap('.code-field .button:last-child');
  await walk.tap('.chips > .button:last-of-type');
  await walk.shoot('number');
  await walk.done();
  await walk.tap('.pad-head > .button:nth-last-child(3)');
  await walk.shoot('more-sheet');
  await page.locator('.sheet-body').evaluate((body) => body.scrollTo(0, body.scrollHeight));
  await walk.shoot('more-sheet-end');
  await walk.done();
  await walk.tap('.pad-row.tiles:nth-of-type(5) .tile:last-child');
  await walk.shoot('items-sheet');
  await walk.done();
  await walk.tap('.pad-row.tiles:nth-of-type(6) .tile:last-child');
  await walk.shoot('refer-sheet');
  await walk.done();
  await walk.save();
}

async function waiting(walk, browser) {
  await browser.offline();
  await walk.contact(1, 2, 1, 4);
  await walk.save();
  await walk.contact(2, 3, 2, 2);
  await walk.save();
  await walk.shoot('today-waiting');
  await browser.offline(false);
}

async function forms(walk) {
  const taken = async (open, name, ...taps) => {
    await open();
    await walk.tap(...taps);
    await walk.shoot(name);
    await walk.close();
    await walk.page.locator('.bar').waitFor();
  };
  const chip = (ask, n) => `.ask:nth-child(${ask}) .chip:nth-child(${n})`;
  const more = (n) => async () => walk.tap('.forms > .form-tile:last-of-type', `.sheet-body .button:nth-child(${n})`);
  await taken(() => walk.tile('handout'), 'hand-out', '.chips > .button:nth-of-type(3)');
  await taken(() => walk.tile('unmet'), 'unmet', '.item-tiles .tile:nth-child(2)');
  await taken(() => walk.tile('sheet'), 'bulk-sheet', '.item-tiles .tile:nth-child(1)', '.sheet-chips .button:nth-child(4)');
  await taken(() => walk.tile('overdose'), 'overdose', chip(1, 2), chip(2, 2), chip(3, 1), chip(5, 2));
  await taken(() => walk.tile('incident'), 'incident', chip(1, 2), chip(2, 2));
  await taken(() => walk.tile('group'), 'group', chip(1, 1));
  await taken(() => walk.tile('talk'), 'talk', '.talk .chip:nth-child(2)');
  await taken(more(1), 'clean-up', chip(1, 2), '.numbers .button:nth-child(3)');
  await taken(more(2), 'expense', chip(1, 1), '.numbers .button:nth-child(4)');
  await more(3)();
  await walk.tap('.stock .chip:first-child', '.numbers-quick .button:last-child');
  await walk.shoot('stock');
  await walk.save();
  await walk.calm();
}

async function tabs(walk) {
  const { page } = walk;
  await walk.tab('referrals');
  await walk.tap('.slip-head');
  await walk.shoot('referrals');
  await walk.tap('.slip-foot .button:first-child');
  await walk.shoot('slip');
  await walk.done();
  await walk.tap('.tab-foot > .button.primary');
  await walk.tap('.services .tile:first-child');
  await walk.shoot('referral-new');
  await walk.close();
  await walk.tab('guide');
  await walk.shoot('guide');
  await walk.tap('.filter .button:nth-child(2)');
  await walk.shoot('provider');
  await walk.tap('.parts .button:nth-child(2)');
  await walk.shoot('cards');
  await walk.tap('.cards .button');
  await walk.shoot('card');
  await walk.tap('.button.back');
  await walk.tab('me');
  await page.locator('.own-sums thead th:nth-child(3)').waitFor();
  await walk.shoot('me');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await walk.shoot('me-phone');
  await page.evaluate(() => scrollTo(0, 0));
  await walk.tap('.between > .button');
  await walk.shoot('hide');
  await walk.tap('.clock .button');
  await walk.tab('today');
}

async function end(walk) {
  await walk.tap('.place');
  await walk.shoot('shift-change');
  await walk.done();
  await walk.tap('.under-contact .button:last-child');
  await walk.tap('.debrief .ask:first-child .chip:first-child', '.talk .chip:first-child');
  await walk.shoot('stop');
  await walk.tap('.form-body > .button');
  await walk.shoot('hand-over');
  await walk.done();
  await walk.save();
  await walk.page.locator('.queue:not(.waits)').waitFor();
  await walk.shoot('today-over');
}

/** The form of a group as it is for who is not unlocked for it. */
async function locked(walk, { ask, worker }) {
  await ask(`workers/${worker.id}/level`, { level: 'outreach' });
  await walk.tab('me');
  await walk.tap('section:last-of-type .button');
  await walk.tab('today');
  await walk.page.waitForTimeout(1_000);
  await walk.tile('group');
  await walk.shoot('group-locked');
  await walk.close();
}

/** The way to the home screen as an iPhone is told. */
async function install(server, look, shoot) {
  const browser = await Browser.open(server, { size: PHONE, ...look });
  try {
    await browser.context.addInitScript(daylight, look.colorScheme);
    await browser.context.addInitScript(() => Object.defineProperty(navigator, 'userAgent', { get: () => 'iPhone' }));
    const page = await browser.go('/');
    const walk = new Walk(page, (name) => shoot(page, name));
    await page.locator('input[name=digits]').waitFor();
    await walk.shoot('enrol-iphone');
    await walk.tap('.page > .button');
    await walk.shoot('install');
  } finally {
    await browser.remove();
  }
}

/** In the page: by day the theme follows the phone, also when the pictures are taken at night. */
function daylight() {
  Date.prototype.getHours = () => 12;
}

/** Takes every screen in one look. */
export async function phone(look, shoot) {
  const server = await Server.demo();
  const browser = await Browser.open(server, { size: PHONE, ...look });
  try {
    const team = await prepare(server);
    await browser.context.addInitScript(daylight);
    const { pathname, hash } = new URL(server.enrol.link);
    const page = await browser.go(pathname + hash);
    const walk = new Walk(page, (name) => shoot(page, name));
    await enrol(walk, server.enrol);
    await shift(walk);
    await pad(walk);
    await waiting(walk, browser);
    await forms(walk);
    await tabs(walk);
    await locked(walk, team);
    await end(walk);
    await install(server, look, shoot);
  } finally {
    await browser.remove();
    await server.remove();
  }
}
