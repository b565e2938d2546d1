// Every screen and form of the phone, and the way to it in whatever language the phone speaks.

import { button } from './phone.mjs';

/** The texts that the page draws, by key. */
export async function texts(page) {
  const all = await page.evaluate(async () => {
    const tag = document.documentElement.lang;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const { default: messages } = await import(loaded.find((name) => name.includes(`/text-phone-${tag}-`) && name.endsWith('.js')));
    return messages;
  });
  return (key) => {
    if (typeof all[key] !== 'string') throw new Error(`no text ${key}`);
    return all[key];
  };
}

/** How screens are opened: by words of the language and by what has no words. */
export class Way {
  constructor(page, t) {
    this.page = page;
    this.t = t;
  }

  /** Taps a button by the key of its words. */
  async tap(key) {
    await button(this.page, this.t(key)).click();
  }

  async click(selector) {
    await this.page.locator(selector).first().click();
  }

  async sheet() {
    await this.page.getByRole('dialog').waitFor();
  }

  /** Opens a form of the home screen. */
  async form(name) {
    await this.click(`.tile-${name}`);
    await this.page.locator('main.form').waitFor();
  }

  async tab(number) {
    await this.click(`.bar .button:nth-child(${number})`);
    await this.page.locator(`.bar .button:nth-child(${number})[aria-current="page"]`).waitFor();
  }

  async pad() {
    await this.click('.contact-button');
    await this.page.locator('main.pad').waitFor();
  }

  /** Back to the home screen from anywhere. */
  async home() {
    const { page } = this;
    while ((await page.getByRole('dialog').count()) > 0) await page.getByRole('dialog').last().press('Escape');
    if (await page.locator('.clock').isVisible()) await this.click('.clock .button');
    if (await page.locator('.code-field').isVisible()) await this.click('.code-field .button:last-child');
    if (await page.locator('.pad-head').isVisible()) await this.click('.pad-head .button');
    await this.tab(1);
  }
}

/** Answers every question of a form with one of its answers, so that those that follow from it stand there too. */
async function answer(way, which) {
  for (const ask of await way.page.locator('.ask').all()) {
    const chip = ask.locator('.ask-chips > .chip:not(:disabled)');
    if ((await chip.count()) > which) await chip.nth(which).click();
  }
}

/** The screens of a phone that is in a shift, each reached from the home screen. */
export const SCREENS = [
  ['today', () => undefined],
  ['who and where', async (way) => (await way.click('.place'), way.sheet())],
  ['more forms', async (way) => (await way.tap('tile_more'), way.sheet())],
  ['pad', (way) => way.pad()],
  [
    'pad, filled',
    async (way) => {
      await way.pad();
      for (const one of ['.grid .cell', '.returning .button', '.chips .button', '.tiles .tile', '.tiles + .tiles .tile']) await way.click(one);
      await way.click('.stepper > .button:last-child');
      // Under 18: the notice stands there too.
      await way.page.locator('.hint .banner').waitFor();
    },
  ],
  ['pad, shared row', async (way) => (await way.pad(), way.click('.grid-row:last-child .cell'))],
  ['pad, code', async (way) => (await way.pad(), way.click('.pad-head > .button:nth-last-child(2)'))],
  [
    'pad, more',
    async (way) => {
      await way.pad();
      for (const one of await way.page.locator('.stepper > .button:last-child').all()) await one.click();
      await way.tap('more');
      await way.sheet();
    },
  ],
  ['pad, items', async (way) => (await way.pad(), await way.tap('items'), way.sheet())],
  [
    'pad, referrals',
    async (way) => {
      await way.pad();
      await way.tap('refer');
      await way.sheet();
      await way.click('.sheet li > .button');
    },
  ],
  ['pad, a number', async (way) => (await way.pad(), await way.click('.chips .button:last-child'), way.sheet())],
  ['hand-out only', (way) => way.form('handout')],
  ['asked for, had none', async (way) => (await way.form('unmet'), way.click('.item-tiles .tile'))],
  ['bulk sheet', async (way) => (await way.form('sheet'), way.click('.item-tiles .tile, .stock .chip'))],
  ['overdose', (way) => way.form('overdose')],
  ['overdose, answered', async (way) => (await way.form('overdose'), await answer(way, 0), answer(way, 1))],
  ['overdose, naloxone', async (way) => (await way.form('overdose'), answer(way, 0))],
  ['overdose, when', async (way) => (await way.form('overdose'), await way.click('.halves .button'), way.sheet())],
  ['overdose, who', async (way) => (await way.form('overdose'), await way.click('.halves .button:last-child'), way.sheet())],
  ['group', (way) => way.form('group')],
  ['incident', async (way) => (await way.form('incident'), answer(way, 1))],
  ['talk', async (way) => (await way.form('talk'), answer(way, 1))],
  ['collection', (way) => aside(way, 'collection')],
  ['collection, weighed', async (way) => (await aside(way, 'collection'), way.click('.ask-chips > .chip:last-child'))],
  ['expense', async (way) => (await aside(way, 'expense'), answer(way, 0))],
  ['stock', (way) => aside(way, 'stock')],
  ['stock, a number', async (way) => (await aside(way, 'stock'), await way.click('.stock .chip'), way.sheet())],
  ['end of the shift', async (way) => (await way.tap('shift_stop'), await way.page.locator('main.form').waitFor(), answer(way, 3))],
  ['hand-over', async (way) => (await way.tap('shift_stop'), await way.tap('handover'), way.sheet())],
  ['no referrals', (way) => way.tab(2)],
  ['new referral', async (way) => (await way.tab(2), await way.tap('new_referral'), way.click('.services .tile'))],
  [
    'a referral',
    async (way) => {
      await way.tab(2);
      await way.tap('new_referral');
      await way.click('.services .tile');
      await way.tap('save');
      await way.click('.slip-head');
      await way.page.locator('.outcomes').waitFor();
    },
  ],
  ['a slip', async (way) => (await way.tab(2), await way.click('.slip-foot .button'), way.sheet())],
  ['guide', (way) => way.tab(3)],
  ['guide, nothing found', async (way) => (await way.tab(3), way.page.locator('input').fill('zzzz'))],
  ['guide, cards', async (way) => (await way.tab(3), way.click('.parts .button:last-child'))],
  [
    'guide, a card',
    async (way) => {
      await way.tab(3);
      await way.click('.parts .button:last-child');
      await way.click('.cards .button');
      await way.page.locator('article h1').waitFor();
    },
  ],
  ['me', (way) => way.tab(4)],
  ['hidden', async (way) => (await way.tab(4), way.tap('hide_now'))],
];

/** A form behind "More". */
async function aside(way, name) {
  await way.tap('tile_more');
  await way.sheet();
  await button(way.page, way.t(`tile_${name}`)).click();
  await way.page.locator('main.form').waitFor();
}
