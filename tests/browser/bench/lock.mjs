// The lock on a processor six times slower: from a tap on "Open" with the right PIN to the drawn list of a shift, with the server's share in
// memory and from a cold start, which asks the server for it; and how much of that the derivation of the PIN takes.

import { Browser, PHONE } from '../lib/browser.mjs';
import { lockScreen, PIN, setPin, type } from '../lib/lock.mjs';
import { contact, enrol, press } from '../lib/phone.mjs';
import { Server } from '../lib/server.mjs';
import { milliseconds } from './table.mjs';

const SLOWER = 6;
const LIST = 20;
const CHIPS = [10, 5, 20];

/** In the page: notes when "Open" was tapped, when the whole list was there, and how long the derivation took. */
function watch(all) {
  const noted = { derived: 0 };
  globalThis.unlocked = noted;
  const look = () => {
    if (noted.tap !== undefined && noted.drawn === undefined && document.querySelectorAll('.list li').length >= all) {
      requestAnimationFrame(() => (noted.drawn ??= performance.now()));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  addEventListener('click', (event) => {
    if (event.target.closest?.('.pin > .button.primary')) Object.assign(noted, { tap: event.timeStamp, drawn: undefined });
  }, true);
  const own = SubtleCrypto.prototype.deriveBits;
  SubtleCrypto.prototype.deriveBits = async function (...given) {
    const start = performance.now();
    try {
      return await own.apply(this, given);
    } finally {
      if (given[0].name === 'PBKDF2') noted.derived = performance.now() - start;
    }
  };
}

async function unlock(page) {
  await lockScreen(page).waitFor();
  await type(page, PIN, 'Open');
  await page.waitForFunction(() => globalThis.unlocked.drawn !== undefined);
  const { tap, drawn, derived } = await page.evaluate(() => globalThis.unlocked);
  return { took: drawn - tap, derived };
}

export async function lock(runs) {
  const server = await Server.fresh();
  const browser = await Browser.open(server, { size: PHONE });
  try {
    await browser.context.addInitScript(watch, LIST);
    const page = await enrol(browser);
    await setPin(page);
    await press(page, 'Today');
    for (let n = 0; n < LIST; n += 1) await contact(page, { syringes: CHIPS[n % CHIPS.length] });
    await browser.throttle(SLOWER);
    const [warm, cold] = [[], []];
    for (let n = 0; n < runs; n += 1) {
      await page.reload();
      cold.push(await unlock(page));
      await press(page, 'Me');
      await press(page, 'Lock');
      warm.push(await unlock(page));
    }
    return [
      milliseconds(`unlock to the list of ${LIST}, share in memory`, warm.map(({ took }) => took)),
      milliseconds(`unlock to the list of ${LIST}, cold start, share from the server`, cold.map(({ took }) => took)),
      milliseconds('of it deriving the PIN', [...warm, ...cold].map(({ derived }) => derived)),
    ];
  } finally {
    await browser.remove();
    await server.remove();
  }
}
