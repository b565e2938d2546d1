// Speed on a processor six times slower, without a network: cold start to a usable +, a tap on the pad to the picture of it, Save to saved;
// on a phone that holds little and on one that holds 10,000 records, run by turns so that both meet the same machine.
//
// Sealing is shown apart, because the throttle does not slow the browser's own cryptography. Between tap and saved nothing of the test
// runs in the page: on the slow processor its own scripts would be most of what is measured.

import { Browser, PHONE } from '../lib/browser.mjs';
import { button, enrol, openPad, press } from '../lib/phone.mjs';
import { Server } from '../lib/server.mjs';
import { staff } from '../lib/staff.mjs';
import { line, median, milliseconds } from './table.mjs';

const SLOWER = 6;
const MANY = 10_000;
const BUDGET = { cold: 2_000, draw: 100, save: 100, ratio: 1.25 };
// One contact for each: no two that follow each other are alike.
const CHIPS = [10, 5, 20, 1];

/** In the page: notes when the + can be used, when a chip or Save was tapped, when that was drawn or said saved, and how long sealing took. */
function watch() {
  const noted = { seal: 0 };
  globalThis.noted = noted;
  const painted = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(undefined);
  });
  const look = () => {
    const now = performance.now();
    if (noted.usable === undefined && document.querySelector('.contact-button:not(:disabled)')) noted.usable = now;
    if (noted.tap !== undefined && noted.saved === undefined && document.querySelector('.notice')) {
      noted.saved = now;
      console.debug('it is saved');
    }
    if (noted.chip !== undefined && noted.drawn === undefined && document.querySelector('.chips > .button[aria-pressed=true]')) {
      noted.drawn = now;
      painted(() => {
        noted.drawn = performance.now();
        console.debug('it is drawn');
      });
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  addEventListener('click', (event) => {
    if (event.target.closest?.('.pad-foot button')) Object.assign(noted, { tap: event.timeStamp, saved: undefined, seal: 0 });
    if (event.target.closest?.('.chips > .button')) Object.assign(noted, { chip: event.timeStamp, drawn: undefined });
  }, true);
  for (const name of ['encrypt', 'deriveBits', 'generateKey', 'importKey', 'exportKey', 'sign', 'digest']) {
    const own = SubtleCrypto.prototype[name];
    SubtleCrypto.prototype[name] = async function (...given) {
      const start = performance.now();
      try {
        return await own.apply(this, given);
      } finally {
        if (noted.tap !== undefined && noted.saved === undefined) noted.seal += performance.now() - start;
      }
    };
  }
}

/** In the page: fills the store with received records of the past weeks, each as large as the one that is there. */
async function fill(many) {
  const ask = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const db = await ask(indexedDB.open('rounds'));
  const stores = db.transaction(['ops', 'contract'], 'readwrite');
  const [ops, contract] = [stores.objectStore('ops'), stores.objectStore('contract')];
  const [like] = await ask(ops.getAll());
  const next = await ask(contract.get('counter'));
  const [dayMs, weeks] = [86_400_000, 28];
  for (let n = 0; n < many; n += 1) {
    const at = Date.now() - dayMs * (1 + (n % weeks));
    const id = crypto.randomUUID();
    ops.put({ ...like, op: id, record: id, rev: 1, dseq: next + n, day: new Date(at).toISOString().slice(0, 10), state: 'received', code: 'accepted', tries: 0, seq: 1_000_000 + n, receivedAt: at });
  }
  contract.put(next + many, 'counter');
  await new Promise((resolve, reject) => {
    stores.oncomplete = resolve;
    stores.onerror = () => reject(stores.error);
  });
  db.close();
}

/** In the page: how many records the store holds. */
async function held() {
  const ask = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const db = await ask(indexedDB.open('rounds'));
  const n = await ask(db.transaction('ops').objectStore('ops').count());
  db.close();
  return n;
}

/** An invite for a second phone of the worker. */
async function invite(server) {
  const ask = await staff(server, 'supervisor');
  const kim = (await ask('workers')).find(({ handle }) => handle === 'kim');
  return ask('invites', { worker: kim.id });
}

/** A phone with so many records, closed. */
async function phone(server, invite, many) {
  const browser = await Browser.open(server, { size: PHONE });
  const page = await enrol(browser, invite);
  await browser.offline();
  if (many > 0) await page.evaluate(fill, many);
  await browser.context.close();
  return { browser, many, runs: [] };
}

/** One run: a browser that was closed, without a network, on the slow processor. */
async function run({ browser, many, runs }) {
  await browser.reopen();
  await browser.context.addInitScript(watch);
  await browser.offline();
  await browser.throttle(SLOWER);
  const page = await browser.go('/');
  await page.waitForFunction(() => globalThis.noted.usable !== undefined);
  const { usable } = await page.evaluate(() => globalThis.noted);
  const contacts = [];
  for (const chip of CHIPS) contacts.push(await contact(page, chip));
  const n = await page.evaluate(held);
  if (n < many) throw new Error(`the phone forgot records: ${n} of ${many}`);
  await browser.context.close();
  runs.push({ cold: usable, first: contacts[0], later: contacts.slice(1) });
}

/** Taps where a button is, once the page says that what it does has happened. */
async function tapUntil(page, name, said) {
  const box = await button(page, name).boundingBox();
  const heard = page.waitForEvent('console', (message) => message.text() === said);
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await heard;
}

/** One contact; how long its chip took to be drawn, its save from the tap, and how much of that was sealing. */
async function contact(page, chip) {
  await openPad(page);
  await press(page, 'Man, 25–34');
  await press(page, 'Returning');
  await tapUntil(page, `Syringe 1 ml: ${chip}`, 'it is drawn');
  await tapUntil(page, 'Save', 'it is saved');
  const { tap, saved, seal, chip: chosen, drawn } = await page.evaluate(() => globalThis.noted);
  return { save: saved - tap, seal, draw: drawn - chosen };
}

const FIGURES = [
  ['cold start to a usable +', (run) => [run.cold], BUDGET.cold],
  ['tap on the pad to drawn', (run) => [run.first, ...run.later].map((one) => one.draw), BUDGET.draw],
  ['first Save to saved', (run) => [run.first.save], BUDGET.save],
  ['later Save to saved', (run) => run.later.map((one) => one.save), BUDGET.save],
];

export async function speed(runs) {
  const server = await Server.fresh();
  const phones = [];
  try {
    phones.push(await phone(server, server.enrol, 0));
    phones.push(await phone(server, await invite(server), MANY));
    for (let n = 0; n < runs; n += 1) for (const one of phones) await run(one);
    const [few, many] = phones.map((one) => one.runs);
    const lines = FIGURES.flatMap(([name, of, most]) => {
      const [a, b] = [few.flatMap(of), many.flatMap(of)];
      const ratio = median(b) / median(a);
      return [
        milliseconds(name, a, most),
        milliseconds(`${name}, 10,000 records`, b, most),
        line('  10,000 records to none', ratio.toFixed(2), `≤ ${BUDGET.ratio}`, ratio > BUDGET.ratio),
      ];
    });
    return [...lines, milliseconds('of saving: sealing, which is not slowed', few.flatMap((one) => one.later.map(({ seal }) => seal)))];
  } finally {
    for (const { browser } of phones) await browser.remove();
    await server.remove();
  }
}
