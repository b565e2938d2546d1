// The shift around a worker's contacts: planned or not it begins with a tap, changes in two, ends in one, and by itself when nobody ends it.

import assert from 'node:assert/strict';

import { button, contact, counted, counting, enrol, press, queueSays, setUp, typicalContact } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { recordsOf, staff } from '../lib/staff.mjs';
import { holds } from '../lib/wait.mjs';

/** The five figures of the home screen or the closing page, in the order of the screen. */
async function figures(page) {
  return (await page.locator('.sums .figure').allInnerTexts()).map(Number);
}

async function figuresAre(page, expected) {
  await holds(async () => assert.deepEqual(await figures(page), expected));
}

/** The header of the home screen, which opens what may change. */
function here(page) {
  return page.getByTitle('Change place or who is out');
}

scenario('a planned shift starts with one tap, as the record that was planned', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/Berlin' });
  const [kim] = (await ask('workers')).filter(({ handle }) => handle === 'kim');
  await ask('shifts', { workers: [kim.id], day: today, from: '19:30:00', until: '23:00:00', site: 'market', mode: 'with_staff', setting: 'drop_in' });
  const [planned] = await recordsOf(ask, 'shift');
  assert.equal(planned.state, 'planned');

  const page = await setUp(await phone());
  await counting(page);
  await page.getByRole('button', { name: /19:30 Market · With staff/ }).click();
  await button(page, 'Contact').waitFor();
  assert.deepEqual(await counted(page), [1, 0]);
  await here(page).getByText('With staff').waitFor();
  await queueSays(page, '1 of 1 received');
  const all = await recordsOf(ask, 'shift');
  assert.equal(all.length, 1);
  const [started] = all;
  assert.deepEqual([started.rev, started.state, started.from, started.until, started.mode, started.setting], [planned.rev + 1, 'started', '19:30:00', '23:00:00', 'with_staff', 'drop_in']);
  assert.ok(started.check_in && !started.check_out);

  await press(page, 'Stop shift');
  await press(page, 'End shift');
  await page.getByText('Your shift is over.').waitFor();
  await queueSays(page, '1 of 1 received');
  // What is over is not offered again.
  await button(page, 'Start shift').waitFor();
  assert.equal(await page.getByRole('button', { name: /19:30 Market/ }).count(), 0);
  const [done] = await recordsOf(ask, 'shift');
  assert.deepEqual([done.rev, done.state], [planned.rev + 2, 'done']);
  assert.ok(done.check_out);
});

scenario("figures are the shift's, and an undo takes its part back", 'fresh', async ({ phone }) => {
  const page = await enrol(await phone());
  await contact(page);
  await typicalContact(page);
  await figuresAre(page, [2, 1, 15, 0, 1]);
  await press(page, 'Undo');
  await figuresAre(page, [1, 1, 5, 0, 0]);
  await press(page, 'Stop shift');
  await figuresAre(page, [1, 1, 5, 0, 0]);
  await press(page, 'End shift');
  // Between shifts the figures are the day's; the next shift begins at nothing.
  await button(page, 'Start shift').waitFor();
  await figuresAre(page, [1, 1, 5, 0, 0]);
  await press(page, 'Start shift');
  await figuresAre(page, [0, 0, 0, 0, 0]);
  await contact(page, { syringes: 10 });
  await figuresAre(page, [1, 1, 10, 0, 0]);
  await press(page, 'Stop shift');
  await press(page, 'End shift');
  await button(page, 'Start shift').waitFor();
  await figuresAre(page, [2, 2, 15, 0, 0]);
});

scenario('place and who is out change in two taps, and what is saved then says so', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const page = await enrol(await phone());
  await contact(page);
  await counting(page);
  await here(page).click();
  await press(page, 'Alone');
  await here(page).getByText('Alone').waitFor();
  assert.deepEqual(await counted(page), [2, 0]);
  await contact(page, { syringes: 10 });
  await queueSays(page, '3 of 3 received');
  const [shift] = await recordsOf(ask, 'shift');
  const contacts = await recordsOf(ask, 'contact');
  assert.deepEqual(contacts.map((one) => one.mode).sort(), ['alone', 'pair']);
  assert.equal(new Set(contacts.map((one) => one.shift)).size, 1);
  assert.ok(contacts[0].shift);
  assert.equal(shift.mode, 'pair');
});

scenario('the closing page debriefs in three taps and hands the bag over', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const page = await enrol(await phone());
  await contact(page);
  await press(page, 'Stop shift');
  await page.getByRole('heading', { name: 'Your shift in numbers' }).waitFor();
  await press(page, 'Hand over what is left');
  await press(page, 'Add an item');
  await press(page, 'Syringe 1 ml');
  await press(page, 'Syringe 1 ml: Lost now: One more');
  await press(page, 'Syringe 1 ml: Left: One more');
  await press(page, 'Give what is left back to the store');
  await press(page, 'Done');
  await page.getByText('1 lost, 1 back to the store').waitFor();
  await counting(page);
  await press(page, 'Police');
  await page.getByText('sam sees this when your phone has sent it.').waitFor();
  assert.ok(await button(page, 'End shift').isDisabled(), 'whether somebody wants to talk is not guessed');
  await press(page, 'This week');
  await press(page, 'End shift');
  await page.getByText('Your shift is over.').waitFor();
  assert.deepEqual(await counted(page), [3, 0]);
  await queueSays(page, '5 of 5 received');
  const [shift] = await recordsOf(ask, 'shift');
  const [debrief] = await recordsOf(ask, 'debrief');
  const moves = await recordsOf(ask, 'stock_move');
  assert.equal(shift.state, 'done');
  assert.deepEqual([debrief.heavy, debrief.talk, debrief.mood ?? undefined, debrief.shift], ['police', 'this_week', undefined, moves[0].shift]);
  assert.deepEqual(moves.map(({ reason, from, to, lines }) => `${reason} ${from} ${to} ${lines[0].quantity}`).sort(), ['lost bag outside 1', 'return bag store 1']);
});

scenario('a talk with the supervisor takes three taps, also between shifts', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const page = await enrol(await phone());
  for (const between of [false, true]) {
    await counting(page);
    await press(page, 'Talk to sam');
    await press(page, 'Today');
    await press(page, 'Save');
    await page.getByText('Saved', { exact: true }).waitFor();
    assert.deepEqual(await counted(page), [3, 0]);
    if (between) break;
    await press(page, 'Stop shift');
    await press(page, 'End shift');
    await button(page, 'Start shift').waitFor();
  }
  await queueSays(page, '3 of 3 received');
  assert.deepEqual((await recordsOf(ask, 'debrief')).map((one) => [one.talk, one.shift != null]).sort(), [['today', false], ['today', true]]);
});

scenario('a kill in mid-shift keeps the shift and its figures, without a network too', 'fresh', async ({ phone }) => {
  const browser = await phone();
  let page = await enrol(browser);
  await contact(page);
  await figuresAre(page, [1, 1, 5, 0, 0]);
  const said = await here(page).innerText();
  await browser.reopen();
  await browser.offline();
  page = await browser.go('/');
  await figuresAre(page, [1, 1, 5, 0, 0]);
  assert.equal(await here(page).innerText(), said);
  await contact(page, { syringes: 10 });
  await figuresAre(page, [2, 2, 15, 0, 0]);
});

scenario('a shift that nobody stopped closes itself kindly', 'fresh', async ({ server, phone }) => {
  const ask = await staff(server, 'supervisor');
  const browser = await phone();
  const page = await enrol(browser);
  await contact(page);
  await queueSays(page, '2 of 2 received');
  // It begins at the latest a moment ago, and ends at the latest 28 hours after that.
  await page.clock.setFixedTime(Date.now() + 29 * 3_600_000);
  await page.reload();
  await page.getByText(/^Your shift of \w+ was closed at 06:00\. Everything you saved counts\.$/).waitFor();
  await button(page, 'Start shift').waitFor();
  await holds(async () => {
    const [shift] = await recordsOf(ask, 'shift');
    assert.deepEqual([shift.state, shift.rev, shift.check_out ?? undefined], ['done', 2, undefined]);
  });
  assert.equal((await recordsOf(ask, 'contact')).length, 1);
});

scenario('the home screen fits 360 by 640 without scrolling, and nothing pushes the + away', 'fresh', async ({ phone }) => {
  const page = await enrol(await phone({ size: { width: 360, height: 640 } }));
  await contact(page);
  await page.getByText('Saved', { exact: true }).waitFor();
  const plus = () => button(page, 'Contact').boundingBox();
  const before = await plus();
  const { scrolls, wide, small } = await page.evaluate(() => {
    const body = document.querySelector('.today-body');
    const boxes = [...document.querySelectorAll('button')].map((one) => [one.ariaLabel ?? one.innerText, one.getBoundingClientRect()]);
    return {
      scrolls: [document.documentElement.scrollHeight - innerHeight, body.scrollHeight - body.clientHeight],
      wide: document.documentElement.scrollWidth - innerWidth,
      small: boxes.filter(([, box]) => box.width < 44 || box.height < 44).map(([name, box]) => `${name}: ${box.width}×${box.height}`),
    };
  });
  assert.deepEqual([scrolls, wide, small], [[0, 0], 0, []]);
  assert.ok(before.height >= 56 && before.y + before.height <= 640);
  await press(page, 'Undo');
  await page.getByText('Taken back', { exact: true }).waitFor();
  assert.equal((await plus()).y, before.y);
});
