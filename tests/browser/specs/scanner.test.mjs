// The scanner of seized profiles, before anybody trusts it: what is planted in a browser is found in every place and form. A search that
// finds nothing proves something only where it would have found something.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { Browser } from '../lib/browser.mjs';
import { careless } from '../lib/forensic/careless.mjs';
import { keyObjects, publicKey, scalars, writtenKeys } from '../lib/forensic/keys.mjs';
import { journal } from '../lib/forensic/leveldb.mjs';
import { numberHits } from '../lib/forensic/numbers.mjs';
import { pieces } from '../lib/forensic/pieces.mjs';
import { runs } from '../lib/forensic/runs.mjs';
import { streams } from '../lib/forensic/streams.mjs';
import { textHits } from '../lib/forensic/text.mjs';
import { timeHits } from '../lib/forensic/times.mjs';
import { holds, PATIENCE } from '../lib/wait.mjs';

const ZONE = 'Europe/Berlin';
const around = (bytes) => [{ name: 'Default/IndexedDB/x', bytes: Buffer.concat([Buffer.from('{"a":"'), bytes, Buffer.from('"} and more')]) }];
const utf16 = (text) => Buffer.from(text, 'utf16le');

test('a text is found in every form', () => {
  const text = 'Ötzi Mornington & 77';
  const base64 = (before) => Buffer.from(`${before}${text}yz`).toString('base64');
  const planted = [
    Buffer.from(text),
    utf16(text),
    Buffer.from(text, 'utf16le').swap16(),
    Buffer.from(text, 'latin1'),
    ...['', 'x', 'xx'].map((before) => Buffer.from(base64(before))),
    Buffer.from(Buffer.from(`x${text}?>?>`).toString('base64url')),
    utf16(base64('x')),
    Buffer.from(Buffer.from(text, 'utf16le').toString('base64')),
    Buffer.from(Buffer.from(text).toString('hex')),
    Buffer.from(Buffer.from(text).toString('hex').toUpperCase()),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from('x=%C3%96tzi+Mornington+%26+77'),
    Buffer.from(String.raw`\u00d6tzi Mornington & 77`),
    Buffer.from('Ötzi Mornington &amp; 77'),
  ];
  for (const [n, bytes] of planted.entries()) assert.notDeepEqual(textHits(text, around(bytes)), [], `form ${n}`);
  assert.deepEqual(textHits(text, around(Buffer.from('Otzi Mornington and 77'))), []);
});

test('a number is found in every form, and in nothing that is chance', () => {
  const double = Buffer.alloc(8);
  double.writeDoubleLE(73_419);
  const planted = [Buffer.from('73419'), utf16('73419'), Buffer.from('4996fb08', 'hex'), double, Buffer.from(double).reverse()];
  for (const [n, bytes] of planted.entries()) assert.notDeepEqual(numberHits(73_419, around(bytes)), [], `form ${n}`);
  const chance = ['173419', '734190', 'n-o_Z73419X_A'.padStart(50, 'x')];
  for (const text of chance) assert.deepEqual(numberHits(73_419, around(Buffer.from(text))), [], text);
});

test('a time is found in every form, and one outside of its window is not', () => {
  const at = Date.UTC(2026, 5, 30, 2, 59, 59, 417);
  const eight = (write) => {
    const bytes = Buffer.alloc(8);
    write(bytes);
    return bytes;
  };
  const written = (ms) => [
    Buffer.from(String(ms)),
    utf16(String(ms)),
    eight((bytes) => bytes.writeDoubleLE(ms)),
    eight((bytes) => bytes.writeDoubleBE(ms)),
    eight((bytes) => bytes.writeBigInt64LE(BigInt(ms))),
    eight((bytes) => bytes.writeBigInt64BE(BigInt(ms))),
    eight((bytes) => bytes.writeBigInt64LE((BigInt(ms) + 11_644_473_600_000n) * 1000n)),
    Buffer.from(String((BigInt(ms) + 11_644_473_600_000n) * 1000n)),
    Buffer.from(new Date(ms).toISOString()),
    Buffer.from(new Date(ms + 7_200_000).toISOString().slice(0, 19)),
    Buffer.from(`I${String.fromCharCode(...protobuf(ms))}`, 'latin1'),
  ];
  const window = [at - 900, at + 900];
  for (const [n, bytes] of written(at).entries()) assert.notDeepEqual(timeHits(window, around(bytes), ZONE), [], `form ${n}`);
  for (const [n, bytes] of written(at + 60_000).entries()) assert.deepEqual(timeHits(window, around(bytes), ZONE), [], `form ${n} a minute later`);
});

/** An integer as protocol buffers have it. */
function protobuf(value) {
  const bytes = [];
  for (let left = BigInt(value); ; left >>= 7n) {
    if (left < 128n) return [...bytes, Number(left)];
    bytes.push(Number(left & 127n) | 128);
  }
}

test('a run of a secret is found, whatever stands before and after', () => {
  const secret = '{"kind":"contact","body":{"code":{"set":"QUINCEY-9417-zebra"}}}   ';
  for (const bytes of [Buffer.from('xx":{"set":"QUINCEYxx'), utf16('xx":{"set":"QUINCEYxx'), Buffer.concat([Buffer.from('x'), utf16('et":"QUINCEY-94xx')])]) {
    assert.notDeepEqual(runs([secret], around(bytes), () => false), []);
  }
  assert.deepEqual(runs([secret], around(Buffer.from('xx"set":"QUxx')), () => false), []);
  assert.deepEqual(runs([secret], around(Buffer.from('xx":{"set":"QUINCEYxx')), () => true), []);
});

test('a record that crosses a block of a journal is put together, and streams are inflated where they begin', () => {
  const block = Buffer.alloc(32_768);
  const header = (type, length) => Buffer.from([0, 0, 0, 0, length & 255, length >> 8, type]);
  const first = Buffer.alloc(32_768 - 14 - 9, 'x');
  Buffer.concat([header(1, first.length), first, header(2, 9), Buffer.from('QUINCEY-9')]).copy(block);
  const all = Buffer.concat([block, header(4, 9), Buffer.from('417-zebra')]);
  assert.deepEqual(journal(all).map(String).at(-1), 'QUINCEY-9417-zebra');
  assert.ok(!all.includes('QUINCEY-9417'));
  const text = 'mornington '.repeat(9);
  for (const bytes of [gzipSync(text), deflateSync(text)]) {
    for (const after of [bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.from('after')])]) {
      const [found] = streams(Buffer.concat([Buffer.from('before'), after]));
      assert.equal(String(found), text);
    }
  }
});

// What is compressed stands there in full only once it is decompressed: its second half is said as a repetition of the first.
const twice = (text) => `${text}${text}`;
const SECRETS = {
  title: 'planted-in-the-title',
  fragment: 'planted-in-the-fragment',
  brotli: 'planted-brotli-',
  gzip: 'planted-gzip-',
  cacheStorage: 'planted-in-the-cache-storage',
  local: 'planted-in-local-storage',
  session: 'planted-in-session-storage',
  cookie: 'planted-in-a-cookie',
  database: 'planted-in-the-database',
  wide: 'planted-wide-Жя',
  snappy: 'planted-snappy-',
  draft: 'planted-draft',
  history: 'planted-form-history',
};

const ANSWERS = {
  '/brotli.txt': ['br', brotliCompressSync(twice(SECRETS.brotli).repeat(3))],
  '/gzip.txt': ['gzip', gzipSync(twice(SECRETS.gzip).repeat(3))],
};

/** Plants everything that a page can keep, runs in the page; answers the number, the window of the times and the public key. */
async function plant(secrets) {
  const request = (it) => new Promise((resolve, reject) => Object.assign(it, { onsuccess: () => resolve(it.result), onerror: () => reject(it.error) }));
  for (const name of ['/brotli.txt', '/gzip.txt']) await (await fetch(name)).text();
  await (await caches.open('x')).put('/x', new Response(secrets.cacheStorage));
  const from = Date.now();
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const lock = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const written = await crypto.subtle.exportKey('jwk', (await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])).privateKey);
  const open = indexedDB.open('x', 1);
  open.onupgradeneeded = () => open.result.createObjectStore('x');
  const database = await request(open);
  const put = (value, key) => request(database.transaction('x', 'readwrite', { durability: 'strict' }).objectStore('x').put(value, key));
  await put({ text: secrets.database, wide: secrets.wide, small: 73_419, large: 4_123_456_789, half: 86_419.5, at: new Date(), ms: Date.now() }, 1);
  await put({ key: pair.privateKey, lock, written: JSON.stringify(written) }, 2);
  await put(`${secrets.snappy}${secrets.snappy}`.repeat(2), 3);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { from, to: Date.now(), key: btoa(String.fromCharCode(...raw)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') };
}

/** Plants what a browser keeps in its memory for some seconds. Runs in the page. */
function plantLate(secrets) {
  localStorage.setItem('x', secrets.local);
  sessionStorage.setItem('x', secrets.session);
  document.cookie = `x=${secrets.cookie}; max-age=86400`;
}

/** Writes so much into the database that it must move what it has into a table; what is large alone would get files of its own. Runs in the page. */
async function fill() {
  const open = indexedDB.open('x', 1);
  await new Promise((resolve) => (open.onsuccess = resolve));
  for (let n = 1; n <= 8; n += 1) {
    const store = open.result.transaction('x', 'readwrite').objectStore('x');
    for (let one = 0; one < 50; one += 1) store.put('filler '.repeat(4_000), 1000 * n + one);
    await new Promise((resolve) => (store.transaction.oncomplete = resolve));
  }
  open.result.close();
}

test('whatever a careless page leaves in a killed browser is found, in each place', { timeout: 4 * PATIENCE }, async () => {
  const server = await careless(SECRETS.title, ANSWERS);
  const browser = await Browser.open(server);
  try {
    const page = await browser.go(`/#${SECRETS.fragment}`);
    const planted = await page.evaluate(plant, SECRETS);
    await page.locator('#kept').pressSequentially(SECRETS.history);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForURL(/sent/);
    await page.locator('#draft').pressSequentially(SECRETS.draft);
    await page.evaluate(fill);
    /** A text is in some file, and got out of it in some way. */
    const where = (text, file, how = '') => async () => {
      const found = (await pieces(browser.profile, file)).filter(({ name }) => file.test(name) && name.includes(how));
      assert.notDeepEqual(textHits(text, found), [], `${text} in ${file} ${how}`);
    };
    // What the browser writes down when it comes to it.
    await holds(where(SECRETS.draft, /Sessions\//));
    await holds(where(SECRETS.draft, /Sessions_Encrypted/, '(locked)'));
    await holds(where(SECRETS.history, /Web Data/));
    await holds(where(twice(SECRETS.snappy), /IndexedDB.*\.ldb/, '(block)'));
    await browser.kill();

    await where(SECRETS.fragment, /Sessions\//)();
    await where(twice(SECRETS.brotli), /Cache_Data/, '(cached)')();
    await where(twice(SECRETS.gzip), /Cache_Data/, '(cached)')();
    await where(twice(SECRETS.gzip), /Cache_Data/, '(streams)')();
    await where(SECRETS.cacheStorage, /CacheStorage/)();
    await where(SECRETS.database, /IndexedDB/)();
    await where(SECRETS.wide, /IndexedDB/)();
    await where('indexeddb', /IndexedDB/, '(its name)')();
    const found = await pieces(browser.profile);
    const tables = found.filter(({ name }) => /IndexedDB.*\.ldb \(block\)/.test(name));
    for (const n of [73_419, 4_123_456_789, 86_419.5]) assert.notDeepEqual(numberHits(n, tables), [], n);
    const times = timeHits([planted.from, planted.to], tables, ZONE);
    assert.ok(times.some((line) => line.includes('as a double')), times.join('\n'));
    assert.deepEqual(scalars(found).map(publicKey), [planted.key]);
    assert.deepEqual(keyObjects(found).map((one) => one.split(' ')[0]).sort(), ['AES', 'EC']);
    assert.notDeepEqual(writtenKeys(found), []);
    assert.notDeepEqual(runs([`x${SECRETS.database}`], tables, () => false), []);

    // These go to the disk some time later, or when the browser is closed.
    await browser.reopen();
    await browser.go(`/#${SECRETS.fragment}`);
    await browser.page.evaluate(plantLate, SECRETS);
    await browser.context.close();
    await where(SECRETS.cookie, /Cookies/, '(locked)')();
    await where(SECRETS.local, /Local Storage/)();
    await where(SECRETS.session, /Session Storage/)();
    await where(SECRETS.title, /History/)();
    await where(SECRETS.fragment, /History/)();
  } finally {
    await browser.remove();
    server.close();
  }
});
