// Whoever takes a phone that has a PIN: nothing of the shift's list, of the PIN or of what is derived from it is on the disk in clear.

import assert from 'node:assert/strict';

import { notListed } from '../lib/forensic/allowed.mjs';
import { keyObjects, publicKey, scalars, writtenKeys } from '../lib/forensic/keys.mjs';
import { numberHits } from '../lib/forensic/numbers.mjs';
import { overhear } from '../lib/forensic/overhear.mjs';
import { pieces } from '../lib/forensic/pieces.mjs';
import { byteHits } from '../lib/forensic/text.mjs';
import { published, told } from '../lib/forensic/verdict.mjs';
import { kept, PIN, setPin, watchShare } from '../lib/lock.mjs';
import { button, contact, enrol, press, queueSays, typicalContact } from '../lib/phone.mjs';
import { scenario } from '../lib/scenario.mjs';

const CODE = 'QUINCEY-9417-zebra';

scenario('a seized phone with a PIN says nothing of the list, of the PIN or of its keys', 'fresh', async ({ phone }) => {
  const browser = await phone();
  await enrol(browser);
  await browser.context.close();
  const before = await published(browser.profile);
  await browser.reopen();
  const share = watchShare(browser);
  const heard = { plaintexts: new Set(), keys: new Set() };
  await overhear(browser.context, heard);
  const page = await browser.go('/');
  await setPin(page);
  await press(page, 'Today');
  await contact(page, { code: CODE, syringes: 5 });
  await typicalContact(page);
  await queueSays(page, '3 of 3 received');
  assert.equal((await kept(page)).rows, 2, 'the list is filled');
  assert.equal(heard.plaintexts.size, 4, 'two records and two rows were overheard');
  assert.ok(heard.keys.has(Buffer.from(PIN).toString('hex')) || heard.keys.size > 10, 'the keys were overheard');
  assert.deepEqual(await notListed(page), []);
  for (const key of ['Escape', 'Escape']) await page.keyboard.press(key);
  await button(page, 'Open again').waitFor();
  await browser.kill();

  const seized = await pieces(browser.profile);
  assert.deepEqual(told(seized, before, heard, [CODE]), []);
  assert.deepEqual(numberHits(Number(PIN), seized), []);
  for (const secret of [share.share, share.proof]) assert.deepEqual(byteHits(Buffer.from(secret, 'base64url'), seized), []);
  assert.deepEqual([scalars(seized).map(publicKey).length, keyObjects(seized).map((one) => one.split(' ')[0]), writtenKeys(seized)], [1, ['EC'], []]);
});
