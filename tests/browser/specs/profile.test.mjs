// Whoever takes the phone: what its browser's profile holds on disk after a day's work, some of it sent, some not, some taken back, one
// contact half typed, the battery taken out. The scanner itself is held to account in scanner.test.mjs.

import assert from 'node:assert/strict';

import { careless } from '../lib/forensic/careless.mjs';
import { notListed } from '../lib/forensic/allowed.mjs';
import { keyObjects, publicKey, scalars, writtenKeys } from '../lib/forensic/keys.mjs';
import { overhear } from '../lib/forensic/overhear.mjs';
import { pieces } from '../lib/forensic/pieces.mjs';
import { CODES, tellAll } from '../lib/forensic/plant.mjs';
import { textHits } from '../lib/forensic/text.mjs';
import { published, told } from '../lib/forensic/verdict.mjs';
import { button, enrol, openPad, press, syncEnded } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';
import { holds } from '../lib/wait.mjs';

const KINDS = 'collection contact debrief expense group_session incident overdose referral referral_event shift stock_move tally_sheet'.split(' ');
const UNSENT = ['contact without a network', 'incident taken back', 'debrief', 'referral and its outcome', 'end of the shift'];
/** What is typed and never saved. */
const TYPED = [...Object.values(CODES), 'looked-for-in-the-guide'];

/** The worker may lead groups, and the guide has somebody to be looked for. */
async function prepare(server) {
  const headers = { authorization: `Bearer ${await server.token('administrator')}`, 'content-type': 'application/json' };
  const ask = async (path, method = 'GET', body = undefined) => {
    const answer = await fetch(`${server.address}/api/v1/${path}`, { headers, method, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    return answer.status === 204 ? undefined : answer.json().catch(() => undefined);
  };
  const { id } = (await ask('workers')).find(({ handle }) => handle === 'kim');
  await ask(`workers/${id}/level`, 'POST', { level: 'facilitation' });
  const catalogue = await ask('catalogue');
  const providers = [{ code: 'harbour', label: { en: 'Harbour health centre' }, services: ['hiv_test', 'wound_care'] }];
  await ask('catalogue', 'PUT', { ...catalogue, providers });
}

/** Enrols, and answers the public key that the phone told the server. */
async function enrolled(browser) {
  const asked = browser.context.waitForEvent('request', (request) => request.url().endsWith('/auth/enrol'));
  const page = await enrol(browser);
  await press(page, 'Me');
  await press(page, 'Sync now');
  await syncEnded(page);
  return (await asked).postDataJSON().device_key;
}

/** Leaves a contact half typed, and waits until the browser has written down what it keeps of open pages, by a draft in another one. */
async function halfTyped(browser, page, other) {
  await press(page, 'Guide');
  await page.getByLabel('Search name, service or street').pressSequentially('looked-for-in-the-guide');
  await press(page, 'Today');
  // When a shift that is under way began may be read; the record of the one before must not have ended in the same second.
  const since = Date.now();
  await page.waitForFunction((ms) => Date.now() > ms + 2_000, since);
  await press(page, 'Start shift');
  await openPad(page);
  await press(page, 'Code');
  await page.getByLabel('Client code, if given').pressSequentially(CODES.unsaved);
  await other.locator('#draft').pressSequentially('drafts-are-kept-by-now');
  await holds(async () => assert.notDeepEqual(textHits('drafts-are-kept-by-now', await pieces(browser.profile, /Sessions/)), []));
}

scenario('a seized phone says nothing of anybody who was met', 'fresh', async ({ server, phone }) => {
  await prepare(server);
  const browser = await phone();
  const key = await enrolled(browser);
  // Closed once, so that what enrolment writes down (ids, catalogue, place) is there before the secrets are.
  await browser.context.close();
  const before = await published(browser.profile);
  await browser.reopen();
  const heard = { plaintexts: new Set(), keys: new Set() };
  await overhear(browser.context, heard);
  const elsewhere = await careless('Another page');
  const other = await browser.context.newPage();
  await other.goto(elsewhere.address);
  elsewhere.close();
  let page = await browser.go('/');
  await page.bringToFront();
  await tellAll(browser, page, UNSENT);

  const kinds = new Set([...heard.plaintexts].map((text) => JSON.parse(text).kind).filter((kind) => kind !== undefined));
  assert.deepEqual([...kinds].sort(), KINDS, 'every kind was recorded');
  assert.ok(heard.keys.size > 2 * heard.plaintexts.size, 'the keys were overheard');
  for (const code of [CODES.sealed, CODES.wide, CODES.undone, CODES.unsent]) assert.ok([...heard.plaintexts].some((text) => text.includes(code)), code);
  assert.deepEqual(await notListed(page), []);
  await halfTyped(browser, page, other);
  await browser.kill();
  const seized = await pieces(browser.profile);
  assert.deepEqual(told(seized, before, heard, TYPED), []);

  // The one key that lies there is the one that signs; those of the sealing are gone.
  const keysIn = (found) => [scalars(found).map(publicKey), keyObjects(found).map((one) => one.split(' ')[0]), writtenKeys(found)];
  assert.deepEqual(keysIn(seized), [[key], ['EC'], []]);

  // Opened again by whoever has it, hidden, and closed: the browser writes down what it had kept in its memory.
  await browser.reopen();
  await overhear(browser.context, heard);
  page = await browser.go('/');
  await press(page, 'Me');
  await press(page, 'Hide now');
  await button(page, 'Open again').waitFor();
  await browser.context.close();
  const closed = await pieces(browser.profile);
  assert.deepEqual(told(closed, before, heard, TYPED), []);
  assert.deepEqual(keysIn(closed), [[key], ['EC'], []]);
});
