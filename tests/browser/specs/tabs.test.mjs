// The tabs beside the home screen: referrals and what became of them, the guide, the worker's own figures, and the way to the home screen.

import assert from 'node:assert/strict';

import { contact, enrol, press, button, queueSays, save, openPad } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

const PROVIDERS = [
  {
    code: 'harbour',
    label: { en: 'Harbour health centre' },
    services: ['hiv_test', 'hcv_test', 'wound_care'],
    hours: { en: 'Mon–Fri 9–17' },
    address: { en: 'Quay Street 12, blue door' },
    notes: { en: 'No papers needed.' },
    phone: '+49 30 1234',
  },
  { code: 'day', label: { en: 'Day shelter Ölberg' }, services: ['shelter', 'food'], hours: { en: 'Every day 7–22' }, address: { en: 'Station Road 3' } },
];

/** Asks the server as a script of a role does. */
async function ask(server, role, path, method = 'GET', body = undefined) {
  const headers = { authorization: `Bearer ${await server.token(role)}`, ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await fetch(`${server.address}/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Thanks a peer worker as their supervisor does. */
async function thank(server, handle, words) {
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const { login, password } = server.login('supervisor');
  const answer = await fetch(`${server.address}/api/v1/auth/login`, { method: 'POST', headers, body: JSON.stringify({ login, password }) });
  const [cookie] = answer.headers.get('set-cookie').split(';');
  const workers = await ask(server, 'administrator', 'workers');
  const { id } = workers.find((one) => one.handle === handle);
  const thanked = await fetch(`${server.address}/api/v1/workers/${id}/thanks`, { method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify({ words }) });
  assert.ok(thanked.ok, `thanks: ${thanked.status}`);
}

/** Puts the two providers into the programme's catalogue, before the phone is enrolled. */
async function listProviders(server) {
  const catalogue = await ask(server, 'administrator', 'catalogue');
  await ask(server, 'administrator', 'catalogue', 'PUT', { ...catalogue, providers: PROVIDERS });
}

/** What the server has counted of referrals to the HIV test, once it has counted anything new. */
async function counted(server, expected) {
  const today = new Date().toISOString().slice(0, 10);
  await holds(async () => {
    const { measures } = await ask(server, 'supervisor', `tallies?from=2026-01-01&to=${today}`);
    const found = Object.fromEntries(['issued', 'attended', 'completed'].map((one) => [one, measures[`referral.${one}.hiv_test`] ?? 0]));
    assert.deepEqual(found, expected);
  });
}

const card = (page, service) => page.getByRole('listitem').filter({ hasText: service });

/** Makes a referral on its own. */
async function refer(page, service) {
  await press(page, 'Referrals');
  await press(page, 'New referral');
  await press(page, service);
  await press(page, 'Save');
  await card(page, service).waitFor();
}

/** Counts taps from now on. */
async function countTaps(page) {
  await page.evaluate(() => {
    globalThis.taps = 0;
    addEventListener('click', () => (globalThis.taps += 1), true);
  });
  return () => page.evaluate(() => globalThis.taps);
}

scenario('a referral made offline is listed, and what became of it is two taps', 'fresh', async ({ server, phone }) => {
  await listProviders(server);
  const browser = await phone();
  const page = await enrol(browser);
  await browser.offline();
  await press(page, 'Referrals');
  await page.getByText('No open slips.').waitFor();
  await press(page, 'New referral');
  assert.ok(await button(page, 'Save').isDisabled(), 'nothing is tapped yet');
  await press(page, 'HIV test');
  await page.getByRole('button', { name: 'Harbour health centre' }).click();
  await press(page, 'Save');

  const taps = await countTaps(page);
  await page.getByRole('button', { name: /^HIV test/ }).click();
  await press(page, 'Went, served');
  await card(page, 'HIV test').waitFor({ state: 'detached' });
  assert.equal(await taps(), 2);

  await press(page, 'Undo');
  await card(page, 'HIV test').waitFor();
  await browser.offline(false);
  await counted(server, { issued: 1, attended: 0, completed: 0 });

  await page.getByRole('button', { name: /^HIV test/ }).click();
  await press(page, 'Did not go');
  await card(page, 'HIV test').getByText('Did not go').waitFor();
  await page.getByRole('button', { name: /^HIV test/ }).click();
  await press(page, 'Went, served');
  await card(page, 'HIV test').waitFor({ state: 'detached' });
  await counted(server, { issued: 1, attended: 1, completed: 1 });
});

scenario('"I went along" is one tap and leaves the slip open, also after the server knows', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await refer(page, 'HIV test');
  const taps = await countTaps(page);
  await page.getByRole('button', { name: /^I went along: HIV test/ }).click();
  await card(page, 'HIV test').getByText('Went', { exact: true }).waitFor();
  assert.equal(await taps(), 1);
  await counted(server, { issued: 1, attended: 1, completed: 0 });
  await press(page, 'Me');
  await press(page, 'Sync now');
  await page.getByRole('columnheader', { name: 'This month' }).waitFor();
  await press(page, 'Referrals');
  await card(page, 'HIV test').waitFor();

  // Somebody else said that the person was served: the next pull takes the slip from the list.
  const slip = (await page.getByRole('button', { name: /^Show slip/ }).innerText()).replace(' ', '');
  await browser.context.route('**/api/v1/sync/pull*', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    answer.own.settled = [slip];
    await route.fulfill({ response, json: answer });
  });
  await press(page, 'Me');
  await press(page, 'Sync now');
  await press(page, 'Referrals');
  await page.getByText('No open slips.').waitFor();
});

scenario('a slip of a contact is shown large with its QR code, names its provider, and goes after 30 days', 'fresh', async ({ server, phone }) => {
  await listProviders(server);
  const browser = await phone();
  const page = await enrol(browser);
  await openPad(page);
  await press(page, 'Refer…');
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'HIV test' }).click();
  await sheet.getByRole('button', { name: 'Harbour health centre Mon–Fri 9–17' }).click();
  await press(sheet, 'Done');
  await save(page);
  await press(page, 'Referrals');
  const number = page.getByRole('button', { name: /^Show slip/ });
  const slip = await number.innerText();
  assert.match(slip, /^[0-9A-Z]{3} [0-9A-Z]{3}$/);
  await number.click();
  await sheet.getByText(slip, { exact: true }).waitFor();
  await sheet.getByRole('img', { name: "The slip's number as a QR code" }).waitFor();
  await sheet.getByText('Mon–Fri 9–17').waitFor();
  await press(sheet, 'Done');
  await number.waitFor();

  await page.clock.setFixedTime(Date.now() + 31 * 86_400_000);
  await page.reload();
  await press(page, 'Referrals');
  await page.getByText('No open slips.').waitFor();
});

scenario('the guide is found in without a network, after a cold start', 'fresh', async ({ server, phone }) => {
  await listProviders(server);
  const browser = await phone();
  await enrol(browser);
  await browser.reopen();
  await browser.offline();
  const page = await browser.go('/');
  await press(page, 'Guide');
  const names = () => page.locator('main h2').allInnerTexts();
  await holds(async () => assert.deepEqual(await names(), ['Harbour health centre', 'Day shelter Ölberg']));
  const search = page.getByLabel('Search name, service or street');
  await search.fill('OLBERG');
  await holds(async () => assert.deepEqual(await names(), ['Day shelter Ölberg']));
  await search.fill('wound blue');
  await holds(async () => assert.deepEqual(await names(), ['Harbour health centre']));
  assert.equal(await page.getByRole('link', { name: /Call/ }).getAttribute('href'), 'tel:+49301234');
  await search.fill('nowhere');
  await press(page, 'Show everything');
  await page.getByRole('group', { name: 'Services' }).getByRole('button', { name: 'Shelter' }).click();
  await holds(async () => assert.deepEqual(await names(), ['Day shelter Ölberg']));

  await press(page, 'Cards');
  await press(page, 'Stopped by police');
  await page.getByRole('heading', { level: 1, name: 'Stopped by police' }).waitFor();
  await page.goBack();
  await button(page, 'Your safety').waitFor();
  await press(page, 'Your safety');
  await press(page, 'All cards');
  await button(page, 'Your safety').waitFor();
});

scenario("Me shows week, month, bars, thanks and learning from the server's own words", 'fresh', async ({ server, phone }) => {
  await thank(server, 'kim', 'You stayed calm. Thank you.');
  const browser = await phone();
  const page = await enrol(browser);
  await contact(page, { syringes: 5 });
  await contact(page, { syringes: 10 });
  await queueSays(page, '3 of 3 received');
  await press(page, 'Me');
  await press(page, 'Sync now');
  const row = (name) => page.getByRole('row', { name }).getByRole('cell').allInnerTexts();
  await page.getByRole('columnheader', { name: 'This month' }).waitFor();
  await holds(async () => assert.deepEqual(await row(/^Contacts/), ['2', '2']));
  assert.deepEqual(await row(/^Out/), ['15', '15']);
  const bars = page.getByRole('table', { name: 'Contacts this week, by day' });
  assert.equal(await bars.getByRole('columnheader').count(), 7);
  assert.ok((await bars.getByRole('cell').allInnerTexts()).includes('2'));
  assert.equal(await page.getByRole('table', { name: 'Contacts by week, from Monday' }).getByRole('columnheader').count(), 5);
  await page.getByText('You stayed calm. Thank you.').waitFor();
  await page.getByText('Outreach', { exact: true }).waitFor();
  // The month is nowhere on the phone: after a restart it is asked for again.
  await browser.offline();
  await page.reload();
  await press(page, 'Me');
  await page.getByText('The month and earlier weeks are shown after the next sync.').waitFor();
  assert.deepEqual(await row(/^Contacts/), ['2']);
  await page.getByText('You stayed calm. Thank you.').waitFor();
});

scenario('"Hide now" leaves nothing but a clock until its button is tapped', 'fresh', async ({ phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  await press(page, 'Me');
  await press(page, 'Hide now');
  await button(page, 'Open again').waitFor();
  assert.match(await page.locator('body').innerText(), /^\s*\d\d:\d\d\s+\w+,? \d+ \w+\s+Open again\s*$/);
  assert.deepEqual(await browser.axe(), []);
  await press(page, 'Open again');
  await button(page, 'Hide now').waitFor();
});

scenario('the app can be installed, under a neutral name', 'fresh', async ({ server, phone }) => {
  const browser = await phone();
  const page = await enrol(browser);
  const session = await browser.context.newCDPSession(page);
  const { data, errors } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
  const manifest = JSON.parse(data);
  assert.deepEqual([manifest.display, manifest.short_name, manifest.start_url], ['standalone', 'Rounds', '/']);
  assert.doesNotMatch(data, /drug|health|syring|needle|harm|naloxone|peer|outreach/i);
  for (const { src, sizes, type } of [...manifest.icons, { src: '/apple-touch-icon.png', sizes: '180x180', type: 'image/png' }]) {
    const icon = await fetch(server.address + src);
    assert.equal(icon.headers.get('content-type'), type, src);
    const bytes = Buffer.from(await icon.arrayBuffer());
    if (type === 'image/png') assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
  }
  assert.ok(manifest.icons.some(({ purpose }) => purpose === 'maskable'));

  // The browser's own offer is held until somebody taps.
  await press(page, 'Me');
  await page.evaluate(() => {
    const offer = new Event('beforeinstallprompt', { cancelable: true });
    offer.prompt = () => Promise.resolve((globalThis.asked = true));
    globalThis.held = !dispatchEvent(offer);
  });
  await press(page, 'Put on the home screen');
  assert.deepEqual(await page.evaluate(() => [globalThis.held, globalThis.asked]), [true, true]);
  await button(page, 'Put on the home screen').waitFor({ state: 'detached' });
});

scenario('an iPhone is shown the way in three pictures, before the code is used', 'fresh', async ({ phone }) => {
  const browser = await phone();
  await browser.context.addInitScript(() => {
    Object.defineProperty(navigator, 'userAgent', { get: () => 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1' });
  });
  const page = await browser.go('/');
  await page.getByText('On an iPhone, first add Rounds to the home screen').waitFor();
  await press(page, 'How to put it on the home screen');
  const sheet = page.getByRole('dialog');
  assert.equal(await sheet.getByRole('listitem').count(), 3);
  await sheet.getByText('type your code and the six digits').waitFor();
  assert.deepEqual(await browser.axe(), []);
  await press(sheet, 'Done');
});

scenario('referrals, guide and forms by keyboard alone', 'fresh', async ({ server, phone }) => {
  await listProviders(server);
  const browser = await phone();
  const page = await enrol(browser);
  const enter = async (name) => {
    // The tabulator comes by every control of the page at last.
    for (let n = 0; n < 80; n += 1) {
      if (await page.evaluate((wanted) => (document.activeElement?.ariaLabel ?? document.activeElement?.innerText ?? '').startsWith(wanted), name)) {
        return page.keyboard.press('Enter');
      }
      await page.keyboard.press('Tab');
    }
    throw new Error(`the tabulator never came to ${name}`);
  };
  await enter('Referrals');
  await enter('New referral');
  await enter('HIV test');
  await enter('Save');
  await card(page, 'HIV test').waitFor();
  await enter('Show slip');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await enter('HIV test');
  await enter('Could not find');
  await card(page, 'HIV test').getByText('Could not find').waitFor();
  await enter('Guide');
  await enter('Cards');
  await enter('Your safety');
  await page.getByRole('heading', { level: 1, name: 'Your safety' }).waitFor();
});

/** What of the page is too small for a cold finger, or wider than the phone. */
function tooSmall(page) {
  return page.evaluate(() => {
    const boxes = [...document.querySelectorAll('button, a[href], input')].map((one) => [one.ariaLabel ?? one.innerText, one.getBoundingClientRect()]);
    const small = boxes.filter(([, { width, height }]) => width < 44 || height < 44).map(([name, { width, height }]) => `${name}: ${width}×${height}`);
    const over = document.documentElement.scrollWidth - innerWidth;
    return over > 0 ? [...small, `${over} px too wide`] : small;
  });
}

for (const theme of ['Dark', 'Light', 'Sunlight']) {
  scenario(`the tabs are fit for everybody (${theme.toLowerCase()})`, 'fresh', async ({ server, phone }) => {
    await listProviders(server);
    const browser = await phone({ size: { width: 360, height: 640 } });
    const page = await enrol(browser);
    const found = [];
    const look = async (name) => {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      found.push(...[...(await browser.axe()), ...(await tooSmall(page))].map((line) => `${name}: ${line}`));
    };
    await press(page, 'Referrals');
    await look('no referrals');
    await press(page, 'Me');
    await press(page, theme);
    await press(page, 'Sync now');
    await page.getByRole('columnheader', { name: 'This month' }).waitFor();
    await look('me');
    await press(page, 'Referrals');
    await press(page, 'New referral');
    await look('new referral');
    await press(page, 'HIV test');
    await look('new referral, chosen');
    await press(page, 'Save');
    await page.getByRole('button', { name: /^HIV test/ }).click();
    await look('referrals');
    await page.getByRole('button', { name: /^Show slip/ }).click();
    await page.getByRole('dialog').waitFor();
    await look('slip');
    await page.keyboard.press('Escape');
    await press(page, 'Guide');
    await look('guide');
    await page.getByLabel('Search name, service or street').fill('nowhere');
    await look('guide, nothing found');
    await press(page, 'Cards');
    await look('cards');
    await press(page, 'Stopped by police');
    await look('card');
    // Enlarged twice over.
    await page.setViewportSize({ width: 180, height: 320 });
    for (const tab of ['Referrals', 'Guide', 'Me']) {
      await press(page, tab);
      await look(`${tab}, enlarged`);
    }
    assert.deepEqual(found, []);
  });
}
