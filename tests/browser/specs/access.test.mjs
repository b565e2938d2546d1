// The shift's screens for everybody: what axe finds in light, dark, sunlight and mirrored, and what stays within the page when it is enlarged.

import assert from 'node:assert/strict';

import { button, contact, enrol, press } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

/** Each screen of the shift in turn, by its words. `look` is called on each. */
async function everyScreen(page, look) {
  await contact(page);
  await look('today');
  await page.getByTitle('Change place or who is out').click();
  await look('place');
  await press(page, 'Done');
  for (const form of ['Hand-out only', 'Asked for, had none', 'Talk to sam']) {
    await press(page, form);
    await look(form);
    await press(page, 'Close');
  }
  await press(page, 'Bulk sheet');
  await press(page, 'Used syringe');
  await look('Bulk sheet');
  await press(page, 'Close');
  await press(page, 'Stop shift');
  await press(page, 'Police');
  await look('closing page');
  await press(page, 'Hand over what is left');
  await look('hand-over');
  await press(page, 'Done');
  await press(page, 'This week');
  await press(page, 'End shift');
  await button(page, 'Start shift').waitFor();
  await look('start');
}

for (const theme of ['Dark', 'Light', 'Sunlight']) {
  scenario(`axe finds nothing on the shift's screens (${theme})`, 'fresh', async ({ phone }) => {
    const browser = await phone();
    const page = await enrol(browser);
    await press(page, 'Me');
    await press(page, theme);
    await press(page, 'Today');
    const found = [];
    await everyScreen(page, async (name) => found.push(...(await browser.axe()).map((line) => `${name}: ${line}`)));
    assert.deepEqual(found, []);
  });
}

scenario('nothing of the shift\'s screens leaves the page when it is enlarged twice over', 'fresh', async ({ phone }) => {
  const page = await enrol(await phone());
  await page.setViewportSize({ width: 180, height: 320 });
  const wide = [];
  await everyScreen(page, async (name) => {
    const out = await page.evaluate(() => {
      // A list of numbers or the sheet over the page may scroll downwards, never sideways.
      const boxes = [...document.querySelectorAll('button, h1, h2, p, .figure')].map((one) => [one.innerText, one.getBoundingClientRect()]);
      const beyond = boxes.filter(([, box]) => box.width > 1 && (box.left < -1 || box.right > innerWidth + 1)).map(([text]) => text);
      return document.documentElement.scrollWidth > innerWidth ? [...beyond, 'the page'] : beyond;
    });
    wide.push(...out.map((text) => `${name}: ${text}`));
  });
  assert.deepEqual(wide, []);
});
