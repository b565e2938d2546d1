// The phone's speed on a processor six times slower: cold start without a network, and tap to saved.
//
// Prints medians over several runs beside their aims, and ends with an error when one is missed. Sealing is shown
// apart, because the throttle does not slow the browser's own cryptography. Between tap and saved nothing of the test
// runs in the page: on the slow processor its own scripts would be most of what is measured.

import { cpus, loadavg } from 'node:os';

import { Browser, PHONE } from './lib/browser.mjs';
import { button, enrol, openPad, press, queueSays } from './lib/phone.mjs';
import { Server } from './lib/server.mjs';

const RUNS = Number(process.argv[2] ?? 7);
const SLOWER = 6;
// One contact for each: no two that follow each other are alike.
const CHIPS = [10, 5, 20, 1];
const COLD_AIM = 2_000;
const SAVE_AIM = 100;

/** In the page: notes when the + can be used, when Save was tapped, when it said saved, and how long sealing took. */
function watch() {
  globalThis.noted = { seal: 0 };
  const look = () => {
    const now = performance.now();
    const { noted } = globalThis;
    if (noted.usable === undefined && document.querySelector('.contact-button:not(:disabled)')) noted.usable = now;
    if (noted.tap !== undefined && noted.saved === undefined && document.querySelector('.notice')) {
      noted.saved = now;
      console.debug('it is saved');
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  addEventListener('click', (event) => {
    if (event.target.closest?.('.pad-foot button')) Object.assign(globalThis.noted, { tap: event.timeStamp, saved: undefined, seal: 0 });
  }, true);
  for (const name of ['encrypt', 'deriveBits', 'generateKey', 'importKey', 'exportKey', 'sign', 'digest']) {
    const own = SubtleCrypto.prototype[name];
    SubtleCrypto.prototype[name] = async function (...given) {
      const start = performance.now();
      try {
        return await own.apply(this, given);
      } finally {
        if (globalThis.noted.tap !== undefined && globalThis.noted.saved === undefined) globalThis.noted.seal += performance.now() - start;
      }
    };
  }
}

/** One run: a browser that was closed, without a network, on the slow processor. */
async function measure(browser) {
  await browser.reopen();
  await browser.context.addInitScript(watch);
  await browser.offline();
  await browser.throttle(SLOWER);
  const page = await browser.go('/');
  await page.waitForFunction(() => globalThis.noted.usable !== undefined);
  const { usable } = await page.evaluate(() => globalThis.noted);
  const saves = [];
  for (const chip of CHIPS) saves.push(await saved(page, chip));
  return { cold: usable, first: saves[0], later: saves.slice(1) };
}

/** One contact; how long its save took from the tap, and how much of that was sealing. */
async function saved(page, chip) {
  await openPad(page);
  await press(page, 'Man, 25–34');
  await press(page, 'Returning');
  await press(page, `Syringe 1 ml: ${chip}`);
  const box = await button(page, 'Save').boundingBox();
  const said = page.waitForEvent('console', (message) => message.text() === 'it is saved');
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
  await said;
  const { tap, saved: end, seal } = await page.evaluate(() => globalThis.noted);
  return { took: end - tap, seal };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function row(name, numbers, aim) {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const figure = (ms) => `${ms.toFixed(0)} ms`.padStart(8);
  console.log(`${name.padEnd(34)}${figure(median(numbers))}  (${least.toFixed(0)} to ${most.toFixed(0)})  ${aim ? `aim ${aim} ms` : ''}`);
  return aim === undefined || median(numbers) <= aim;
}

const server = await Server.demo();
const browser = await Browser.open(server, { size: PHONE });
try {
  const page = await enrol(browser);
  await queueSays(page, '1 of 1 received');
  const runs = [];
  for (let n = 0; n < RUNS; n += 1) runs.push(await measure(browser));
  const later = runs.flatMap((run) => run.later);
  console.log(`${RUNS} runs at a ${SLOWER} times slower processor, without a network, medians; load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores`);
  const cold = row('cold start to usable +', runs.map((run) => run.cold), COLD_AIM);
  const first = row('first tap on Save to saved', runs.map((run) => run.first.took), SAVE_AIM);
  const save = row('later taps on Save to saved', later.map((one) => one.took), SAVE_AIM);
  row('  of it sealing (not throttled)', later.map((one) => one.seal));
  if (!cold || !first || !save) process.exitCode = 1;
} finally {
  await browser.remove();
  await server.remove();
}
